"""F10: tables locked by somebody else: a short wait is served late, a long one ends politely."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import psycopg
import pytest
from psycopg import sql

from tests.faults.judging import Judge
from tests.faults.people import Person
from tests.faults.stack import Stack

_SHORT = 3.0  # seconds
_LONG = 20
_POLITE = 5.0  # seconds until a caller hears an end; a gateway waits ten
_COUNTED = "SELECT count(*) FROM card_requests WHERE phone_last4 = ANY(%s)"


@pytest.mark.parametrize(("number", "table"), [(1000, "card_requests"), (1010, "messages")])
def test_three_seconds_of_lock_are_served_late(
    town: Stack, judge: Judge, tells: Callable[[str], None], number: int, table: str
) -> None:
    people = [Person(number + each) for each in range(4)]
    for person in people:
        person.dials_to_the_day(town)

    with ThreadPoolExecutor(len(people)) as pool, _locked(town, table) as let_go:
        began = time.monotonic()
        saving = [pool.submit(person.confirms, town) for person in people]
        time.sleep(_SHORT)
        let_go()
        said = [one.result() for one in saving]
        took = time.monotonic() - began

    tells(f"F10: {table} locked {_SHORT:g} s, {len(said)} callers served after {took:.1f} s")
    assert all(one.startswith("CON Tersimpan. Kode ") for one in said), said
    assert _SHORT <= took < _SHORT + 2
    assert town.rows(_COUNTED, _last4(people)) == [(len(people),)]
    judge(f"F10 {table} 3 s", town, lifted=time.monotonic())


def test_twenty_seconds_of_lock_end_politely_and_save_nothing(
    town: Stack, judge: Judge, tells: Callable[[str], None], scale: Callable[[int], int]
) -> None:
    seconds = max(6, scale(_LONG))
    people = [Person(1020 + each) for each in range(4)]
    passing = Person(1030)
    for person in people:
        person.dials_to_the_day(town)
    town.hop(passing.session, passing.phone, "")

    with ThreadPoolExecutor(len(people)) as pool, _locked(town, "card_requests"):
        until_free = time.monotonic() + seconds
        said = list(pool.map(lambda person: _timed(town, person), people))
        assert town.hop(passing.session, passing.phone, "1").startswith("CON Ketik NIK")
        time.sleep(max(0.0, until_free - time.monotonic()))
    began = time.monotonic()

    assert all(words.startswith("END Maaf") for words, _ in said), said
    assert max(took for _, took in said) < _POLITE, said
    assert town.rows(_COUNTED, _last4(people)) == [(0,)]
    for person in people:
        _goes_on(town, person)
    judge("F10 locked for long", town, lifted=began)
    slowest = max(took for _, took in said)
    tells(f"F10: card_requests locked {seconds} s, a polite end after {slowest:.1f} s")


def _timed(town: Stack, person: Person) -> tuple[str, float]:
    began = time.monotonic()
    return person.confirms(town), time.monotonic() - began


def _goes_on(town: Stack, person: Person) -> None:
    """Dial again: what was answered is kept, and now it is saved."""
    session = f"{person.session}again"
    assert "Lanjut daftar?" in town.hop(session, person.phone, "")
    assert "Simpan?" in town.hop(session, person.phone, "1")
    assert town.hop(session, person.phone, "1*1").startswith("CON Tersimpan. Kode ")
    assert town.rows(_COUNTED, _last4([person])) == [(1,)]


def _last4(people: Sequence[Person]) -> list[str]:
    return [person.phone[-4:] for person in people]


@contextmanager
def _locked(town: Stack, table: str) -> Iterator[Callable[[], None]]:
    """Hold a table as a migration would, until it is let go or the `with` ends."""
    with psycopg.connect(town.database_url) as connection:
        lock = sql.SQL("LOCK TABLE {} IN ACCESS EXCLUSIVE MODE").format(sql.Identifier(table))
        connection.execute(lock)
        yield connection.rollback
