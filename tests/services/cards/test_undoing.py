"""Ten seconds to take a move back: everything stands as before, or nothing is changed at all."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from domain.card import State
from services.cards import counter, undoing
from services.cards.outcomes import (
    AlreadyHandled,
    NotYours,
    NumberFollowed,
    Taken,
    TooLate,
    Undoing,
    Undone,
    Unknown,
)
from storage import decisions
from storage.card_requests import CardRequest
from storage.officers import Officer
from storage.tables import card_sequences, cards, messages
from tests.services.cards.town import BUDI, SEMARANG, TEMBALANG, Town, nik

THURSDAY = date(2026, 11, 26)


def booked(town: Town, last: int = 1, **who: str) -> str:
    """The request of somebody who has just called."""
    return town.dials(last).registers(**who).facts["request"]


def takes_back(town: Town, who: str, by: Officer, decision: str | None = None) -> Undoing:
    """An officer takes back what was last decided about somebody, or an earlier decision."""
    with town.database.begin() as conn:
        last = decisions.last(conn, who)
        assert last
        desk = counter.Desk(conn, town.vault, by, town.now)
        return undoing.undo(desk, who, decision or last.id)


def decision_of(town: Town, who: str) -> str:
    """The id of the last decision about somebody."""
    with town.database.begin() as conn:
        last = decisions.last(conn, who)
    assert last
    return last.id


def as_before(town: Town, who: str, before: CardRequest) -> bool:
    """Whether a request stands as it stood, save that its version has grown."""
    now = town.request(who)
    return now.version > before.version and replace(now, version=before.version) == before


def statuses(town: Town, last: int = 1) -> list[tuple[str, str]]:
    """Template and status of every SMS of a phone, oldest first."""
    index = town.vault.index("phone", f"+62812{last:08}")
    query = select(messages.c.template, messages.c.status, messages.c.dedupe_key)
    with town.database.begin() as conn:
        found = conn.execute(query.where(messages.c.phone_index == index)).all()
    return sorted((row.template, row.status) for row in found)


def numbers(town: Town) -> tuple[list[str], list[int]]:
    """The cards that are out, and the last running number of each day."""
    with town.database.begin() as conn:
        out = sorted(conn.scalars(select(cards.c.number)))
        return out, list(conn.scalars(select(card_sequences.c.last)))


def is_at(town: Town, who: str, state: State, by: Officer) -> None:
    """Bring somebody to a state by the moves of an officer, some time ago."""
    way = {
        State.BOOKED: (),
        State.CAME: (counter.came,),
        State.SIGNING: (counter.came, counter.to_sign),
        State.ISSUED: (counter.came, counter.issue),
    }[state]
    for move in way:
        assert isinstance(town.does(move, who, by=by), counter.Moved)
    town.after(minutes=1)


MOVES: tuple[tuple[State, Any, tuple[Any, ...]], ...] = (
    (State.BOOKED, counter.came, ("SITI AMINAH",)),
    (State.BOOKED, counter.rebook, (THURSDAY, "10:00")),
    (State.BOOKED, counter.refuse, ("other_region",)),
    (State.BOOKED, counter.withdraw, ()),
    (State.BOOKED, counter.keep, ()),
    (State.CAME, counter.incomplete, ("diploma",)),
    (State.CAME, counter.to_sign, ()),
    (State.CAME, counter.issue, ()),
    (State.SIGNING, counter.ready, ()),
    (State.ISSUED, counter.employed, ()),
    (State.ISSUED, counter.withdraw, ()),
)


@pytest.mark.parametrize(
    ("state", "move", "args"), MOVES, ids=lambda it: getattr(it, "__name__", str(it))
)
def test_every_move_can_be_taken_back_for_ten_seconds(
    town: Town, state: State, move: Any, args: tuple[Any, ...]
) -> None:
    rina, siti = town.hires(), booked(town)
    is_at(town, siti, state, rina)
    before, places, out = town.request(siti), town.taken(), numbers(town)
    town.after(minutes=1)
    assert isinstance(town.does(move, siti, *args, by=rina), counter.Moved)
    town.after(seconds=9)
    outcome = takes_back(town, siti, rina)
    assert isinstance(outcome, Undone)
    assert as_before(town, siti, before)
    assert (town.taken(), numbers(town)[0], sum(numbers(town)[1])) == (places, out[0], sum(out[1]))
    assert town.audited(siti)[-1] == "card.undone"
    assert {status for template, status in statuses(town) if template != "booked"} <= {"cancelled"}
    assert isinstance(town.does(move, siti, *args, by=rina), counter.Moved), "and done again"


def test_a_report_is_taken_back(town: Town) -> None:
    rina, siti = town.hires(), booked(town)
    is_at(town, siti, State.ISSUED, rina)
    town.after(days=183)
    town.puts(siti, State.REPORT_DUE)
    before = town.request(siti)
    town.does(counter.report, siti, by=rina)
    assert takes_back(town, siti, rina) == Undone(State.REPORT_DUE, before.version + 2)
    assert as_before(town, siti, before)


def test_after_ten_seconds_it_stands(town: Town) -> None:
    rina, siti = town.hires(), booked(town)
    town.does(counter.refuse, siti, "other_region", by=rina)
    town.after(seconds=10)
    assert takes_back(town, siti, rina) == TooLate()
    assert town.request(siti).state is State.REFUSED
    assert statuses(town) == [("booked", "cancelled"), ("refused", "queued")]


def test_what_a_move_took_back_is_sent_after_all(town: Town) -> None:
    """The day was not told yet when the officer refused; undone, it must be."""
    rina, siti = town.hires(), booked(town)
    town.does(counter.refuse, siti, "other_region", by=rina)
    assert statuses(town) == [("booked", "cancelled"), ("refused", "queued")]
    assert takes_back(town, siti, rina) == Undone(State.BOOKED, 4, sms=True)
    assert statuses(town) == [
        ("booked", "cancelled"),
        ("booked", "queued"),
        ("refused", "cancelled"),
    ]
    town.does(counter.refuse, siti, "other_region", by=rina)
    takes_back(town, siti, rina)
    assert statuses(town).count(("booked", "queued")) == 1


def test_pressed_twice_it_is_taken_back_once(town: Town) -> None:
    rina, siti = town.hires(), booked(town)
    town.does(counter.came, siti, by=rina)
    first, second = takes_back(town, siti, rina), takes_back(town, siti, rina)
    assert (first, second) == (Undone(State.BOOKED, 4, sms=True), Undone(State.BOOKED, 4))
    assert town.audited(siti).count("card.undone") == 1


def test_what_somebody_went_on_from_cannot_be_taken_back(town: Town) -> None:
    rina, dedi, siti = town.hires("Ibu Rina"), town.hires("Pak Dedi"), booked(town)
    town.does(counter.came, siti, by=rina)
    came = decision_of(town, siti)
    town.does(counter.to_sign, siti, by=dedi)
    assert takes_back(town, siti, rina, came) == AlreadyHandled("Pak Dedi", "signing", town.now)
    assert town.request(siti).state is State.SIGNING


def test_moves_are_taken_back_one_after_the_other(town: Town) -> None:
    rina, siti = town.hires(), booked(town)
    before = town.request(siti)
    town.does(counter.came, siti, by=rina)
    came = decision_of(town, siti)
    town.after(seconds=1)
    town.does(counter.to_sign, siti, by=rina)
    takes_back(town, siti, rina)
    assert isinstance(takes_back(town, siti, rina, came), AlreadyHandled), "versions only grow"
    assert town.request(siti).state is State.CAME
    assert before.version == 2


def test_only_who_made_a_move_takes_it_back(town: Town) -> None:
    rina, dedi, siti = town.hires("Ibu Rina"), town.hires("Pak Dedi"), booked(town)
    stranger = town.hires("Ibu Dewi", SEMARANG)
    town.does(counter.came, siti, by=rina)
    assert takes_back(town, siti, dedi) == NotYours("Ibu Rina")
    assert takes_back(town, siti, stranger) == Unknown()
    other = booked(town, 2, nik=BUDI)
    assert takes_back(town, siti, rina, decision_of_nobody()) == Unknown()
    town.does(counter.came, other, by=rina)
    assert takes_back(town, siti, rina, decision_of(town, other)) == Unknown()
    assert town.request(siti).state is State.CAME


def decision_of_nobody() -> str:
    """An id that no decision has."""
    return "00000000-0000-4000-8000-000000000000"


def test_an_hour_that_somebody_else_took_does_not_come_back(town: Town) -> None:
    town.office(hours=("08:00",), hour_quota=1, daily_quota=1)
    rina, siti = town.hires(), booked(town)
    town.does(counter.withdraw, siti, by=rina)
    budi = booked(town, 2, nik=BUDI)
    assert town.request(budi).day == town.request(siti).day
    assert takes_back(town, siti, rina) == Taken()
    assert town.request(siti).state is State.WITHDRAWN
    assert town.taken() == 1
    assert ("booked", "queued") not in statuses(town)


def test_a_new_day_is_taken_back_only_while_the_old_one_is_free(town: Town) -> None:
    town.office(hours=("08:00", "10:00"), hour_quota=1, daily_quota=2)
    rina, siti = town.hires(), booked(town)
    town.does(counter.rebook, siti, THURSDAY, "10:00", by=rina)
    booked(town, 2, nik=BUDI)
    assert takes_back(town, siti, rina) == Taken()
    assert (town.request(siti).day, town.taken()) == (THURSDAY, 2)
    assert town.told(1)[-1] == "booked"


def test_the_last_number_goes_back_and_leaves_no_gap(town: Town) -> None:
    rina = town.hires()
    people = [booked(town, n, nik=nik(n)) for n in (1, 2)]
    for person in people:
        town.does(counter.came, person, by=rina)
    town.does(counter.issue, people[0], by=rina)
    assert isinstance(takes_back(town, people[0], rina), Undone)
    assert numbers(town) == ([], [0])
    for person in reversed(people):
        town.does(counter.issue, person, by=rina)
    assert numbers(town) == (["3210221126000001", "3210221126000002"], [2])
    assert takes_back(town, people[1], rina) == NumberFollowed()
    assert town.request(people[1]).state is State.ISSUED
    assert len(numbers(town)[0]) == 2


def test_a_number_goes_back_over_one_that_was_typed(town: Town) -> None:
    rina = town.hires()
    people = [booked(town, n, nik=nik(n)) for n in (1, 2)]
    for person in people:
        town.does(counter.came, person, by=rina)
    town.office(card_source="external")
    town.does(counter.issue, people[0], "3210221126000001", by=rina)
    town.office(card_source="own")
    town.does(counter.issue, people[1], by=rina)
    assert numbers(town)[1] == [2]
    takes_back(town, people[1], rina)
    town.does(counter.issue, people[1], by=rina)
    assert numbers(town)[0] == ["3210221126000001", "3210221126000002"]


def test_a_number_taken_before_midnight_goes_back_after_it(town: Town) -> None:
    rina, siti = town.hires(), booked(town)
    town.does(counter.came, siti, by=rina)
    town.after(hours=13, minutes=59, seconds=55)
    town.does(counter.issue, siti, by=rina)
    town.after(seconds=9)
    assert isinstance(takes_back(town, siti, rina), Undone)
    assert numbers(town) == ([], [0])


def test_a_typed_number_can_be_typed_for_somebody_else(town: Town) -> None:
    dewi = town.hires("Ibu Dewi", SEMARANG)
    people = [booked(town, n, nik=nik(n), home=TEMBALANG) for n in (1, 2)]
    for person in people:
        town.does(counter.came, person, by=dewi)
    town.does(counter.issue, people[0], "AK1/7", by=dewi)
    takes_back(town, people[0], dewi)
    assert isinstance(town.does(counter.issue, people[1], "AK1/7", by=dewi), counter.Moved)


def test_of_undo_and_the_next_card_at_once_no_gap_comes(town: Town) -> None:
    rina = town.hires()
    people = [booked(town, n, nik=nik(n)) for n in range(1, 9)]
    for person in people:
        town.does(counter.came, person, by=rina)

    def issues(person: str) -> None:
        town.does(counter.issue, person, by=rina)
        if people.index(person) % 2:
            takes_back(town, person, rina)

    with ThreadPoolExecutor(4) as at_once:
        list(at_once.map(issues, people))
    out, [last] = numbers(town)
    assert out == [f"3210221126{n:06}" for n in range(1, last + 1)]
    issued = [one for one in people if town.request(one).state is State.ISSUED]
    assert len(issued) == last
