"""Every process is killed at its worst moment; tables and the gateway's log judge (F1 to F3)."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from random import Random

import pytest

from tests.faults.driver import Driver
from tests.faults.judging import RECOVERY, Judge
from tests.faults.people import Person
from tests.faults.stack import Stack
from tests.support.processes import until

_STATUSES = (
    "SELECT m.status FROM messages m JOIN card_requests r ON r.id = m.request_id"
    " WHERE r.phone_last4 = %s ORDER BY m.created_at"
)


@pytest.fixture
def callers(request: pytest.FixtureRequest) -> Callable[[int, int], Sequence[Person]]:
    """Callers numbered from `first`: `most` of them in `make soak`, else a few."""
    whole = request.config.getoption("--soak")
    few = {200: 20, 50: 5, 8: 2}

    def people(first: int, most: int) -> Sequence[Person]:
        return [Person(first + number) for number in range(most if whole else few[most])]

    return people


@pytest.fixture
def driver(kuning: Stack, tmp_path: Path, seed: int) -> Driver:
    return Driver(kuning.address, tmp_path / "driver.jsonl", seed)


def _statuses(kuning: Stack, person: Person) -> list[str]:
    return [str(status) for (status,) in kuning.rows(_STATUSES, person.phone[-4:])]


def _sent_to(kuning: Stack, person: Person) -> int:
    return sum(line["to"] == person.phone for line in kuning.accepted())


def test_a_web_killed_again_and_again_while_it_answers_books_each_caller_once(
    kuning: Stack, judge: Judge, driver: Driver, callers: Callable[[int, int], Sequence[Person]]
) -> None:
    kuning.has_room()
    people, chance, kills = callers(1000, 200), Random(driver.seed), 0
    driver.think = 0.3
    with judge.watches(kuning), driver.driving(people, 8, patience=300) as work:
        while not work.done() and kills < max(3, len(people) // 10):
            time.sleep(0.5)
            if kuning.children().get("web"):
                # The one that answers, or the one that would start it again.
                os.kill(chance.choice(kuning.family("web")), signal.SIGKILL)
                kills += 1
        lifted = time.monotonic()
    judge(f"F1 web killed {kills}x", kuning, driver, lifted=lifted)
    assert kills > 1
    assert {reply.status for reply in driver.replies} <= {0, 200}, "a screen, or a broken line"


def test_a_web_killed_between_commit_and_reply_tells_the_same_again(
    kuning: Stack, judge: Judge, driver: Driver, callers: Callable[[int, int], Sequence[Person]]
) -> None:
    for person in callers(1300, 8):
        kuning.arm("web.committed")
        driver.drive([person])
        assert kuning.fired("web.committed")
        last = driver.replies[-1]
        again = driver.asks(person, last.session, last.text)
        assert again.words == last.words, "a retry gets the stored screen byte for byte"
    broken = sum(reply.status == 0 for reply in driver.replies)
    judge(f"F2 commit, {broken} broken", kuning, driver, lifted=time.monotonic())


def test_a_worker_killed_before_during_and_after_the_gateway_call_doubles_nobody(
    kuning: Stack, judge: Judge, driver: Driver, callers: Callable[[int, int], Sequence[Person]]
) -> None:
    places = ("delivery.claimed", "delivery.sending", "delivery.sent")
    people = {place: callers(1400 + 100 * number, 50) for number, place in enumerate(places)}
    with judge.watches(kuning):
        for place in places:
            _queues_then_dies(kuning, driver, place, people[place])
        lifted = time.monotonic()
        judge("F3 worker killed at 3 places", kuning, driver, lifted=lifted)

    before, during, after = ([_sent_to(kuning, who) for who in people[place]] for place in places)
    assert set(before) == {1}, "never left: sent once"
    assert set(during) <= {0, 1}, "not sent again blindly: it may have been sent"
    assert set(after) == {1}, "it was sent, and is not sent twice"
    assert "unknown" in _statuses(kuning, people["delivery.sending"][0])
    assert "unknown" in _statuses(kuning, people["delivery.sent"][0])


def _queues_then_dies(kuning: Stack, driver: Driver, place: str, people: Sequence[Person]) -> None:
    """Let messages wait while nobody sends, then let their first sender die at a place."""
    senders = [kuning.child("urgent"), kuning.child("clock")]
    for number in senders:
        os.kill(number, signal.SIGSTOP)
    driver.drive(people)
    kuning.arm(place)
    for number in senders:
        os.kill(number, signal.SIGCONT)
    until(lambda: kuning.fired(place), RECOVERY)


def test_a_killed_clock_comes_back_and_goes_on(kuning: Stack) -> None:
    before = kuning.child("clock")
    kuning.arm("clock.tick")
    until(lambda: kuning.fired("clock.tick"), RECOVERY)
    until(lambda: kuning.children().get("clock") not in (None, before), RECOVERY)

    os.kill(kuning.child("urgent"), signal.SIGSTOP)  # only the clock's sweep delivers now
    try:
        Person(5).books(kuning)
        until(lambda: _sent_to(kuning, Person(5)) == 1, RECOVERY)
    finally:
        os.kill(kuning.child("urgent"), signal.SIGCONT)


def test_killed_processes_are_back_and_a_call_goes_on_where_it_was(kuning: Stack) -> None:
    budi = Person(6)
    offered = budi.dials_to_the_day(kuning)
    for name in ("web", "urgent", "bulk", "clock", "valkey-server"):
        killed = kuning.kill(name)
        until(
            lambda name=name, killed=killed: kuning.children().get(name) not in (None, killed),  # type: ignore[misc] # mypy cannot infer a lambda with a default
            RECOVERY,
        )

    said = Driver(kuning.address, kuning.home.parent / "budi.jsonl").insists(
        budi, budi.session, "*".join((*budi.answers, "1")), time.monotonic() + RECOVERY
    )

    assert "Simpan?" in offered
    assert said.words.startswith("CON Tersimpan. Kode ")


def test_the_last_hour_goes_to_one_of_twenty_callers(kuning: Stack) -> None:
    people = [Person(100 + number) for number in range(20)]
    kuning.rows(
        "UPDATE offices SET hours = '[\"10:00\"]', hour_quota = 1, daily_quota = 1"
        " WHERE code = '32.10' RETURNING code"
    )
    first_day = people[0].dials_to_the_day(kuning)
    for person in people[1:]:
        assert person.dials_to_the_day(kuning) == first_day

    with ThreadPoolExecutor(len(people)) as pool:
        said = list(pool.map(lambda person: person.confirms(kuning), people))

    booked = [one for one in said if one.startswith("CON Tersimpan")]
    told = [one for one in said if one.startswith("CON Jam tadi baru penuh")]
    assert (len(booked), len(told)) == (1, 19), said
    over = kuning.rows("SELECT count(*) FROM slots WHERE taken > capacity")
    assert over == [(0,)]
