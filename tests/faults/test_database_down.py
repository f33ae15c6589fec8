"""F11: PostgreSQL is away: nobody hears "Tersimpan", and what gateways tell us is kept, once."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.faults.driver import Driver
from tests.faults.elsewhere import Elsewhere, elsewhere
from tests.faults.gateway_process import GatewayProcess, gateway_process
from tests.faults.judging import Judge
from tests.faults.line import posts, written
from tests.faults.people import Person
from tests.faults.stack import Stack, stack
from tests.support.processes import until

_DOWN = 30  # seconds
_CALLERS = 1_000
_RECOVERY = 60
_HEARD = (
    "SELECT (SELECT count(*) FROM optouts),"
    " (SELECT count(*) FROM incoming_messages WHERE kind = 'free')"
)
_STATUSES = "SELECT status, count(*) FROM messages GROUP BY status"


@pytest.fixture(scope="module")
def gateway(tmp_path_factory: pytest.TempPathFactory) -> Iterator[GatewayProcess]:
    with gateway_process(tmp_path_factory.mktemp("gateway")) as running:
        yield running


@pytest.fixture(scope="module")
def servers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Elsewhere]:
    with elsewhere(tmp_path_factory.mktemp("servers")) as running:
        yield running


@pytest.fixture(scope="module")
def afar(
    tmp_path_factory: pytest.TempPathFactory, gateway: GatewayProcess, servers: Elsewhere
) -> Iterator[Stack]:
    """An installation whose PostgreSQL is on another machine, as it were; its Redis is its own."""
    folder = tmp_path_factory.mktemp("afar")
    with stack(folder, gateway, DATABASE_URL=servers.database_url) as running:
        running.has_room()
        yield running


def test_postgresql_away_for_half_a_minute(
    afar: Stack, servers: Elsewhere, judge: Judge, scale: Callable[[int], int], tmp_path: Path
) -> None:
    """Stopped at once, as by `-m immediate`: it comes back from its log."""
    people = [Person(1100 + number) for number in range(scale(_CALLERS))]
    early = Driver(afar.address, tmp_path / "early.jsonl", seed=110)
    early.drive(people, patience=600)
    until(lambda: {one["to"] for one in afar.accepted()} >= {who.phone for who in people})
    late = Driver(afar.address, tmp_path / "late.jsonl", seed=111, think=0.2)
    callers = [Person(4000 + number) for number in range(scale(_CALLERS))]

    with late.driving(callers, patience=600):
        time.sleep(0.3)
        with _down(servers) as away:
            began = time.time()
            told = _reports(afar, people) + _writes(afar, people[:3], "STOP")
            told += _writes(afar, people[3:5], "kapan kantor buka?")
            time.sleep(max(2, scale(_DOWN)))
            over = time.time()
        lifted = away.lifted

    judge("F11 PostgreSQL down", afar, early, late, lifted=lifted)
    assert told == [200] * len(told), "what cannot be stored is spooled"
    meanwhile = [one for one in late.replies if began < one.at < over - one.seconds]
    assert meanwhile
    assert not any("Tersimpan" in one.words for one in meanwhile), meanwhile
    until(lambda: _delivered(afar) >= len(people), _RECOVERY)
    until(lambda: afar.rows(_HEARD) == [(3, 2)], _RECOVERY)
    applied = "SELECT count(*) FROM delivery_reports WHERE raw_status = 'Success'"
    assert afar.rows(applied) == [(len(people),)], "told twice, kept once"


def test_postgresql_restarted_at_once_under_callers(
    kuning: Stack, judge: Judge, scale: Callable[[int], int], tmp_path: Path
) -> None:
    """The embedded one dies again and again; the supervisor brings it back."""
    people = [Person(1200 + number) for number in range(scale(_CALLERS))]
    driver = Driver(kuning.address, tmp_path / "driver.jsonl", seed=112, think=0.2)
    with judge.watches(kuning), driver.driving(people, patience=600):
        for _ in range(1 + scale(20) // 5):
            time.sleep(1)
            os.kill(kuning.child("postgres"), signal.SIGQUIT)
        lifted = time.monotonic()

    judge("F11 PostgreSQL restarted", kuning, driver, lifted=lifted)


class _Away:
    """When a server was back."""

    lifted = 0.0


@contextmanager
def _down(servers: Elsewhere) -> Iterator[_Away]:
    """Let PostgreSQL die as it stands; afterwards it is started again."""
    away = _Away()
    number = int((servers.home / "postgres" / "postmaster.pid").read_text("utf-8").split()[0])
    os.kill(number, signal.SIGQUIT)
    servers.stops()
    try:
        yield away
    finally:
        servers.starts()
        away.lifted = time.monotonic()


def _reports(afar: Stack, people: list[Person]) -> list[int]:
    """Report the delivery of every SMS twice, as gateways do."""
    phones = {person.phone for person in people}
    taken = [one for one in afar.accepted() if one["to"] in phones]
    return [
        posts(
            afar.sms_address("delivery"),
            written({"id": one["id"], "status": "Success", "phoneNumber": one["to"]}),
        ).status
        for one in taken * 2
    ]


def _writes(afar: Stack, people: list[Person], text: str) -> list[int]:
    """Let some of them write an SMS, and the gateway tell us twice."""
    return [
        posts(
            afar.sms_address("incoming"),
            written(
                {
                    "id": f"in-{person.number}",
                    "from": person.phone,
                    "to": "12345",
                    "text": text,
                    "date": "2026-11-22 17:00:00",
                }
            ),
        ).status
        for person in people * 2
    ]


def _delivered(afar: Stack) -> int:
    return int(dict(afar.rows(_STATUSES)).get("delivered", 0))
