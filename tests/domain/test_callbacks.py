"""When an office rings: windows that are sound, days that are open, calls shared out."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain import callbacks
from domain.calendar import ZONES
from domain.callbacks import Promise, Rota, Window

MORNING, NOON = Window("09:00", "11:00"), Window("13:00", "15:00")
WEEK = frozenset(range(1, 6))
MONDAY = date(2026, 11, 23)
ROTA = Rota((MORNING, NOON), WEEK, daily=5)
SUNDAY_NOON = datetime(2026, 11, 22, 12, tzinfo=ZONES["WIB"])


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=ZONES["WIB"])


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("09:00-11:00", (MORNING,)),
        ("13:00-15:00,09:00-11:00", (MORNING, NOON)),
        ("09:00-11:00,11:00-12:00", (MORNING, Window("11:00", "12:00"))),
        ("", None),
        ("9-11", None),
        ("09:00-09:00", None),
        ("11:00-09:00", None),
        ("09:00-11:00,10:30-12:00", None),
        ("09:00-11:00,", None),
        ("09:00-24:00", None),
        ("\u0660\u0669:00-11:00", None),
    ],
)
def test_windows_are_read_in_order_and_apart(text: str, read: tuple[Window, ...] | None) -> None:
    assert callbacks.windows(text) == read


def test_the_calls_of_a_day_are_shared_out_and_the_soonest_comes_first() -> None:
    first, second, third = list(callbacks.free(ROTA, SUNDAY_NOON, (), {}))[:3]
    assert (first, second) == (Promise(MONDAY, MORNING), Promise(MONDAY, NOON))
    assert third == Promise(date(2026, 11, 24), MORNING)
    taken = {(MONDAY, "09:00-11:00"): 3, (MONDAY, "13:00-15:00"): 1}
    assert next(callbacks.free(ROTA, SUNDAY_NOON, (), taken)) == second
    full = {(MONDAY, "09:00-11:00"): 3, (MONDAY, "13:00-15:00"): 2}
    assert next(callbacks.free(ROTA, SUNDAY_NOON, (), full)) == third


def test_calls_of_windows_that_are_no_more_count_for_their_day() -> None:
    taken = {(MONDAY, "08:00-09:00"): 5}
    assert next(callbacks.free(ROTA, SUNDAY_NOON, (), taken)).day == date(2026, 11, 24)


def test_nothing_is_promised_beyond_a_week_on_a_holiday_or_on_a_closed_day() -> None:
    found = list(callbacks.free(ROTA, SUNDAY_NOON, (MONDAY,), {}))
    assert {promise.day.day for promise in found} == {24, 25, 26, 27}
    assert callbacks.last_day(SUNDAY_NOON) == date(2026, 11, 29)


@pytest.mark.parametrize(("minute", "window"), [(59, MORNING), (0, NOON)])
def test_a_window_is_promised_until_it_begins(minute: int, window: Window) -> None:
    now = at(23, 8, 59) if minute else at(23, 9)
    assert next(callbacks.free(ROTA, now, (), {})) == Promise(MONDAY, window)


def test_no_office_without_calls_or_windows_promises_one() -> None:
    for rota in (Rota((MORNING,), WEEK, 0), Rota((), WEEK, 5)):
        assert list(callbacks.free(rota, SUNDAY_NOON, (), {})) == []


def test_a_promise_is_over_when_its_window_ends() -> None:
    promise = Promise(MONDAY, MORNING)
    assert [callbacks.is_over(promise, at(23, hour)) for hour in (9, 10, 11)] == [
        False, False, True,
    ]  # fmt: skip
    assert not callbacks.is_over(promise, at(22, 23))
    assert callbacks.is_over(promise, at(24, 1))


@given(daily=st.integers(0, 40), count=st.integers(0, 60))
def test_who_takes_what_is_free_one_after_another_never_exceeds_a_day(
    daily: int, count: int
) -> None:
    rota, taken = Rota((MORNING, NOON), WEEK, daily), dict[tuple[date, str], int]()
    for _ in range(count):
        promise = next(callbacks.free(rota, SUNDAY_NOON, (), taken), None)
        if promise is None:
            break
        key = (promise.day, str(promise.window))
        taken[key] = taken.get(key, 0) + 1
    for day in {day for day, _ in taken}:
        assert sum(number for (on, _), number in taken.items() if on == day) <= daily
    assert sum(taken.values()) == min(count, 5 * daily)
