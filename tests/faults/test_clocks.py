"""F21: the clock jumps, the calendar has its days: nothing is sent twice, early or hours late."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import count, cycle
from pathlib import Path
from typing import cast
from zoneinfo import ZoneInfo

import pytest

from tests.faults.driver import Driver
from tests.faults.gateway_process import GatewayProcess, gateway_process
from tests.faults.judging import Judge
from tests.faults.people import Person
from tests.faults.shifted_clock import ShiftedClock
from tests.faults.stack import Stack, stack
from tests.support.processes import until

_HOUR = 3600
_JUMPS = (_HOUR, -_HOUR, 0, 5 * _HOUR, -5 * _HOUR, 0)
_CALLERS = 1_000
_SWEEPS = 25  # seconds: two of them
_ZONES = {"WIB": "Asia/Jakarta", "WITA": "Asia/Makassar", "WIT": "Asia/Jayapura"}
# In UTC; the office's own clock may be a day further.
_MOMENTS = {
    "the last minute of a year in Jakarta": datetime(2027, 12, 31, 16, 59, 30, tzinfo=UTC),
    "the first minute of a year in Jayapura": datetime(2027, 12, 31, 15, 0, 30, tzinfo=UTC),
    "29 February": datetime(2028, 2, 29, 2, 0, tzinfo=UTC),
    "the night after 29 February": datetime(2028, 2, 29, 17, 0, 30, tzinfo=UTC),
    "an hour that New York skips": datetime(2028, 3, 12, 7, 30, tzinfo=UTC),
    "an hour that New York has twice": datetime(2028, 11, 5, 6, 30, tzinfo=UTC),
}
_NUMBERS = count(2150)
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des")
_DAY = re.compile(r"datang \w{3} (\d{1,2}) (\w{3})")


@pytest.fixture(scope="module")
def clock(tmp_path_factory: pytest.TempPathFactory) -> ShiftedClock:
    return ShiftedClock(tmp_path_factory.mktemp("clock"))


@pytest.fixture(scope="module")
def gateway(tmp_path_factory: pytest.TempPathFactory) -> Iterator[GatewayProcess]:
    with gateway_process(tmp_path_factory.mktemp("gateway")) as running:
        yield running


@pytest.fixture(scope="module")
def timed(
    tmp_path_factory: pytest.TempPathFactory, clock: ShiftedClock, gateway: GatewayProcess
) -> Iterator[Stack]:
    """An installation on that clock, on a machine that lives in New York."""
    settings = clock.settings | {"TZ": "America/New_York"}
    with stack(tmp_path_factory.mktemp("timed"), gateway, **settings) as running:
        running.has_room()
        yield running


def test_a_clock_that_jumps_by_hours_under_callers_loses_and_doubles_nothing(
    timed: Stack, clock: ShiftedClock, judge: Judge, scale: Callable[[int], int], tmp_path: Path
) -> None:
    people = [Person(3000 + number) for number in range(scale(_CALLERS))]
    driver = Driver(timed.address, tmp_path / "driver.jsonl", seed=21, think=1.5)

    with judge.watches(timed), driver.driving(people, patience=1800) as calls:
        for jump in cycle(_JUMPS):
            clock.shifts(jump)
            time.sleep(1)
            if jump == 0 and calls.done():
                break
    lifted = time.monotonic()

    judge("F21 clock jumps", timed, driver, lifted=lifted)
    assert all(_took(timed, person) == 1 for person in people)


def test_what_waits_when_the_clock_goes_back_does_not_wait_for_it(
    timed: Stack, clock: ShiftedClock, judge: Judge
) -> None:
    siti = Person(2140)
    clock.shifts(_HOUR)
    timed.rows("INSERT INTO sending_pauses (why, since) VALUES ('test', now()) RETURNING 1")
    siti.books(timed)
    clock.shifts(0)
    timed.rows("DELETE FROM sending_pauses RETURNING 1")
    began = time.monotonic()

    until(lambda: _took(timed, siti) == 1, _SWEEPS)

    judge("F21 back with SMS waiting", timed, lifted=began)


def test_an_sms_that_is_under_way_when_the_clock_jumps_is_sent_once(
    timed: Stack, gateway: GatewayProcess, clock: ShiftedClock, judge: Judge
) -> None:
    """Its lease seems to have run out: it is in doubt, until the answer comes after all."""
    siti = Person(2141)
    gateway.will("late", phone=siti.phone)
    siti.books(timed)
    until(lambda: _statuses(timed, siti) == ["sending"])

    clock.shifts(_HOUR)
    until(lambda: _statuses(timed, siti) == ["sent"], _SWEEPS)
    clock.shifts(0)

    judge("F21 jump in mid-request", timed, lifted=time.monotonic())
    assert _took(timed, siti) == 1


@pytest.mark.parametrize("zone", _ZONES)
def test_days_are_the_offices_own_and_moments_are_utc(
    timed: Stack, clock: ShiftedClock, tells: Callable[[str], None], zone: str
) -> None:
    timed.rows("UPDATE offices SET zone = %s RETURNING 1", zone)
    try:
        offered = {name: _books_at(timed, clock, _MOMENTS[name]) for name in _MOMENTS}
    finally:
        clock.shifts(0)
        timed.rows("UPDATE offices SET zone = 'WIB' RETURNING 1")

    tells(f"F21: {zone}: " + ", ".join(f"{day:%d-%m-%y}" for day in offered.values()))
    for name, day in offered.items():
        local = _MOMENTS[name].astimezone(ZoneInfo(_ZONES[zone]))
        assert local.date() <= day <= local.date() + timedelta(days=4), (name, day)
        assert day.weekday() < 5, (name, day)


def _books_at(timed: Stack, clock: ShiftedClock, moment: datetime) -> date:
    """Call at that moment, in a session that begins before it; give the day that was booked."""
    person = Person(next(_NUMBERS))
    clock.says(moment)
    offered = person.dials_to_the_day(timed)
    assert person.confirms(timed).startswith("CON Tersimpan. Kode ")
    asked = "SELECT day, created_at FROM card_requests WHERE phone_last4 = %s"
    [row] = timed.rows(asked, person.phone[-4:])
    day, made = cast("tuple[date, datetime]", row)
    assert abs(made - moment) < timedelta(minutes=1), made
    found = _DAY.search(offered)
    assert found, offered
    assert (day.day, day.month) == (int(found[1]), _MONTHS.index(found[2]) + 1), offered
    return day


def _took(timed: Stack, person: Person) -> int:
    return sum(line["to"] == person.phone for line in timed.accepted())


def _statuses(timed: Stack, person: Person) -> list[str]:
    asked = (
        "SELECT m.status FROM messages m JOIN card_requests r ON r.id = m.request_id"
        " WHERE r.phone_last4 = %s"
    )
    return [str(status) for (status,) in timed.rows(asked, person.phone[-4:])]
