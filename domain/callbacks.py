"""When an office rings people back.  Who gets a place is decided in the database.

A promise names a day and a window of hours, never a minute: an officer rings one after another.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from itertools import pairwise
from typing import Final

from domain.slots import Hours, Place
from domain.slots import offered as offered_hours

AHEAD_DAYS: Final = 7
"""A call later than in a week helps nobody who is stuck today."""

_HOUR: Final = r"((?:[01][0-9]|2[0-3]):[0-5][0-9])"
_WINDOW: Final = re.compile(f"{_HOUR}-{_HOUR}")


class State(StrEnum):
    """What became of a wish: asked for, an officer is ringing, spoken with, given up."""

    ASKED = "asked"
    CALLED = "called"
    REACHED = "reached"
    CLOSED = "closed"


OPEN: Final = frozenset({State.ASKED, State.CALLED})
"""Somebody still waits for our call."""


@dataclass(frozen=True, slots=True, order=True)
class Window:
    """A span of hours in the office's own zone: ``"09:00"`` to ``"11:00"``."""

    begins: str
    ends: str

    def __str__(self) -> str:
        return f"{self.begins}-{self.ends}"


@dataclass(frozen=True, slots=True)
class Promise:
    """We ring on ``day`` within ``window``."""

    day: date
    window: Window


def window(text: str) -> Window | None:
    """Read ``"09:00-11:00"``; ``None`` when it is written otherwise, or ends before it begins."""
    found = _WINDOW.fullmatch(text)
    read = Window(*found.groups()) if found else None
    return read if read and read.begins < read.ends else None


def windows(text: str) -> tuple[Window, ...] | None:
    """Read ``"09:00-11:00,13:00-15:00"``, in order; ``None`` when one is none or two overlap."""
    read = [window(part.strip()) for part in text.split(",")]
    found = sorted(one for one in read if one)
    apart = all(before.ends <= after.begins for before, after in pairwise(found))
    return tuple(found) if len(found) == len(read) and apart else None


@dataclass(frozen=True, slots=True)
class Rota:
    """The windows of an office, its open weekdays (ISO) and how many it rings a day, 0 for none."""

    windows: tuple[Window, ...]
    weekdays: frozenset[int]
    daily: int

    def hours(self) -> Hours:
        """Return the windows as hours that can be booked: the day's calls are shared out evenly."""
        begins = tuple(window.begins for window in self.windows)
        return Hours(self.weekdays, begins, self.daily, self.daily)


def free(
    rota: Rota,
    now: datetime,
    holidays: Collection[date],
    promised: Mapping[tuple[date, str], int],
) -> Iterator[Promise]:
    """Yield what can still be promised, the soonest first: windows that have not begun.

    ``now`` is aware, on the clock of the office; ``promised`` counts people by (day, window), those
    of windows that are no more too: no day has more than ``daily``.
    """
    by_hour = {window.begins: window for window in rota.windows}
    for place in offered_hours(rota.hours(), now, AHEAD_DAYS, holidays):
        promise = Promise(place.day, by_hour[place.hour])
        if _has_room(rota, place, promise, promised):
            yield promise


def _has_room(
    rota: Rota, place: Place, promise: Promise, promised: Mapping[tuple[date, str], int]
) -> bool:
    of_day = sum(count for (day, _), count in promised.items() if day == place.day)
    of_window = promised.get((place.day, str(promise.window)), 0)
    return of_day < rota.daily and of_window < place.capacity


def last_day(now: datetime) -> date:
    """Return the last day that is offered at ``now``, on the clock of the office."""
    return now.date() + timedelta(days=AHEAD_DAYS)


def is_over(promise: Promise, now: datetime) -> bool:
    """Tell whether the window of a promise has passed; ``now`` is on the clock of the office."""
    return f"{promise.day} {promise.window.ends}" <= f"{now:%Y-%m-%d %H:%M}"
