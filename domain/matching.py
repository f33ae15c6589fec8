"""Which vacancy is whose: the rule, in words and as figures that the tables are asked with.

A vacancy fits who wants its sector (or any), has the school it asks for or a higher one, and would
work where it is.  ``near`` is the regency of the home, ``province`` its province, ``anywhere`` all
of Indonesia.  Who asks for work abroad, as a place or as a sector, is told of vacancies abroad and
of those whose sector is work abroad; asked as a place, of no others.  A question that was not
reached asks for the least: any sector, near home, and only what asks for no school.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from types import MappingProxyType
from typing import Final

from domain import calendar

NEAR: Final = "near"
PROVINCE: Final = "province"
ANYWHERE: Final = "anywhere"
ABROAD: Final = "abroad"
REACHES: Final = (NEAR, PROVINCE, ANYWHERE, ABROAD)
"""How far somebody would go for work; `abroad` is also the place of a vacancy."""

WIDER: Final[Mapping[str, str]] = MappingProxyType({"other": ANYWHERE})
"""What a release before this one asked, and what it is now."""

ANYTHING: Final = "anything"
OVERSEAS: Final = "overseas"
"""Sectors of :func:`domain.terms.sectors` that are no sector: any work, and any work abroad."""

MOST_SECTORS: Final = 3
ENOUGH: Final = "enough"
"""What is picked instead of one more sector."""

WEEKLY: Final = "weekly"
AT_ONCE: Final = "now"

LEVELS: Final[Mapping[str, int]] = MappingProxyType(
    {"none": 0, "sd": 1, "smp": 2, "sma": 3, "smk": 3, "diploma3": 4, "s1": 5, "s2": 6}
)
"""How high each school is; SMA and SMK are the same height (PP 17/2010 art. 76)."""

_DIGEST_HOUR: Final = time(9)
_WORKDAYS: Final = 5


_DIGITS: Final = "0123456789abcdef"


def slices(people: int, most: int) -> tuple[tuple[str, str], ...]:
    """Cut phones by the first digits of their index into steps of about `most` people or fewer.

    Returns the bounds of each, the upper one left out; all people of a phone are in one.
    """
    starts = [""]
    while people > most * len(starts):
        starts = [start + digit for start in starts for digit in _DIGITS]
    return tuple(zip(starts, [*starts[1:], "g"], strict=True))


def digest_weekday(phone_index: str) -> int:
    """Return the weekday (0 is Monday, 4 Friday) on which a phone gets its weekly SMS.

    Spread over five days by the first digit of the index, so that the budget of no day is eaten up.
    """
    return ord(phone_index[0]) % _WORKDAYS


def digest_mornings(now: datetime, zone: str) -> tuple[datetime, ...]:
    """Return, Monday to Friday, the last nine o'clock of that weekday in ``zone`` before ``now``.

    What was matched before it, and was not told yet, is due.
    """
    return tuple(_last(now, zone, weekday) for weekday in range(_WORKDAYS))


def _last(now: datetime, zone: str, weekday: int) -> datetime:
    today = calendar.local_day(now, zone)
    back = timedelta(days=(today.weekday() - weekday) % 7)
    morning = _morning(today - back, zone)
    return morning if morning <= now else morning - timedelta(days=7)


def _morning(day: date, zone: str) -> datetime:
    return datetime.combine(day, _DIGEST_HOUR, calendar.ZONES[zone])
