"""F12: connections to PostgreSQL are put out: nobody notices, between two hops or in the middle.

A hop whose connection breaks is done once more. That may be: a call that was committed, though its
commit was never heard of, answers as it did.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import psycopg

from tests.faults.driver import Driver
from tests.faults.judging import Judge
from tests.faults.people import Person
from tests.faults.stack import Stack
from tests.support.processes import until

_CALLERS = 2_000
_EVERY = 0.1  # seconds
_COUNTED = "SELECT count(*) FROM card_requests WHERE phone_last4 = %s"
_OURS = "application_name = 'kuning' AND pid <> pg_backend_pid()"
_PUT_OUT = f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {_OURS}"  # noqa: S608 - constants
_WAITING = f"SELECT pid FROM pg_stat_activity WHERE {_OURS} AND wait_event_type = 'Lock'"  # noqa: S608 - constants


def test_stale_connections_of_the_pool_are_noticed_by_nobody(town: Stack) -> None:
    for number in range(3):
        person = Person(1200 + number)
        person.dials_to_the_day(town)
        assert town.rows(_PUT_OUT)
        assert person.confirms(town).startswith("CON Tersimpan. Kode ")
        assert town.hop(f"{person.session}b", person.phone, "").startswith("CON Siti: datang ")


def test_a_connection_that_breaks_in_mid_transaction_is_replaced_once(town: Stack) -> None:
    person = Person(1210)
    person.dials_to_the_day(town)

    with ThreadPoolExecutor(1) as pool, psycopg.connect(town.database_url) as holder:
        holder.execute("LOCK TABLE card_requests IN ACCESS EXCLUSIVE MODE")
        saving = pool.submit(person.confirms, town)
        [(number,)] = until(lambda: town.rows(_WAITING))
        town.rows("SELECT pg_terminate_backend(%s)", number)
        until(lambda: [one for (one,) in town.rows(_WAITING) if one != number])
        holder.rollback()
        said = saving.result()

    assert said.startswith("CON Tersimpan. Kode "), said
    assert person.confirms(town) == said
    assert town.rows(_COUNTED, person.phone[-4:]) == [(1,)]


def test_a_connection_that_breaks_again_and_again_ends_the_call_politely(town: Stack) -> None:
    person = Person(1211)
    person.dials_to_the_day(town)

    with ThreadPoolExecutor(1) as pool, psycopg.connect(town.database_url) as holder:
        holder.execute("LOCK TABLE card_requests IN ACCESS EXCLUSIVE MODE")
        saving = pool.submit(person.confirms, town)
        while not saving.done():  # each second try is put out too
            town.rows(f"{_PUT_OUT} AND wait_event_type = 'Lock'")
            time.sleep(0.02)

    assert saving.result().startswith("END Maaf"), saving.result()
    assert town.rows(_COUNTED, person.phone[-4:]) == [(0,)]


def test_callers_book_while_connections_break_all_the_time(
    town: Stack,
    judge: Judge,
    tells: Callable[[str], None],
    scale: Callable[[int], int],
    tmp_path: Path,
) -> None:
    people = [Person(7600 + number) for number in range(scale(_CALLERS))]
    driver = Driver(town.address, tmp_path / "driver.jsonl", seed=12, think=0.1)

    with judge.watches(town), _breaking(town) as broken:
        driver.drive(people, at_once=4, patience=1200)

    judge("F12 connections cut", town, driver, lifted=time.monotonic())
    apologies = sum(reply.words.startswith("END Maaf") for reply in driver.replies)
    tells(f"F12: {broken[0]} connections put out, {apologies} apologies, all booked")
    assert broken[0] > 10


@contextmanager
def _breaking(town: Stack) -> Iterator[list[int]]:
    """Put out every connection of ours again and again; counts how many."""
    over, broken = threading.Event(), [0]

    def run() -> None:
        with psycopg.connect(town.database_url, autocommit=True) as admin:
            while not over.wait(_EVERY):
                broken[0] += len(admin.execute(_PUT_OUT.encode()).fetchall())

    thread = threading.Thread(target=run)
    thread.start()
    try:
        yield broken
    finally:
        over.set()
        thread.join()
