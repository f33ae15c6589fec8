"""Single statements by themselves: the same rows as in a transaction, and the same clear errors."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import psycopg
import pytest
from sqlalchemy import text

from storage import session_calls
from storage.database import Database, DatabaseBusy, DatabaseDown, Limits
from storage.phone_calls import Reached
from storage.quick import Statement, Within
from storage.session_calls import Made, Place

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


def test_the_next_transaction_waits_for_the_disk_again(database: Database) -> None:
    setting = Statement("setting", "show synchronous_commit", ())
    before = database.ask(setting, ())
    session_calls.record(database, PLACE, Made("caller.recognise", "one"), REACHED)
    assert database.ask(setting, ()) == before


def test_a_connection_that_died_meanwhile_is_replaced(database: Database) -> None:
    pid = database.ask(PID, ())[0][0]
    other = Database(database.engine.url.render_as_string(hide_password=False))
    with other.begin() as conn:
        conn.execute(text("select pg_terminate_backend(:pid)"), {"pid": int(pid or 0)})
    other.dispose()
    assert database.ask(PID, ())[0][0] != pid


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
