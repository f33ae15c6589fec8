"""What two do at the same moment: neither waits for the other in a circle."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

from domain.card import State
from services.cards import counter, timed
from storage import locks
from tests.services.cards.town import Town, nik

MONDAY = date(2026, 11, 23)


def test_two_officers_who_swap_the_hours_of_two_people_both_get_through(town: Town) -> None:
    town.office(hour_quota=2, daily_quota=12)
    officers = [town.hires("Ibu Rina"), town.hires("Pak Dedi")]
    people = [town.dials(n).registers(nik(n)).facts["request"] for n in (1, 2)]
    town.does(counter.rebook, people[1], MONDAY, "09:00", by=officers[1])
    hours, start = ["08:00", "09:00"], Barrier(2)

    def moves(which: int, hour: str) -> counter.Outcome:
        start.wait()
        return town.does(counter.rebook, people[which], MONDAY, hour, by=officers[which])

    for _ in range(30):
        hours.reverse()
        with ThreadPoolExecutor(2) as at_once:
            outcomes = list(at_once.map(moves, (0, 1), hours))
        assert all(isinstance(outcome, counter.Moved) for outcome in outcomes)
    assert [town.request(person).hour for person in people] == hours
    assert town.taken() == 2


def test_a_request_that_somebody_holds_too_long_keeps_no_other_from_its_move(town: Town) -> None:
    held, free = (town.dials(n).registers(nik(n)).facts["request"] for n in (1, 2))
    town.after(days=2)
    with town.database.begin() as conn:
        locks.hold(conn, f"nik:{town.request(held).nik_index}")
        assert timed.run(town.database, town.vault, town.now) == 1
    assert town.request(held).state is State.BOOKED
    assert town.request(free).state is State.NO_SHOW
    assert timed.run(town.database, town.vault, town.now) == 1
    assert town.request(held).state is State.NO_SHOW
