"""The webhooks of SMS gateways, over HTTP as a gateway posts to them."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator

import pytest
import requests
from sqlalchemy import select, text

from runtime.wiring import House
from services.delivery.callbacks import Callbacks
from sms.gateways import FORMS
from sms.message import Lane
from storage import outbox
from storage.spool import Spool
from storage.tables import delivery_reports, messages, optouts
from tests.support.outage import locked_out

SITI = "+6281200000001"
REPORT = {"id": "ATXid_1", "status": "Success", "phoneNumber": SITI, "networkCode": "51010"}
INCOMING = {
    "id": "in-1",
    "from": SITI,
    "to": "21512",
    "text": "STOP",
    "date": "2026-11-22 03:00:00",
}
OPT_OUT = {"phoneNumber": SITI, "senderId": "KUNING"}

Post = Callable[..., requests.Response]


@pytest.fixture
def http() -> Iterator[requests.Session]:
    with requests.Session() as session:
        session.trust_env = False
        yield session


@pytest.fixture
def posts(house: House, url: str, http: requests.Session) -> Post:
    """Post to one of the three addresses with the right token."""
    token = house.settings.webhook_tokens[0]

    def post(kind: str, data: object, **more: object) -> requests.Response:
        address = f"{url}/sms/africastalking/{token}/{kind}"
        return http.post(address, data=data, timeout=10, **more)  # type: ignore[arg-type]  # as requests takes it

    return post


def _count(house: House, table: object) -> int:
    with house.database.begin() as conn:
        return len(conn.execute(select(text("1")).select_from(table)).all())  # type: ignore[arg-type]  # a table


def _sent(house: House, lane: Lane = Lane.URGENT) -> None:
    """A message that left, whose id at the gateway is ATXid_1."""
    with house.database.begin() as conn:
        outbox.add(
            conn,
            house.vault,
            office="32.10",
            request_id=None,
            lane=lane,
            template="nik_used",
            language="id",
            params={"place": "Disnaker", "phone": "0233"},
            to=SITI,
            dedupe_key="message",
            now=house.clock(),
        )
        if lane is Lane.URGENT:
            moved = messages.update().values(
                status="sent", gateway="africastalking", gateway_id="ATXid_1", sent_at=house.clock()
            )
            conn.execute(moved)


def _status(house: House) -> str:
    with house.database.begin() as conn:
        return str(conn.scalar(select(messages.c.status)))


def test_a_report_is_taken_and_applied(house: House, posts: Post) -> None:
    _sent(house)
    answers = [posts("delivery", REPORT) for _ in range(3)]
    assert [(answer.status_code, answer.text) for answer in answers] == [(200, "ok\n")] * 3
    assert answers[0].headers["Content-Type"].startswith("text/plain")
    assert _status(house) == "delivered"
    assert _count(house, delivery_reports) == 1


def test_a_report_about_nobody_is_taken(house: House, posts: Post) -> None:
    assert posts("delivery", REPORT | {"status": "NeverHeardOf"}).status_code == 200
    assert _count(house, delivery_reports) == 1


def test_an_opt_out_is_kept_and_takes_back_what_waits(house: House, posts: Post) -> None:
    _sent(house, Lane.BULK)
    assert posts("optout", OPT_OUT).status_code == 200
    assert _count(house, optouts) == 1
    assert _status(house) == "cancelled"


def test_stop_as_a_whole_sms_is_an_opt_out_and_any_other_is_not(house: House, posts: Post) -> None:
    assert posts("incoming", INCOMING | {"id": "in-0", "text": "jangan stop"}).status_code == 200
    assert _count(house, optouts) == 0
    assert posts("incoming", INCOMING).status_code == 200
    assert posts("incoming", INCOMING).status_code == 200
    assert _count(house, optouts) == 1


@pytest.mark.parametrize("kind", ["delivery", "incoming", "optout"])
@pytest.mark.parametrize("method", ["GET", "POST", "DELETE"])
def test_a_wrong_token_is_404_whatever_is_asked(
    house: House, url: str, http: requests.Session, kind: str, method: str
) -> None:
    right = house.settings.webhook_tokens[0]
    for token in ("wrong", right[:-1], right + "x", "x" * 5000, "%00", "é"):
        answer = http.request(
            method, f"{url}/sms/africastalking/{token}/{kind}", data=REPORT, timeout=10
        )
        assert (answer.status_code, right in answer.text) == (404, False)
    assert _count(house, delivery_reports) == 0


def test_another_gateway_and_another_kind_are_404(
    house: House, url: str, http: requests.Session
) -> None:
    token = house.settings.webhook_tokens[0]
    for path in ("simulator/{}/delivery", "africastalking/{}/ended", "nobody/{}/incoming"):
        answer = http.post(f"{url}/sms/" + path.format(token), data=REPORT, timeout=10)
        assert answer.status_code == 404


def test_a_webhook_is_posted_to(house: House, url: str, http: requests.Session) -> None:
    token = house.settings.webhook_tokens[0]
    answer = http.get(f"{url}/sms/africastalking/{token}/delivery", timeout=10)
    assert (answer.status_code, answer.headers["Allow"]) == (405, "POST")


@pytest.mark.parametrize(
    ("kind", "body", "status"),
    [
        ("delivery", b"", 400),
        ("delivery", b"id=1", 400),
        ("delivery", b"id=\xff\xfe&status=Success", 400),
        ("delivery", b"id=1&status=Suc%00cess", 400),
        ("delivery", b"id=1&id=2&status=Success", 400),
        ("delivery", b"&".join(b"f%d=1" % n for n in range(99)), 400),
        ("delivery", b"id=1&status=" + b"x" * 1_000_000, 413),
        ("incoming", b"id=1&text=halo", 400),
        ("optout", b"senderId=KUNING", 400),
    ],
    ids=str,
)
def test_what_cannot_be_read_is_a_clear_refusal_in_plain_text(
    house: House, posts: Post, kind: str, body: bytes, status: int
) -> None:
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    answer = posts(kind, body, headers=headers)
    assert answer.status_code == status
    assert answer.headers["Content-Type"].startswith("text/plain")
    assert "<" not in answer.text
    assert _count(house, delivery_reports) == 0


def test_callbacks_are_kept_while_postgresql_is_away_and_worked_on_after(
    house: House, posts: Post, postgres_url: str
) -> None:
    _sent(house)
    with locked_out(postgres_url):
        assert posts("delivery", REPORT).status_code == 200
        assert posts("incoming", INCOMING).status_code == 200
    assert _status(house) == "sent"
    later = Callbacks(house.delivery.news, Spool(house.redis_url, house.vault), FORMS)
    assert later.catch_up(house.clock()) == 2
    assert later.catch_up(house.clock()) == 0
    assert _status(house) == "delivered"
    assert _count(house, optouts) == 1


def test_what_is_kept_is_sealed(house: House, posts: Post, postgres_url: str) -> None:
    from redis import Redis  # noqa: PLC0415 - to look behind the spool

    with locked_out(postgres_url):
        posts("delivery", REPORT)
    with Redis.from_url(house.redis_url) as redis:
        (kept,) = redis.lrange("kuning:spool:callbacks", 0, -1)
    assert SITI.encode() not in kept
    assert b"ATXid" not in kept


def test_when_nothing_can_keep_it_the_gateway_is_told_to_come_again(
    posts: Post, postgres_url: str, valkey_url: str
) -> None:
    from redis import Redis  # noqa: PLC0415 - to fill it

    with Redis.from_url(valkey_url) as redis:
        redis.config_set("maxmemory", "1mb")
        try:
            with locked_out(postgres_url):
                assert posts("delivery", REPORT).status_code == 503
        finally:
            redis.config_set("maxmemory", "0")


def test_nothing_personal_of_a_callback_is_logged(
    house: House, posts: Post, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    posts("delivery", REPORT)
    posts("delivery", {"phoneNumber": SITI})
    posts("incoming", INCOMING | {"text": "NIK saya 3210115508980001"})
    told = " ".join(caplog.messages)
    assert "3210115508980001" not in told
    assert SITI.lstrip("+") not in told.replace(house.settings.webhook_tokens[0], "")
