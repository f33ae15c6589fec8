"""What the dialogue leaves in PostgreSQL: calls made once, drafts, counts, ends of sessions."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from msgspec import structs
from sqlalchemy import select

from storage import drafts, funnel, session_calls, session_ends
from storage.database import Database
from storage.tables import funnel as funnel_table
from storage.tables import session_ends as ends_table

NOW = datetime(2026, 11, 22, 3, tzinfo=UTC)
PLACE = session_calls.Place("africastalking", "ATUid_1", 3, 0)


@pytest.fixture
def database(postgres_url: str) -> Iterator[Database]:
    database = Database(postgres_url)
    yield database
    database.dispose()


def _keep(database: Database, sealed: str, at: datetime) -> bool:
    with database.begin() as conn:
        return drafts.keep(
            conn, phone_index="p", sealed=sealed, flow="register", book="b", saved_at=at
        )


def _draft(database: Database, since: datetime) -> str | None:
    with database.begin() as conn:
        found = drafts.find(conn, "p", since)
    return found.sealed if found else None


def test_a_call_is_claimed_once_and_tells_what_it_brought(database: Database) -> None:
    with database.begin() as conn:
        assert session_calls.claim(conn, PLACE, "card.book", NOW)
        session_calls.complete(conn, PLACE, "sealed")
    with database.begin() as conn:
        assert not session_calls.claim(conn, PLACE, "card.book", NOW)
        assert session_calls.made(conn, PLACE) == session_calls.Made("card.book", "sealed")
        assert session_calls.made(conn, structs.replace(PLACE, ordinal=1)) is None
        assert set(session_calls.of_session(conn, "africastalking", "ATUid_1")) == {(3, 0)}
        assert session_calls.of_session(conn, "africastalking", "ATUid_2") == {}


def test_who_comes_second_waits_for_the_first_to_commit(database: Database) -> None:
    claimed = threading.Event()
    seen: list[object] = []

    def second() -> None:
        claimed.wait()
        with database.begin() as conn:
            seen.append(session_calls.claim(conn, PLACE, "card.book", NOW))
            seen.append(session_calls.made(conn, PLACE))

    thread = threading.Thread(target=second)
    thread.start()
    with database.begin() as conn:
        session_calls.claim(conn, PLACE, "card.book", NOW)
        claimed.set()
        thread.join(0.2)
        assert seen == []
        session_calls.complete(conn, PLACE, "first's")
    thread.join()
    assert seen == [False, session_calls.Made("card.book", "first's")]


def _claim_and_fail(database: Database) -> None:
    with database.begin() as conn:
        session_calls.claim(conn, PLACE, "card.book", NOW)
        raise ZeroDivisionError


def test_a_call_that_failed_leaves_its_place_free(database: Database) -> None:
    with pytest.raises(ZeroDivisionError):
        _claim_and_fail(database)
    with database.begin() as conn:
        assert session_calls.claim(conn, PLACE, "card.book", NOW)
        session_calls.complete(conn, PLACE, "sealed")
    with database.begin() as conn:
        assert session_calls.drop_before(conn, NOW + timedelta(days=1)) == 1


def test_old_calls_go_a_portion_at_a_time_the_oldest_first(database: Database) -> None:
    with database.begin() as conn:
        for minute in range(5):
            place = structs.replace(PLACE, position=minute)
            session_calls.claim(conn, place, "card.book", NOW - timedelta(minutes=minute))
            session_calls.complete(conn, place, "sealed")
        assert session_calls.drop_before(conn, NOW, most=3) == 3
        assert set(session_calls.of_session(conn, "africastalking", "ATUid_1")) == {(0, 0), (1, 0)}
        assert session_calls.drop_before(conn, NOW, most=3) == 1


def test_the_newest_draft_stands_whoever_writes_last(database: Database) -> None:
    assert _keep(database, "at ten", NOW)
    assert not _keep(database, "at nine, written late", NOW - timedelta(hours=1))
    assert _draft(database, NOW - timedelta(days=7)) == "at ten"
    assert _draft(database, NOW + timedelta(seconds=1)) is None


def test_a_cleared_draft_does_not_come_back_late(database: Database) -> None:
    _keep(database, "at ten", NOW)
    with database.begin() as conn:
        drafts.clear(conn, "p", NOW + timedelta(minutes=1))
    assert not _keep(database, "half a minute earlier", NOW + timedelta(seconds=30))
    assert _draft(database, NOW - timedelta(days=7)) is None
    assert _keep(database, "another day", NOW + timedelta(days=1))
    with database.begin() as conn:
        assert drafts.drop_before(conn, NOW + timedelta(days=2)) == 1


def test_counts_add_up_and_one_drains_at_a_time(database: Database) -> None:
    met = funnel.Met(date(2026, 11, 22), "", "register", "nik", "entered", "su")
    with database.begin() as conn:
        assert funnel.hold(conn)
        with database.begin() as other:
            assert not funnel.hold(other)
        funnel.add(conn, {met: 2, replace(met, event="refused"): 1})
        funnel.add(conn, {met: 3})
        funnel.add(conn, {})
    with database.begin() as conn:
        counts = dict(conn.execute(select(funnel_table.c.event, funnel_table.c.count)).all())
    assert counts == {"entered": 5, "refused": 1}


def test_the_end_of_a_session_told_twice_is_one_row(database: Database) -> None:
    end = session_ends.SessionEnd("africastalking", "ATUid_1", "Incomplete", 5_000, 3, NOW)
    for status in ("Incomplete", "Success"):
        with database.begin() as conn:
            session_ends.note(conn, replace(end, status=status))
    with database.begin() as conn:
        rows = conn.execute(select(ends_table.c.status, ends_table.c.hops)).all()
    assert rows == [("Success", 3)]
    with database.begin() as conn:
        assert session_ends.drop_before(conn, NOW) == 0
        assert session_ends.drop_before(conn, NOW + timedelta(seconds=1)) == 1
