"""What time does: a day missed, reports due, the end of a card."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime

import pytest

from domain import calendar
from domain.card import State
from services.cards import counter, timed
from storage.tables import card_requests
from tests.services.cards.town import BUDI, SEMARANG, TEMBALANG, Town


def ticks(town: Town) -> int:
    return timed.run(town.database, town.vault, town.now)


def issued(town: Town) -> str:
    rina = town.hires()
    request = town.dials().registers().facts["request"]
    town.does(counter.came, request, by=rina)
    town.does(counter.issue, request, by=rina)
    return request


def test_who_did_not_come_is_absent_once_the_day_is_over_in_his_zone(town: Town) -> None:
    request = town.dials().registers().facts["request"]
    town.now = datetime(2026, 11, 23, 16, 59, tzinfo=UTC)  # a minute to midnight
    assert ticks(town) == 0
    town.now = datetime(2026, 11, 23, 17, 0, tzinfo=UTC)
    assert ticks(town) == 1
    row = town.request(request)
    assert (row.state, row.holds_slot, town.taken()) == (State.NO_SHOW, False, 0)
    assert town.audited(request)[-1] == "card.no_show"
    assert ticks(town) == 0
    assert town.told(1) == ["booked"]


@pytest.mark.parametrize(("zone", "midnight"), [("WIB", 17), ("WITA", 16), ("WIT", 15)])
def test_each_office_has_its_own_midnight(town: Town, zone: str, midnight: int) -> None:
    town.office(zone=zone)
    here = town.dials(1).registers().facts["request"]
    town.office(SEMARANG, zone="WIB", open="2-5 08:00-15:00")  # another day: not its turn yet
    there = town.dials(2).registers(BUDI, "Budi", TEMBALANG).facts["request"]
    town.now = datetime(2026, 11, 23, midnight - 1, 59, 59, tzinfo=UTC)
    assert ticks(town) == 0
    town.now = datetime(2026, 11, 23, midnight, tzinfo=UTC)
    assert ticks(town) == 1
    assert (town.request(here).state, town.request(there).state) == (State.NO_SHOW, State.BOOKED)


@pytest.mark.parametrize(
    ("issued_at", "first_report", "last_day"),
    [
        (datetime(2026, 8, 31, 16, 59, tzinfo=UTC), date(2027, 2, 28), date(2028, 8, 31)),
        (datetime(2026, 8, 31, 17, 0, tzinfo=UTC), date(2027, 3, 1), date(2028, 9, 1)),
        (datetime(2028, 2, 28, 17, 0, tzinfo=UTC), date(2028, 8, 29), date(2030, 2, 28)),
    ],
)
def test_a_card_counts_from_the_day_it_is_at_the_office(
    town: Town, issued_at: datetime, first_report: date, last_day: date
) -> None:
    town.now = issued_at
    request = issued(town)
    card = town.request(request)
    assert (card.next_report_on, card.expires_on) == (first_report, last_day)
    for day, state in ((first_report, State.REPORT_DUE), (last_day, State.REPORT_DUE)):
        town.now = calendar.day_begins(day, "WIB")
        ticks(town)
        assert town.request(request).state is state
    town.after(days=1)
    ticks(town)
    assert town.request(request).state is State.EXPIRED


def test_a_contested_request_is_absent_too(town: Town) -> None:
    town.dials(1).registers()
    second = town.dials(2).registers().facts["request"]
    town.after(days=2)
    assert ticks(town) == 2
    assert town.request(second).state is State.NO_SHOW


def test_who_came_is_left_alone(town: Town) -> None:
    request = town.dials().registers().facts["request"]
    town.does(counter.came, request, by=town.hires())
    town.after(days=2)
    assert ticks(town) == 0


def test_a_card_asks_for_three_reports_and_ends(town: Town) -> None:
    request, rina = issued(town), town.hires()
    for due in (date(2027, 5, 22), date(2027, 11, 22), date(2028, 5, 22)):
        town.now = datetime(due.year, due.month, due.day, 3, tzinfo=UTC)
        town.after(days=-1)
        assert ticks(town) == 0
        town.after(days=1)
        assert ticks(town) == 1
        assert town.request(request).state is State.REPORT_DUE
        assert isinstance(town.does(counter.report, request, by=rina), counter.Moved)
    town.now = datetime(2028, 11, 22, 3, tzinfo=UTC)  # the last day still counts
    assert ticks(town) == 0
    town.after(days=1)
    assert ticks(town) == 1
    assert town.request(request).state is State.EXPIRED


def test_a_card_nobody_reported_ends_as_well(town: Town) -> None:
    request = issued(town)
    town.after(days=400)
    assert ticks(town) == 1
    assert town.request(request).state is State.REPORT_DUE
    town.after(days=400)
    assert ticks(town) == 1
    assert town.request(request).state is State.EXPIRED


def test_when_a_card_ends_the_next_request_for_its_nik_moves_up(town: Town) -> None:
    issued(town)
    second = town.dials(2).registers().facts["request"]
    town.after(days=800)
    assert ticks(town) == 2  # the card ends, the other's day was missed long ago
    row = town.request(second)
    assert (row.state, row.contested_with) == (State.NO_SHOW, None)


def test_four_clocks_at_once_move_each_request_once(town: Town) -> None:
    requests = [
        town.dials(n).registers(f"321011150898{n:04}").facts["request"] for n in range(1, 9)
    ]
    town.after(days=2)
    with ThreadPoolExecutor(4) as at_once:
        made = list(at_once.map(lambda _: ticks(town), range(4)))
    assert sum(made) == len(requests)
    assert all(town.audited(request).count("card.no_show") == 1 for request in requests)
    with town.database.begin() as conn:
        versions = set(conn.execute(card_requests.select()).mappings())
    assert {row["version"] for row in versions} == {3}
