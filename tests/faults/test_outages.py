"""A server forgets or freezes in mid-call: callers go on, or hear a polite END in time."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from uuid import uuid4

import redis

from runtime.embedded.servers import connect
from tests.faults.people import Person
from tests.faults.stack import Stack
from tests.support.processes import until

_RECOVERY = 60
_PATIENCE = 6  # seconds for nine callers at eight threads; a gateway waits ten


def test_redis_flushed_in_mid_session_changes_nothing_that_a_caller_sees(kuning: Stack) -> None:
    plain, flushed = Person(11), Person(12)
    heard = []
    for person, flush in ((plain, False), (flushed, True)):
        said = [kuning.hop(person.session, person.phone, "")]
        answers = (*person.answers, "1", "2")
        for length in range(1, len(answers) + 1):
            if flush:
                _flush(kuning)
            said.append(kuning.hop(person.session, person.phone, "*".join(answers[:length])))
        heard.append(said)

    assert _without_codes(heard[0]) == _without_codes(heard[1])
    counted = kuning.rows(
        "SELECT count(*) FROM card_requests WHERE phone_last4 = %s", flushed.phone[-4:]
    )
    assert counted == [(1,)]


def _flush(kuning: Stack) -> None:
    with redis.Redis.from_url(connect(kuning.home).redis_url) as connection:
        connection.flushall()


def _without_codes(said: list[str]) -> list[str]:
    return [one for one in said if "Kode " not in one]


def test_with_postgresql_frozen_callers_hear_a_polite_end_in_time_and_others_go_on(
    kuning: Stack,
) -> None:
    siti, budi = Person(15), Person(16)
    siti.dials_to_the_day(kuning)
    kuning.hop(budi.session, budi.phone, "")

    with _frozen(kuning.family("postgres")), ThreadPoolExecutor(9) as pool:
        began = time.monotonic()
        saves = pool.submit(siti.confirms, kuning)
        strangers = [pool.submit(_dials, kuning, Person(150 + number)) for number in range(8)]
        said = [saves.result(), *(stranger.result() for stranger in strangers)]
        assert time.monotonic() - began < _PATIENCE
        assert all(one.startswith("END Maaf") for one in said), said
        assert kuning.hop(budi.session, budi.phone, "1").startswith("CON Ketik NIK")

    until(lambda: "Lanjut daftar?" in _dials(kuning, siti), _RECOVERY)


def _dials(kuning: Stack, person: Person) -> str:
    return kuning.hop(f"ATUid_{uuid4().hex}", person.phone, "")


@contextmanager
def _frozen(numbers: Sequence[int]) -> Iterator[None]:
    """Stop a server's processes: its sockets stay open and nobody answers."""
    for number in numbers:
        os.kill(number, signal.SIGSTOP)
    try:
        yield
    finally:
        for number in numbers:
            os.kill(number, signal.SIGCONT)
