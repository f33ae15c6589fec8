"""Read a word off a screen back into the stored value it says: "Sel 24 Nov" is 2026-11-24."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from functools import cache
from types import MappingProxyType
from typing import Final

from domain import calendar, terms
from domain.words import Kind, say

_FIRST_DAY: Final = date(2025, 1, 1)
_DAYS: Final = 366 * 12  # a day is said without its year; weekday and date meet again within these
_WEEK: Final = 7


def unsay(kind: Kind, said: str, language: str) -> str | None:
    """Return a stored value that is said so; None where none is, or it was cut to fit."""
    value = _guess(kind, said, language)
    try:
        return value if value is not None and say(kind, value, language) == said else None
    except ValueError:
        return None


def _guess(kind: Kind, said: str, language: str) -> str | None:
    reader = _READERS.get(kind)
    return reader(said, language) if reader else said


def _hour(said: str) -> str:
    hours, _, minutes = said.partition(".")
    return f"{hours:0>2}:{minutes or '00'}"


def _open(said: str, language: str) -> str | None:
    days, _, hours = said.rpartition(" ")
    numbers = [_weekdays(language).get(day) for day in days.split("-")]
    times = [_hour(hour) for hour in hours.split("-")]
    if None in numbers or len(times) != 2:
        return None
    return f"{'-'.join(str(number) for number in numbers)} {'-'.join(times)}"


@cache
def _days(language: str) -> Mapping[str, str]:
    """Return every day by its words; of two that are said alike the nearer one."""
    found = dict[str, str]()
    for number in range(_DAYS):
        day = _FIRST_DAY + timedelta(days=number)
        found.setdefault(calendar.brief_day(day, language), day.isoformat())
    return MappingProxyType(found)


@cache
def _weekdays(language: str) -> Mapping[str, int]:
    return {calendar.brief_weekday(number, language): number + 1 for number in range(_WEEK)}


@cache
def _terms(language: str) -> Mapping[str, str]:
    return {terms.term(key, language): key for key in terms.all_keys()}


_READERS: Final[Mapping[Kind, Callable[[str, str], str | None]]] = MappingProxyType(
    {
        Kind.DAY: lambda said, language: _days(language).get(said),
        Kind.DATE: lambda said, _: "-".join(reversed(said.split("-"))),
        Kind.HOUR: lambda said, _: _hour(said),
        Kind.CODE: lambda said, _: said.replace(" ", ""),
        Kind.TERMS: lambda said, language: ",".join(
            _terms(language).get(word, word) for word in said.split(", ")
        ),
        Kind.OPEN: _open,
    }
)
