"""Single statements by themselves: the same rows as in a transaction, and the same clear errors."""

from __future__ import annotations

import socket
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
import pytest
from msgspec.structs import replace
from sqlalchemy import select, text

from storage import session_calls
from storage.database import REST, Database, DatabaseBusy, DatabaseDown, Limits
from storage.phone_calls import Reached
from storage.quick import Statement, Within
from storage.session_calls import Made, Place
from storage.tables import phone_calls

NOW = datetime(2026, 11, 22, 3, tzinfo=UTC)
PLACE = Place("africastalking", "ATUid_1", 0, 0)
REACHED = Reached(
    gateway=PLACE.gateway,
    session_id=PLACE.session_id,
    phone_index="p",
    request_id=None,
    language="id",
    state="main.welcome",
    at=NOW,
)
NAMES = Statement(
    "names",
    "select nullif(cast(:name as text), '') as name, cast(null as text) as other",
    ("name",),
    strange=((None, None),),
)
PID = Statement("pid", "select pg_backend_pid()", ())


def test_it_answers_the_same_with_a_transaction_and_without(database: Database) -> None:
    words = Statement("words", "select :one, :two, cast(:none as text)", ("one", "two", "none"))
    alone = database.ask(words, ("a", "b'c", ""))
    with database.begin() as conn:
        assert Within(conn).ask(words, ("a", "b'c", "")) == alone
    assert alone == [("a", "b'c", "")]
    assert database.ask(words, ("a", "b'c", "")) == alone, "prepared by now"


def test_a_call_that_was_written_down_is_not_written_over(database: Database) -> None:
    assert session_calls.record(database, PLACE, Made("caller.recognise", "one"), REACHED)
    assert not session_calls.record(database, PLACE, Made("caller.recognise", "two"), REACHED)
    with database.begin() as conn:
        assert session_calls.made(conn, PLACE) == Made("caller.recognise", "one")
        later = session_calls.drop_before(conn, NOW + timedelta(seconds=1))
    assert later == 1


def test_a_stranger_is_written_down_in_the_trip_that_finds_him_one(database: Database) -> None:
    made = Made("caller.recognise", "a stranger")
    stranger = session_calls.find_and_record(database, NAMES, ("",), PLACE, made, REACHED)
    assert stranger == session_calls.Found([(None, None)], recorded=True)
    again = session_calls.find_and_record(database, NAMES, ("",), PLACE, made, REACHED)
    assert again == session_calls.Found([(None, None)], recorded=False), "one stands there"
    with database.begin() as conn:
        assert session_calls.made(conn, PLACE) == made
        assert conn.scalar(select(phone_calls.c.reached)) == "main.welcome"


def test_of_whom_there_is_something_to_tell_nothing_is_written_down_yet(
    database: Database,
) -> None:
    made = Made("caller.recognise", "a stranger")
    known = session_calls.find_and_record(database, NAMES, ("Siti",), PLACE, made, REACHED)
    assert known == session_calls.Found([("Siti", None)], recorded=False)
    with database.begin() as conn:
        assert session_calls.made(conn, PLACE) is None
        assert conn.scalar(select(phone_calls.c.reached)) is None


def test_connections_set_aside_are_neither_too_many_nor_kept_for_ever(postgres_url: str) -> None:
    database = Database(postgres_url, Limits(connections=1, wait_for_connection=0.2))
    assert database.ask(PID, ()) == database.ask(PID, ())
    with database.begin() as conn:
        assert conn.scalar(text("select 1")) == 1, "the only one was not kept back"
    database.dispose()
    assert database.ask(PID, ())
    database.dispose()


def test_a_repeat_that_comes_late_tells_nothing_new_of_the_phone_call(database: Database) -> None:
    made = Made("caller.recognise", "one")
    assert session_calls.record(database, PLACE, made, REACHED)
    later = replace(REACHED, phone_index="q", state="main.other", at=NOW + timedelta(seconds=9))
    assert not session_calls.record(database, PLACE, made, later)
    with database.begin() as conn:
        (call,) = conn.execute(select(phone_calls))
    assert (call.reached, call.last_at, call.phone_index) == ("main.welcome", NOW, "p")


def test_the_next_transaction_waits_for_the_disk_again(database: Database) -> None:
    setting = Statement("setting", "show synchronous_commit", ())
    before = database.ask(setting, ())
    session_calls.record(database, PLACE, Made("caller.recognise", "one"), REACHED)
    assert database.ask(setting, ()) == before


def test_a_connection_that_died_meanwhile_is_replaced(database: Database) -> None:
    pid = database.ask(PID, ())[0][0]
    other = Database(database.engine.url.render_as_string(hide_password=False))
    with other.begin() as conn:
        conn.execute(text("select pg_terminate_backend(:pid, 5000)"), {"pid": int(pid or 0)})
    other.dispose()
    assert database.ask(PID, ())[0][0] != pid


def test_what_a_rollback_made_the_connection_forget_is_prepared_again(database: Database) -> None:
    assert database.ask(PID, ())
    for _ in range(8):  # as often as psycopg needs to prepare a statement by itself
        _works(database, fails=False)
    with pytest.raises(ZeroDivisionError):
        _works(database, fails=True)
    _works(database, fails=False)  # psycopg's DEALLOCATE ALL goes with it
    assert len({database.ask(PID, ())[0] for _ in range(3)}) == 1


def test_a_server_that_is_away_is_a_database_that_is_down(tmp_path: Path) -> None:
    with pytest.raises(DatabaseDown):
        Database(f"postgresql://x@/x?host={tmp_path}").ask(PID, ())


def test_a_server_that_accepts_and_says_nothing_is_left_alone_for_a_while() -> None:
    with socket.create_server(("127.0.0.1", 0)) as mute:
        database = Database(f"postgresql://x:x@127.0.0.1:{mute.getsockname()[1]}/x")
        with pytest.raises(DatabaseDown):
            database.ask(PID, ())
        began = time.monotonic()
        with pytest.raises(DatabaseDown, match="a moment ago"):
            database.ask(PID, ())
        assert time.monotonic() - began < REST


def _works(database: Database, *, fails: bool) -> None:
    with database.begin() as conn:
        conn.execute(text("select 1 + :one"), {"one": 1})
        if fails:
            raise ZeroDivisionError


def test_what_the_server_says_is_told_apart(postgres_url: str) -> None:
    database = Database(postgres_url, Limits(statement=0.2))
    with pytest.raises(DatabaseBusy):
        database.ask(Statement("slow", "select pg_sleep(1)", ()), ())
    with pytest.raises(psycopg.errors.SyntaxError):
        database.ask(Statement("wrong", "select from where", ()), ())
    with pytest.raises(DatabaseDown):
        database.ask(Statement("last", "select pg_terminate_backend(pg_backend_pid())", ()), ())
    assert database.ask(PID, ())
    database.dispose()
