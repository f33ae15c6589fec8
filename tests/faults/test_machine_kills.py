"""In production before a real wire: a frozen or killed worker, a dead machine (F4 and F5)."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.driver import Driver
from tests.faults.gateway_process import GatewayProcess, gateway_process
from tests.faults.judging import RECOVERY, Judge
from tests.faults.people import Person
from tests.faults.stack import Stack, stack
from tests.support.processes import lives, until

_STATUS = (
    "SELECT m.status FROM messages m JOIN card_requests r ON r.id = m.request_id"
    " WHERE r.phone_last4 = %s"
)


@pytest.fixture(scope="module")
def production(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    folder = tmp_path_factory.mktemp("production")
    with gateway_process(folder) as gateway, stack(folder, gateway) as kuning:
        kuning.has_room()
        yield kuning


def test_a_worker_frozen_and_one_killed_in_mid_request_are_not_spoken_for_twice(
    production: Stack, judge: Judge, tmp_path: Path, seed: int
) -> None:
    """Their leases run out, the reports tell of both, and the frozen one wakes too late."""
    driver, gateway = Driver(production.address, tmp_path / "driver.jsonl", seed), _of(production)
    killed, frozen, later = Person(2001), Person(2002), Person(2003)
    gateway.reports_to(production.sms_address("delivery"), thrice=True)
    gateway.will("very_slow", phone=killed.phone)
    gateway.will("very_slow", phone=frozen.phone)
    with judge.watches(production):
        driver.drive([killed])
        until(lambda: gateway.taken_for(killed.phone), RECOVERY)
        production.kill("urgent")
        driver.drive([frozen])
        until(lambda: gateway.taken_for(frozen.phone), RECOVERY)
        worker = production.child("urgent")
        os.kill(worker, signal.SIGSTOP)
        try:
            until(lambda: _status(production, frozen) == "delivered", RECOVERY)
            driver.drive([later])
            until(lambda: gateway.taken_for(later.phone), RECOVERY)
        finally:
            os.kill(worker, signal.SIGCONT)
        lifted = time.monotonic()
        verdict = judge("F4 worker frozen, killed", production, driver, lifted=lifted)

    assert [gateway.taken_for(who.phone) for who in (killed, frozen, later)] == [1, 1, 1]
    assert verdict.unknown == 0, "the reports told of both"


def test_kill_9_of_the_parent_alone_ends_all_it_started_and_the_next_start_finds_its_data(
    production: Stack,
) -> None:
    siti = Person(2050)
    siti.books(production)
    children = [*production.children().values(), *production.family("web")]
    assert production.process is not None
    production.process.kill()
    production.process.wait()
    until(lambda: not any(lives(number) for number in children), RECOVERY)
    production.start()
    assert production.hop("ATUid_after", siti.phone, "").startswith("CON Siti: datang ")


def test_kill_9_of_everything_loses_nothing_and_leaves_nobody_behind(
    production: Stack, judge: Judge, tmp_path: Path, request: pytest.FixtureRequest, seed: int
) -> None:
    whole = request.config.getoption("--soak")
    driver = Driver(production.address, tmp_path / "driver.jsonl", seed, think=0.2)
    people = [Person(2100 + number) for number in range(200 if whole else 16)]
    before = Person(2099)
    driver.drive([before])
    if whole:  # then the end finds requests under way, which wait for their lease and report
        _of(production).for_ever("slow")
    with judge.watches(production), driver.driving(people, at_once=8, patience=120):
        until(lambda: len(_of(production).taken()) > 5, RECOVERY)
        production.dies()
        lifted = time.monotonic()
        production.start()
    judge("F5 machine dies", production, driver, lifted=lifted)
    again = production.hop("ATUid_again", before.phone, "")
    assert again.startswith(f"CON {before.name}: datang ")
    children = [*production.children().values(), *production.family("web")]
    assert production.stop() == 0
    until(lambda: not any(lives(number) for number in children), RECOVERY)


def _status(production: Stack, person: Person) -> str:
    [(status,)] = production.rows(_STATUS, person.phone[-4:])
    return str(status)


def _of(production: Stack) -> GatewayProcess:
    assert production.gateway is not None
    return production.gateway
