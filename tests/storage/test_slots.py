"""The last place of an hour goes to one caller, and comes back when it is given up."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from sqlalchemy import text

from storage import slots
from storage.database import Database, Limits
from tests.support.applicants import MONDAY

NINE = ("32.10", MONDAY, "09:00")
WEEK = ("32.10", MONDAY, date(2026, 11, 27))


def test_places_are_taken_until_none_is_left(database: Database) -> None:
    with database.begin() as conn:
        assert [slots.take(conn, *NINE, 2) for _ in range(3)] == [True, True, False]
        assert slots.taken(conn, *WEEK) == {(MONDAY, "09:00"): 2}


def test_an_hour_without_places_gives_none(database: Database) -> None:
    with database.begin() as conn:
        assert not slots.take(conn, *NINE, 0)
        assert slots.taken(conn, *WEEK) == {}


def test_a_place_given_back_can_be_taken_again_and_never_twice(database: Database) -> None:
    with database.begin() as conn:
        assert slots.take(conn, *NINE, 1)
        for _ in range(3):
            slots.release(conn, *NINE)
        assert slots.taken(conn, *WEEK) == {(MONDAY, "09:00"): 0}
        assert [slots.take(conn, *NINE, 1) for _ in range(2)] == [True, False]


def test_an_office_may_offer_more_or_fewer_places_later(database: Database) -> None:
    with database.begin() as conn:
        assert slots.take(conn, *NINE, 1)
        assert slots.take(conn, *NINE, 2)
        assert not slots.take(conn, *NINE, 1)
        assert slots.taken(conn, *WEEK) == {(MONDAY, "09:00"): 2}
        slots.release(conn, *NINE)
        slots.release(conn, *NINE)
        assert slots.take(conn, *NINE, 1)


def test_offices_days_and_hours_are_counted_apart(database: Database) -> None:
    with database.begin() as conn:
        assert slots.take(conn, *NINE, 1)
        assert slots.take(conn, "33.74", MONDAY, "09:00", 1)
        assert slots.take(conn, "32.10", MONDAY, "10:00", 1)
        assert slots.take(conn, "32.10", date(2026, 11, 28), "09:00", 1)
        assert len(slots.taken(conn, *WEEK)) == 2


@pytest.mark.parametrize("left", [1, 3])
def test_twenty_callers_at_once_get_exactly_the_places_there_are(
    postgres_url: str, database: Database, left: int
) -> None:
    many = Database(postgres_url, Limits(connections=20, wait_for_connection=10, lock=10))

    def call(_: int) -> bool:
        with many.begin() as conn:
            got = slots.take(conn, *NINE, left)
            conn.execute(text("select pg_sleep(0.01)"))
            return got

    with ThreadPoolExecutor(20) as pool:
        assert sum(pool.map(call, range(20))) == left
    many.dispose()
    with database.begin() as conn:
        assert slots.taken(conn, *WEEK) == {(MONDAY, "09:00"): left}


def test_a_caller_whose_request_fails_leaves_the_place_to_the_next(database: Database) -> None:
    failing = database.engine.connect()
    assert slots.take(failing, *NINE, 1)
    failing.rollback()
    failing.close()
    with database.begin() as conn:
        assert slots.take(conn, *NINE, 1)
