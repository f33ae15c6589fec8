"""A server is away: callers are served where that is possible, and never told an untruth."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import pytest
import redis

from runtime.embedded.servers import connect
from tests.faults.people import Person
from tests.faults.stack import Stack, stack
from tests.support.processes import until

_RECOVERY = 60
_PATIENCE = 6  # seconds for nine callers at eight threads, or seven hops; a gateway waits ten
_UNTRUE = ("Tersimpan", "Kode ")


@pytest.fixture
def without_redis(tmp_path: Path) -> Iterator[Stack]:
    with stack(tmp_path, REDIS_URL="redis://127.0.0.1:9/0") as running:
        yield running


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


def test_with_redis_down_callers_are_served_and_sms_still_flow(without_redis: Stack) -> None:
    siti = Person(13)
    said = siti.books(without_redis)
    assert siti.confirms(without_redis) == said
    until(
        lambda: [line["to"] for line in without_redis.accepted()] == [siti.phone],
        _RECOVERY,
    )
    assert without_redis.hop("ATUid_later", siti.phone, "").startswith("CON Siti: datang ")


def test_with_redis_frozen_callers_are_served_in_time_and_sms_still_flow(kuning: Stack) -> None:
    siti = Person(17)
    with _frozen(kuning.family("valkey-server")):
        began = time.monotonic()
        said = siti.books(kuning)
        assert time.monotonic() - began < _PATIENCE
        until(lambda: siti.phone in [line["to"] for line in kuning.accepted()], _RECOVERY)
    assert siti.confirms(kuning) == said


def test_with_postgresql_down_nobody_hears_saved_and_the_call_can_be_made_later(
    tmp_path: Path,
) -> None:
    elsewhere = Elsewhere(tmp_path / "elsewhere")
    siti = Person(14)
    try:
        with stack(tmp_path, DATABASE_URL=elsewhere.starts()) as kuning:
            siti.dials_to_the_day(kuning)
            elsewhere.stops()

            said = siti.confirms(kuning)
            stranger = kuning.hop("ATUid_stranger", "+6281299999999", "")

            assert said.startswith("END Maaf"), said
            assert not any(word in said for word in _UNTRUE)
            assert stranger.startswith("END Maaf"), stranger
            elsewhere.starts()
            _resumes_and_books(kuning, siti)
    finally:
        elsewhere.stops()


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


def _resumes_and_books(kuning: Stack, person: Person) -> None:
    """Dial again: nothing was saved, and what was answered is kept."""
    session = until(lambda: _is_offered_to_resume(kuning, person), _RECOVERY)
    offered = kuning.hop(session, person.phone, "1")
    assert "Simpan?" in offered, offered
    saved = kuning.hop(session, person.phone, "1*1")
    assert saved.startswith("CON Tersimpan. Kode "), saved
    counted = "SELECT count(*) FROM card_requests WHERE phone_last4 = %s"
    assert kuning.rows(counted, person.phone[-4:]) == [(1,)]


def _is_offered_to_resume(kuning: Stack, person: Person) -> str:
    """Dial; give the session in which going on is offered, else nothing."""
    session = f"ATUid_{uuid4().hex}"
    return session if "Lanjut daftar?" in kuning.hop(session, person.phone, "") else ""


class Elsewhere:
    """A PostgreSQL that is not `kuning up`'s own, to be stopped and started again."""

    def __init__(self, home: Path) -> None:
        self._home = home
        self._process: subprocess.Popen[str] | None = None

    def starts(self) -> str:
        """Start it; give its URL, the same each time."""
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.support.serving", str(self._home)],
            cwd=Path(__file__).parents[2],
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self._process.stdout is not None
        return str(json.loads(self._process.stdout.readline())["database_url"])

    def stops(self) -> None:
        """Stop it, if it runs."""
        if self._process is not None:
            self._process.terminate()
            self._process.communicate(timeout=60)
            self._process = None
