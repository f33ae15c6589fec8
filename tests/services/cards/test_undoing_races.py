"""Taking back against sending: exactly one of them wins, whatever clocks say."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from threading import Barrier

import pytest

from domain.card import State
from services.cards import counter
from services.cards.outcomes import AlreadyHandled, NotYours, TooLate, Undoing, Undone
from services.delivery import Delivery
from sms.gateway import Account
from sms.gateways.simulator import Simulator
from sms.message import Lane
from sms.templates import render
from storage.officers import Officer
from tests.services.cards.test_undoing import booked, statuses, takes_back
from tests.services.cards.town import BUDI, Town, nik

Fails = Callable[[str], None]


@pytest.fixture
def log(tmp_path: Path) -> Path:
    """Where the line writes what it took."""
    return tmp_path / "sms.jsonl"


def delivery(town: Town, log: Path, failpoint: Fails = lambda _place: None) -> Delivery:
    """A sender of the town."""
    line = Simulator(Account("sandbox", "key", service_code="*123#", log=log))
    return Delivery(town.database, town.vault, line, render, failpoint=failpoint)


def refused(town: Town) -> tuple[str, Officer]:
    """Siti, whose day was told long ago, was refused this moment."""
    rina, siti = town.hires(), booked(town)
    with town.database.begin() as conn:
        conn.exec_driver_sql("update messages set status = 'delivered'")
    town.after(minutes=5)
    town.does(counter.refuse, siti, "other_region", by=rina)
    return siti, rina


def taken(log: Path) -> int:
    """How many SMS the line took."""
    return len(log.read_text().splitlines()) if log.exists() else 0


def test_no_sms_leaves_within_ten_seconds(town: Town, log: Path) -> None:
    siti, rina = refused(town)
    for _ in range(10):
        assert delivery(town, log).deliver_due(Lane.URGENT, town.now) == 0
        town.after(seconds=1)
    assert delivery(town, log).deliver_due(Lane.URGENT, town.now) == 1
    assert takes_back(town, siti, rina) == TooLate()


def test_a_message_that_is_claimed_but_not_sent_is_taken_back(town: Town, log: Path) -> None:
    siti, rina = refused(town)
    undone: list[Undoing] = []

    def meanwhile(place: str) -> None:
        if place == "delivery.claimed":
            undone.append(takes_back(town, siti, rina))

    ahead = town.now + timedelta(seconds=11)  # the worker's machine has a clock of its own
    delivery(town, log, meanwhile).deliver_due(Lane.URGENT, ahead)
    assert undone == [Undone(State.BOOKED, 4)]
    assert taken(log) == 0
    assert statuses(town) == [("booked", "delivered"), ("refused", "cancelled")]


def test_a_message_that_is_on_its_way_is_not(town: Town, log: Path) -> None:
    siti, rina = refused(town)
    undone: list[Undoing] = []

    def meanwhile(place: str) -> None:
        if place in {"delivery.sending", "delivery.sent"}:
            undone.append(takes_back(town, siti, rina))

    ahead = town.now + timedelta(seconds=11)
    delivery(town, log, meanwhile).deliver_due(Lane.URGENT, ahead)
    undone.append(takes_back(town, siti, rina))
    assert set(undone) == {TooLate(left=True)}
    assert taken(log) == 1
    assert town.request(siti).state is State.REFUSED
    assert "card.undone" not in town.audited(siti)


def test_of_undo_and_the_sender_at_once_exactly_one_wins(town: Town, log: Path) -> None:
    rina = town.hires()
    people = [booked(town, n, nik=nik(n)) for n in range(1, 9)]
    with town.database.begin() as conn:
        conn.exec_driver_sql("update messages set status = 'delivered'")
    for sent, person in enumerate(people):
        before = taken(log)
        town.does(counter.refuse, person, "other_region", by=rina)
        ready = Barrier(2)

        def undoes(person: str = person, ready: Barrier = ready) -> Undoing:
            ready.wait()
            return takes_back(town, person, rina)

        def sends(ready: Barrier = ready) -> int:
            ready.wait()
            ahead = town.now + timedelta(seconds=11)
            return delivery(town, log).deliver_due(Lane.URGENT, ahead)

        with ThreadPoolExecutor(2) as at_once:
            outcome, _ = at_once.submit(undoes), at_once.submit(sends)
        left = taken(log) - before
        assert left == (0 if isinstance(outcome.result(), Undone) else 1), sent
        assert town.request(person).state is (State.REFUSED if left else State.BOOKED)
        town.after(minutes=1)


def test_of_undo_and_a_colleagues_next_step_at_once_one_wins(town: Town) -> None:
    rina, dedi = town.hires("Ibu Rina"), town.hires("Pak Dedi")
    for last, who in enumerate((None, BUDI), 1):
        person = booked(town, last, **({"nik": who} if who else {}))
        town.does(counter.came, person, by=rina)
        seen = town.request(person).version
        ready = Barrier(2)

        def undoes(person: str = person, ready: Barrier = ready) -> Undoing:
            ready.wait()
            return takes_back(town, person, rina)

        def goes_on(
            person: str = person, seen: int = seen, ready: Barrier = ready
        ) -> counter.Outcome:
            ready.wait()
            return town.does(counter.to_sign, person, by=dedi, version=seen)

        with ThreadPoolExecutor(2) as at_once:
            undone, gone = at_once.submit(undoes), at_once.submit(goes_on)
        won = {isinstance(undone.result(), Undone), isinstance(gone.result(), counter.Moved)}
        assert won == {True, False}
        lost = {type(undone.result()), type(gone.result())}
        assert lost & {AlreadyHandled, NotYours}
