"""Which days and hours an office offers.  Who gets one is decided in the database.

A daily quota is shared out over the hours beforehand, so that two callers never race for the
quota of a day: each hour has its own capacity, and the capacities of a day never exceed the quota.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

_SPAN: Final = re.compile(r"([1-7])(?:-([1-7]))? ([0-2][0-9]:[0-5][0-9])-([0-2][0-9]:[0-5][0-9])")


@dataclass(frozen=True, slots=True)
class Hours:
    """The appointment hours of an office.

    ``weekdays`` count from 1, Monday, to 7 (ISO 8601); ``hours`` are ``"09:00"`` in the office's
    own zone; ``daily_quota`` is people a day, ``hour_quota`` people an hour at most.
    """

    weekdays: frozenset[int]
    hours: tuple[str, ...]
    daily_quota: int
    hour_quota: int

    def capacities(self) -> tuple[tuple[str, int], ...]:
        """Return each hour with the people it takes: the day's quota shared out evenly."""
        count = len(self.hours) or 1
        each, left = divmod(max(self.daily_quota, 0), count)
        return tuple(
            (hour, min(each + (place < left), self.hour_quota))
            for place, hour in enumerate(sorted(self.hours))
        )


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """An hour of a day that an office offers to ``capacity`` people."""

    day: date
    hour: str
    capacity: int


@dataclass(frozen=True, slots=True)
class Opening:
    """Opening hours read from ``"1-5 08:00-15:00"``: ISO weekdays and the times of the doors."""

    first: int
    last: int
    opens: str
    closes: str

    def weekdays(self) -> frozenset[int]:
        """Return the ISO weekdays on which the doors are open."""
        return frozenset(range(self.first, self.last + 1))


def opening(text: str) -> Opening | None:
    """Read opening hours such as ``"1-5 08:00-15:00"``; ``None`` when written otherwise."""
    found = _SPAN.fullmatch(text)
    if not found:
        return None
    first, last, opens, closes = found.groups()
    read = Opening(int(first), int(last or first), opens, closes)
    sound = read.first <= read.last and opens < closes < "24:00"
    return read if sound else None


def offered(
    hours: Hours, now: datetime, ahead_days: int, holidays: Collection[date]
) -> Iterator[Place]:
    """Yield what the office offers from now on, in order: the first is the soonest.

    ``now`` is aware, on the clock of the office; ``ahead_days`` is how far ahead one may choose.
    Holidays, closed weekdays and hours of today that have begun are left out.
    """
    for days in range(ahead_days + 1):
        day = now.date() + timedelta(days=days)
        if day.isoweekday() in hours.weekdays and day not in holidays:
            yield from _of_day(hours, day, now.time() if days == 0 else None)


def _of_day(hours: Hours, day: date, after: time | None) -> Iterator[Place]:
    for hour, capacity in hours.capacities():
        if capacity > 0 and (after is None or time.fromisoformat(hour) > after):
            yield Place(day, hour, capacity)


def free(places: Iterator[Place], taken: dict[tuple[date, str], int]) -> Iterator[Place]:
    """Yield the places with room left; ``taken`` counts people by (day, hour)."""
    for place in places:
        if taken.get((place.day, place.hour), 0) < place.capacity:
            yield place
