"""Who asks for the same call at the same moment: one promise each, and none too many."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from domain.callbacks import State
from storage import callback_requests
from tests.services.callbacks.wishes import MORNING, NOON, asks, promise_of, rows
from tests.services.cards.town import Line, Town


def test_one_who_insists_from_eight_phones_of_one_number_has_one_wish(town: Town) -> None:
    lines, start = [town.dials(1) for _ in range(8)], Barrier(8)
    for line in lines:
        assert line.hears("callback.offer") == "free"

    def insists(line: Line) -> str:
        start.wait()
        return line.hears("callback.ask")

    with ThreadPoolExecutor(8) as at_once:
        assert set(at_once.map(insists, lines)) == {"promised"}
    assert len(rows(town)) == 1


def test_the_last_place_goes_to_one_of_twenty_and_the_others_hear_of_another(town: Town) -> None:
    town.office(callback_daily=2)
    asks(town.dials(50))
    lines, start = [town.dials(n) for n in range(1, 21)], Barrier(20)
    for line in lines:
        assert line.hears("callback.offer") == "free"
        assert promise_of(line) == ("2026-11-23", NOON)

    def says_yes(line: Line) -> str:
        start.wait()
        return line.hears("callback.ask")

    with ThreadPoolExecutor(20) as at_once:
        outcomes = list(at_once.map(says_yes, lines))
    assert outcomes.count("promised") == 1
    assert outcomes.count("taken") == 19
    others = {
        promise_of(line) for line, told in zip(lines, outcomes, strict=True) if told == "taken"
    }
    assert others == {("2026-11-24", MORNING)}
    assert len(rows(town)) == 2


def test_all_twenty_come_to_a_promise_that_is_kept_to(town: Town) -> None:
    town.office(callback_daily=4)
    lines = [town.dials(n) for n in range(1, 21)]
    for line in lines:
        assert line.hears("callback.offer") == "free"

    def insists(line: Line) -> str:
        for _ in range(25):
            if (outcome := line.hears("callback.ask")) != "taken":
                return outcome
        raise AssertionError("never answered")

    with ThreadPoolExecutor(20) as at_once:
        assert set(at_once.map(insists, lines)) == {"promised"}
    told = sorted(promise_of(line) for line in lines)
    assert told == sorted((row.day.isoformat(), row.hours) for row in rows(town))
    assert {told.count(one) for one in told} == {2}
    assert len(set(told)) == 10


def test_who_says_yes_while_an_officer_ends_the_old_wish_gets_a_new_one(town: Town) -> None:
    asks(town.dials(1))
    town.after(hours=26)
    again, start = town.dials(1), Barrier(2)
    assert again.hears("callback.offer") == "free"
    (old,) = rows(town)

    def closes() -> None:
        start.wait()
        with town.database.begin() as conn:
            callback_requests.change(conn, old.id, old.version, {"state": State.CLOSED}, town.now)

    def says_yes() -> str:
        start.wait()
        return again.hears("callback.ask")

    with ThreadPoolExecutor(2) as at_once:
        at_once.submit(closes)
        assert at_once.submit(says_yes).result() == "promised"
    (row,) = rows(town)
    assert (row.day.isoformat(), row.hours) == promise_of(again)
