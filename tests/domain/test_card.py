"""The life of a card: one table of moves, and the days that follow from the day of issue."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain import card
from domain.card import State


def reached(start: State) -> set[State]:
    found, ahead = set[State](), {start}
    while ahead:
        state = ahead.pop()
        found.add(state)
        ahead |= card.MOVES[state] - found
    return found


@pytest.mark.parametrize(
    ("state", "days_ago", "missed"),
    [
        (State.BOOKED, 1, True),
        (State.REQUESTED, 1, True),
        (State.BOOKED, 0, False),
        (State.CAME, 1, False),
        (State.NO_SHOW, 1, True),
    ],
)
def test_a_day_is_missed_once_it_is_over(state: State, days_ago: int, *, missed: bool) -> None:
    promised, today = date(2026, 11, 24), date(2026, 11, 24 + days_ago)
    assert card.missed(state, promised, today) is missed
    assert card.missed(State.BOOKED, None, today) is False


def test_every_state_has_its_row_and_is_reached_from_the_call() -> None:
    assert set(card.MOVES) == set(State)
    assert reached(State.REQUESTED) == set(State)


def test_every_request_can_come_to_an_end() -> None:
    ends = set(State) - card.LIVE
    assert ends == {State.REFUSED, State.WITHDRAWN, State.EXPIRED, State.EMPLOYED}
    assert all(reached(state) & ends for state in State)


def test_the_straight_way_is_one_visit() -> None:
    way = [State.REQUESTED, State.BOOKED, State.CAME, State.ISSUED]
    assert all(card.may(now, then) for now, then in pairwise(way))


@pytest.mark.parametrize(
    ("now", "then"),
    [
        (State.BOOKED, State.ISSUED),  # nobody gets a card without coming
        (State.NO_SHOW, State.ISSUED),
        (State.INCOMPLETE, State.BOOKED),  # comes back without a new slot
        (State.ISSUED, State.CAME),
        (State.REFUSED, State.CAME),
        (State.EXPIRED, State.REPORTED),
    ],
)
def test_what_is_not_in_the_table_does_not_happen(now: State, then: State) -> None:
    assert not card.may(now, then)


def test_a_nik_is_held_until_the_end() -> None:
    assert card.OPEN | card.HOLDER == card.LIVE
    assert not card.OPEN & card.HOLDER
    assert State.NO_SHOW in card.LIVE


@pytest.mark.parametrize(
    ("issued", "reports", "end"),
    [
        (
            date(2026, 11, 24),
            (date(2027, 5, 24), date(2027, 11, 24), date(2028, 5, 24)),
            date(2028, 11, 24),
        ),
        (
            date(2026, 8, 31),
            (date(2027, 2, 28), date(2027, 8, 31), date(2028, 2, 29)),
            date(2028, 8, 31),
        ),
        (
            date(2028, 2, 29),
            (date(2028, 8, 29), date(2029, 2, 28), date(2029, 8, 29)),
            date(2030, 2, 28),
        ),
        (
            date(2026, 12, 31),
            (date(2027, 6, 30), date(2027, 12, 31), date(2028, 6, 30)),
            date(2028, 12, 31),
        ),
    ],
)
def test_reports_and_end_fall_in_the_right_months(
    issued: date, reports: tuple[date, ...], end: date
) -> None:
    assert card.report_days(issued) == reports
    assert card.expires(issued) == end


@given(st.dates(date(2020, 1, 1), date(2090, 1, 1)))
def test_reports_come_in_order_and_before_the_end(issued: date) -> None:
    days = [issued, *card.report_days(issued), card.expires(issued)]
    gaps = [later - day for day, later in pairwise(days)]
    assert all(timedelta(178) <= gap <= timedelta(187) for gap in gaps)


def test_the_next_report_is_the_first_one_ahead() -> None:
    issued = date(2026, 11, 24)
    first, second, third = card.report_days(issued)
    assert card.next_report(issued, issued) == first
    assert card.next_report(issued, first) == second
    assert card.next_report(issued, third - timedelta(1)) == third
    assert card.next_report(issued, third) is None
