"""Which hours an office offers."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.calendar import ZONES
from domain.slots import Hours, Place, free, offered, opening

WEEK = Hours(frozenset(range(1, 6)), ("08:00", "09:00", "13:30"), daily_quota=10, hour_quota=8)
WIB = ZONES["WIB"]
MONDAY = date(2026, 11, 23)


def test_a_quota_is_shared_out_over_the_hours() -> None:
    assert WEEK.capacities() == (("08:00", 4), ("09:00", 3), ("13:30", 3))


def test_an_hour_never_takes_more_than_its_own_quota() -> None:
    busy = Hours(frozenset({1}), ("08:00", "09:00"), daily_quota=300, hour_quota=40)
    assert busy.capacities() == (("08:00", 40), ("09:00", 40))


@given(
    st.lists(st.sampled_from([f"{hour:02}:00" for hour in range(24)]), unique=True),
    st.integers(0, 400),
    st.integers(0, 60),
)
def test_capacities_keep_both_quotas_and_waste_nothing(
    hours: list[str], daily: int, hourly: int
) -> None:
    capacities = dict(Hours(frozenset({1}), tuple(hours), daily, hourly).capacities())
    assert sum(capacities.values()) == min(daily, hourly * len(hours))
    assert all(capacity <= hourly for capacity in capacities.values())


def test_the_soonest_is_offered_first() -> None:
    sunday = datetime(2026, 11, 22, 10, 0, tzinfo=WIB)
    found = list(offered(WEEK, sunday, ahead_days=2, holidays=()))
    assert found == [
        Place(date(2026, 11, 23), "08:00", 4),
        Place(date(2026, 11, 23), "09:00", 3),
        Place(date(2026, 11, 23), "13:30", 3),
        Place(date(2026, 11, 24), "08:00", 4),
        Place(date(2026, 11, 24), "09:00", 3),
        Place(date(2026, 11, 24), "13:30", 3),
    ]


def test_holidays_and_weekends_are_left_out() -> None:
    friday = datetime(2026, 11, 27, 18, 0, tzinfo=WIB)
    found = {place.day for place in offered(WEEK, friday, 5, {date(2026, 11, 30)})}
    assert found == {date(2026, 12, 1), date(2026, 12, 2)}


@pytest.mark.parametrize(
    ("clock", "hours"),
    [
        ((7, 59), ["08:00", "09:00", "13:30"]),
        ((8, 0), ["09:00", "13:30"]),  # it has begun
        ((13, 29), ["13:30"]),
        ((13, 30), []),
    ],
)
def test_hours_of_today_that_have_begun_are_left_out(
    clock: tuple[int, int], hours: list[str]
) -> None:
    now = datetime(2026, 11, 23, *clock, tzinfo=WIB)
    assert [place.hour for place in offered(WEEK, now, 0, ())] == hours


def test_an_office_without_hours_or_quota_offers_nothing() -> None:
    now = datetime(2026, 11, 23, tzinfo=WIB)
    for hours, quota in (((), 10), (("08:00",), 0)):
        assert not list(offered(Hours(frozenset({1}), hours, quota, 9), now, 30, ()))


def test_a_full_hour_is_passed_over() -> None:
    now = datetime(2026, 11, 22, tzinfo=WIB)
    taken = {(MONDAY, "08:00"): 4, (MONDAY, "09:00"): 2}
    found = list(free(offered(WEEK, now, 1, ()), taken))
    assert [place.hour for place in found] == ["09:00", "13:30"]


@given(
    st.datetimes(timezones=st.just(WIB)).filter(lambda now: 1900 < now.year < 2200),
    st.integers(0, 60),
    st.sets(st.integers(0, 60)),
)
def test_what_is_offered_is_ahead_in_order_and_open(
    now: datetime, ahead: int, closed: set[int]
) -> None:
    holidays = {now.date() + timedelta(days) for days in closed}
    found = list(offered(WEEK, now, ahead, holidays))
    assert found == sorted(set(found))
    for place in found:
        begins = datetime.fromisoformat(f"{place.day} {place.hour}").replace(tzinfo=WIB)
        assert now < begins <= now + timedelta(ahead + 1)
        assert place.day.isoweekday() <= 5
        assert place.day not in holidays


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("1-5 08:00-15:00", {1, 2, 3, 4, 5}),
        ("6 08:00-12:00", {6}),
        ("1-7 00:00-23:59", {*range(1, 8)}),
    ],
)
def test_opening_hours_are_read(text: str, days: set[int]) -> None:
    read = opening(text)
    assert read
    assert read.weekdays() == days


@pytest.mark.parametrize(
    "text",
    ["", "Senin 8-15", "5-1 08:00-15:00", "1-5 15:00-08:00", "1-5 08:00-29:00", "0-5 08:00-15:00"],
)
def test_opening_hours_that_make_no_sense_are_none(text: str) -> None:
    assert opening(text) is None
