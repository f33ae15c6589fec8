"""A storm of restarts: for two minutes something dies every second or two, while people call.

`--seed` chooses who dies when; a hundredth of it, but some kills of each sort, in `make check`.
"""

from __future__ import annotations

import os
import signal
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

import pytest

from tests.faults.driver import Driver
from tests.faults.gateway_process import GatewayProcess, gateway_process
from tests.faults.judging import Judge
from tests.faults.people import Person
from tests.faults.stack import Stack, stack

_PROCESSES = ("web", "urgent", "bulk", "clock", "valkey-server", "postgres")
_MACHINE = "machine"
_GATEWAY = "gateway"


@dataclass(slots=True)
class Storm:
    """Kills, one after another, what a seed says; `killed` counts them."""

    kuning: Stack
    gateway: GatewayProcess
    chance: Random
    killed: Counter[str] = field(default_factory=Counter)

    def rages(self, seconds: float, every: float, *victims: str) -> None:
        """Kill these first, then any, until the time is over; everything is left started."""
        over, planned = time.monotonic() + seconds, list(victims)
        while planned or time.monotonic() < over:
            victim = planned.pop(0) if planned else self._any()
            self._strikes(victim)
            self.killed[victim] += 1
            time.sleep(every * self.chance.uniform(0.5, 1.5))

    def _any(self) -> str:
        """Any process, the gateway as often as one of them, all of the machine seldom."""
        return self.chance.choice([*_PROCESSES * 4, *[_GATEWAY] * 4, _MACHINE])

    def _strikes(self, victim: str) -> None:
        match victim:
            case "machine":
                self.kuning.dies()
                self.kuning.start()
            case "gateway":
                self.gateway.kill()
                time.sleep(self.chance.random())
                self.gateway.start()
            case name:
                self._kills(name)

    def _kills(self, name: str) -> None:
        """Kill it or one it started itself; what is just being started again is spared."""
        if head := self.kuning.children().get(name):
            with suppress(ProcessLookupError):
                os.kill(self.chance.choice([head, *self.kuning.started_by(head)]), signal.SIGKILL)


@pytest.fixture
def production(tmp_path: Path) -> Iterator[Stack]:
    with gateway_process(tmp_path) as gateway, stack(tmp_path, gateway) as kuning:
        kuning.has_room()
        gateway.reports_to(kuning.sms_address("delivery"))
        yield kuning


def test_a_storm_of_restarts_loses_nothing_and_doubles_nothing(
    production: Stack, judge: Judge, tmp_path: Path, request: pytest.FixtureRequest, seed: int
) -> None:
    whole = request.config.getoption("--soak")
    assert production.gateway is not None
    storm = Storm(production, production.gateway, Random(seed))
    driver = Driver(production.address, tmp_path / "driver.jsonl", seed, think=1.0)
    people = [Person(3000 + number) for number in range(250 if whole else 16)]
    with judge.watches(production):
        with driver.driving(people, at_once=8, patience=260 if whole else 90):
            time.sleep(1.0)
            storm.gateway.for_ever("slow")  # so that kills find requests under way
            if whole:
                storm.rages(120, 2.0)
            else:
                storm.rages(1.2, 0.7, *_PROCESSES, _GATEWAY)
            storm.gateway.for_ever("accept")
            lifted = time.monotonic()
        kills = storm.killed.total()
        judge(f"storm, {kills} kills", production, driver, lifted=min(lifted, time.monotonic()))
    assert kills >= len(_PROCESSES)
