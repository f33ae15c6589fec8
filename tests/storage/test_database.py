"""A database that is down, slow or refuses says so quickly, clearly, and without telling values."""

from __future__ import annotations

import os
import signal
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread

import psycopg
import pytest
from sqlalchemy import event, text
from sqlalchemy.exc import IntegrityError, ProgrammingError

from storage import pulse
from storage.database import (
    REST,
    ConnectionLost,
    Database,
    DatabaseBusy,
    DatabaseDown,
    Limits,
    OlderTables,
    driver_url,
)
from storage.quick import Statement
from storage.vault import Vault
from tests.support.applicants import SITI, enters
from tests.support.processes import until

QUICK = Limits(connections=1, wait_for_connection=0.2, statement=0.3, lock=0.2)


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_every_spelling_of_a_url_is_understood(scheme: str) -> None:
    url = driver_url(f"{scheme}://kuning:se%40cret@/kuning?host=%2Frun%2Fx")
    assert (url.drivername, url.password) == ("postgresql+psycopg", "se@cret")
    assert (url.database, url.query["host"]) == ("kuning", "/run/x")


def test_another_kind_of_database_is_refused_at_once() -> None:
    with pytest.raises(ValueError, match="must begin with postgresql"):
        Database("sqlite:///kuning.db")


def test_a_socket_that_is_not_there_is_a_database_that_is_down(tmp_path: Path) -> None:
    with pytest.raises(DatabaseDown), Database(f"postgresql://x@/x?host={tmp_path}").begin():
        pass


def test_a_server_that_accepts_and_says_nothing_is_given_up_after_two_seconds() -> None:
    with socket.create_server(("127.0.0.1", 0)) as mute:
        database = Database(f"postgresql://x:x@127.0.0.1:{mute.getsockname()[1]}/x")
        began = time.monotonic()
        with pytest.raises(DatabaseDown), database.begin():
            pass
        assert time.monotonic() - began < 4


def test_work_is_committed_at_the_end_and_rolled_back_by_an_error(database: Database) -> None:
    with database.begin() as conn:
        conn.execute(text("create table seen (what text)"))
    with database.begin() as conn:
        conn.execute(text("insert into seen values ('kept')"))
    with pytest.raises(ProgrammingError), database.begin() as conn:
        conn.execute(text("insert into seen values ('lost'); selects nothing"))
    with database.begin() as conn:
        assert conn.execute(text("select what from seen")).scalars().all() == ["kept"]


def test_a_connection_that_dies_under_the_work_is_a_database_that_is_down(
    database: Database,
) -> None:
    with pytest.raises(DatabaseDown), database.begin() as conn:
        conn.execute(text("select pg_terminate_backend(pg_backend_pid())"))


def test_connections_that_died_while_idle_are_noticed_before_they_are_used(
    database: Database, postgres_url: str
) -> None:
    other = Database(postgres_url)
    with database.begin() as conn:
        pid = conn.execute(text("select pg_backend_pid()")).scalar_one()
    with other.begin() as conn:
        conn.execute(text("select pg_terminate_backend(:pid, 5000)"), {"pid": pid})
    other.dispose()
    with database.begin() as conn:
        assert conn.execute(text("select 1")).scalar() == 1


def test_connections_that_die_as_soon_as_they_are_made_are_a_database_that_is_down(
    database: Database, postgres_url: str
) -> None:
    doomed = Database(postgres_url)
    with database.begin() as killer:

        def kill(connection: psycopg.Connection[object], _record: object) -> None:
            dying = {"pid": connection.info.backend_pid}
            killer.execute(text("select pg_terminate_backend(:pid, 5000)"), dying)

        event.listen(doomed.engine, "connect", kill)
        with pytest.raises(ConnectionLost), doomed.begin() as conn:
            conn.execute(text("select 1"))
        with pytest.raises(ConnectionLost):
            doomed.ask(Statement("one", "select 1", ()), ())
    doomed.dispose()


def test_a_slow_statement_a_lock_and_a_full_pool_are_a_database_that_is_busy(
    postgres_url: str,
) -> None:
    busy, free = Database(postgres_url, QUICK), Database(postgres_url)
    with pytest.raises(DatabaseBusy), busy.begin() as conn:
        conn.execute(text("select pg_sleep(5)"))
    with free.begin() as holder:
        holder.execute(text("lock table offices"))
        with pytest.raises(DatabaseBusy), busy.begin() as conn:
            conn.execute(text("select * from offices"))
    with busy.begin(), pytest.raises(DatabaseBusy, match="no free connection"), busy.begin():
        pass
    busy.dispose()
    free.dispose()


def test_a_connection_at_work_is_closed_when_it_comes_back_to_a_database_let_go(
    postgres_url: str,
) -> None:
    database, other = Database(postgres_url), Database(postgres_url)
    pool = database.engine.pool  # kept, else the garbage collector would close it
    with database.begin() as conn:
        pid = conn.execute(text("select pg_backend_pid()")).scalar_one()
        database.dispose()
        assert conn.execute(text("select 1")).scalar() == 1, "the work under way is not cut off"

    def gone() -> bool:
        with other.begin() as conn:
            there = text("select count(*) from pg_stat_activity where pid = :pid")
            return conn.execute(there, {"pid": pid}).scalar() == 0

    assert until(gone, 10)
    assert pool.status()
    other.dispose()


def test_a_wrong_statement_is_our_fault_and_not_called_an_outage(database: Database) -> None:
    with pytest.raises(ProgrammingError), database.begin() as conn:
        conn.execute(text("selects nothing"))


@pytest.mark.parametrize("statement", ["select * from nowhere", "select nothing from offices"])
def test_what_an_older_release_lacks_waits_for_the_upgrade(
    database: Database, statement: str
) -> None:
    with pytest.raises(OlderTables), database.begin() as conn:
        conn.execute(text(statement))


def test_a_connection_that_breaks_at_work_says_so_and_a_server_that_is_away_does_not(
    database: Database,
) -> None:
    with pytest.raises(ConnectionLost), database.begin() as conn:
        conn.execute(text("select pg_terminate_backend(pg_backend_pid())"))
    with pytest.raises(DatabaseDown) as error, Database("postgresql://127.0.0.1:9/k").begin():
        pass
    assert not isinstance(error.value, ConnectionLost)


def test_a_broken_rule_is_told_by_name_and_without_a_person(
    database: Database, vault: Vault
) -> None:
    with pytest.raises(IntegrityError) as error, database.begin() as conn:
        enters(conn, vault, SITI, call_name="Siti Rahasia", sex="X")
    assert "ck_card_requests_sex" in str(error.value)
    told = f"{error.value} {error.value.orig!r} {error.getrepr(style='native')}"
    assert "Rahasia" not in told.replace('call_name="Siti Rahasia"', "")
    assert "Failing row" not in told


def test_times_come_back_in_utc(database: Database) -> None:
    with database.begin() as conn:
        assert conn.execute(text("show timezone")).scalar() == "UTC"


def test_many_threads_share_a_bounded_number_of_connections(postgres_url: str) -> None:
    database = Database(postgres_url, Limits(connections=3, wait_for_connection=5))
    seen: set[int] = set()

    def work() -> None:
        with database.begin() as conn:
            seen.add(conn.execute(text("select pg_backend_pid(), pg_sleep(0.02)")).one()[0])

    threads = [Thread(target=work) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert 1 <= len(seen) <= 3
    database.dispose()


def test_a_connection_that_freezes_is_given_up_though_its_socket_stays_open(
    postgres_url: str,
) -> None:
    database = Database(postgres_url, Limits(statement=0.5))
    with database.begin() as conn:
        pid = conn.execute(text("select pg_backend_pid()")).scalar_one()
    began = time.monotonic()
    with (
        pytest.raises(DatabaseDown, match="Silent"),
        database.begin() as conn,
        frozen(pid),
    ):
        conn.execute(text("select 1"))
    assert time.monotonic() - began < 3
    with pytest.raises(DatabaseDown, match="a moment ago"), database.begin():
        pass
    time.sleep(REST)
    with database.begin() as conn:
        assert conn.execute(text("select pg_backend_pid()")).scalar_one() != pid
    database.dispose()


def test_a_connection_that_froze_while_idle_is_replaced_by_another(postgres_url: str) -> None:
    database = Database(postgres_url)
    with database.begin() as conn:
        pid = conn.execute(text("select pg_backend_pid()")).scalar_one()
    time.sleep(pulse.FRESH)  # before that it counts as one that freezes at work
    began = time.monotonic()
    with frozen(pid), database.begin() as conn:
        assert conn.execute(text("select pg_backend_pid()")).scalar_one() != pid
    assert time.monotonic() - began < 3
    database.dispose()


@contextmanager
def frozen(pid: int) -> Iterator[None]:
    """Stop a process for the length of a `with`, as a disk that hangs would."""
    os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(pid, signal.SIGCONT)
