"""The notice that a session ended: one row a session, nothing that was typed, always 200."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from storage.database import Database, Limits
from storage.tables import session_ends
from tests.ussd_app import echo

PATH = f"{echo.PATH}/ended"
# Africa's Talking, "Notifications": what it tells when a session ended
NOTICE = {
    "date": "2026-11-22 03:00:00",
    "sessionId": "ATUid_1",
    "serviceCode": "*384*1234#",
    "networkCode": "99999",
    "phoneNumber": "+6281200000001",
    "status": "Incomplete",
    "cost": "KES 0.10",
    "durationInMillis": "61000",
    "hopsCount": "4",
    "input": "1*3210115508980001*1*Siti",
    "lastAppResponse": "CON Siti, datang Sel 24 Nov",
    "errorMessage": "",
}


@pytest.fixture
def database(postgres_url: str) -> Iterator[Database]:
    database = Database(postgres_url)
    yield database
    database.dispose()


@pytest.fixture
def web(database: Database) -> FlaskClient:
    return echo.door_app(database).test_client()


def rows(database: Database) -> list[tuple[object, ...]]:
    with database.begin() as conn:
        return [tuple(row) for row in conn.execute(select(session_ends))]


def test_a_notice_is_one_row_without_what_was_typed(web: FlaskClient, database: Database) -> None:
    assert web.post(PATH, data=NOTICE).status_code == 200
    (row,) = rows(database)
    assert row[:5] == ("africastalking", "ATUid_1", "Incomplete", 61_000, 4)
    assert not any(secret in str(row) for secret in ("Siti", "3210115508980001", "81200000001"))


def test_a_notice_told_three_times_is_still_one_row(web: FlaskClient, database: Database) -> None:
    for status in ("Incomplete", "Incomplete", "Success"):
        web.post(PATH, data=NOTICE | {"status": status})
    assert [row[2] for row in rows(database)] == ["Success"]


@pytest.mark.parametrize(
    ("told", "kept"),
    [
        ({"status": "Exploded"}, ("unknown", 61_000, 4)),
        ({"durationInMillis": "long", "hopsCount": "-1"}, ("Incomplete", None, None)),
        ({"durationInMillis": "9" * 40, "hopsCount": ""}, ("Incomplete", None, None)),
        ({"hopsCount": "٣"}, ("Incomplete", 61_000, None)),
    ],
)
def test_what_a_gateway_invents_is_taken_as_far_as_it_can_be_read(
    web: FlaskClient, database: Database, told: dict[str, str], kept: tuple[object, ...]
) -> None:
    assert web.post(PATH, data=NOTICE | told).status_code == 200
    assert [row[2:5] for row in rows(database)] == [kept]


def test_the_bare_notice_is_enough(web: FlaskClient, database: Database) -> None:
    assert web.post(PATH, data={"sessionId": "ATUid_1"}).text == "ok\n"
    assert len(rows(database)) == 1


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("/ussd/africastalking/wrong/ended", b"sessionId=x", 404),
        (PATH.replace("africastalking", "nobody"), b"sessionId=x", 404),
        (PATH, b"", 400),
        (PATH, b"sessionId=", 400),
        (PATH, b"sessionId=x&input=\xff", 400),
        (PATH, b"sessionId=x%00", 400),
        (PATH, b"x" * 20_000, 413),
    ],
)
def test_what_cannot_be_read_is_refused_in_plain_text(
    web: FlaskClient, path: str, body: bytes, status: int
) -> None:
    response = web.post(path, data=body)
    assert (response.status_code, response.mimetype) == (status, "text/plain")


def test_only_post_is_taken(web: FlaskClient) -> None:
    response = web.get(PATH)
    assert (response.status_code, response.headers["Allow"]) == (405, "POST")


def test_without_postgresql_the_gateway_is_thanked_all_the_same(tmp_path: Path) -> None:
    nobody = Database(f"postgresql:///kuning?host={tmp_path}", Limits(connect=1))
    assert echo.door_app(nobody).test_client().post(PATH, data=NOTICE).status_code == 200
    nobody.dispose()
