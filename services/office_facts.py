"""What an office tells and how it works, changed by those who run it.

Everything that is wrong is told at once, and then nothing is changed.  Who is booked already
keeps day and hour, whatever is changed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from itertools import chain
from types import MappingProxyType
from typing import Any, Final

from sqlalchemy import Connection

from domain import callbacks, card_number, gsm7, terms, words
from domain.calendar import ZONES, local_day
from domain.slots import opening
from storage import audit, callback_requests, holidays, locks, offices, slots
from storage.offices import Office

_Rule = Callable[[Office], str | None]
"""What is wrong with one fact of an office; None when it is sound."""

_OPEN_WIDTH: Final = 18  # the slot {open:18} of screens and SMS
_PAPERS_WIDTH: Final = 36  # the slot {papers:36}; what does not fit would not be told
_HOUR: Final = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")
_NUMBER: Final = re.compile(r"[0-9]{1,4}")
_NO_NUMBER: Final = -1  # lies in none of the ranges below
_LONGEST_NAME: Final = 60


@dataclass(frozen=True, slots=True)
class Shown:
    """The facts of an office, as `change` takes them, and the days it will be closed."""

    facts: Mapping[str, str]
    holidays: tuple[tuple[date, str], ...]


@dataclass(frozen=True, slots=True)
class Closed:
    """Whom a day that became a holiday was promised to: visits, and calls back."""

    booked: int
    to_ring: int


class UnknownOfficeError(LookupError):
    """No office has this code."""


class MistakesError(ValueError):
    """Why nothing was changed: a line for each mistake, ``counter: ...``."""

    def __init__(self, *lines: str) -> None:
        super().__init__(*lines)
        self.lines = lines


def show(conn: Connection, code: str, now: datetime) -> Shown:
    """Return what can be changed of an office, and its holidays from today on.

    Raises:
        UnknownOfficeError: when no office has this code.
    """
    office = _office(conn, code)
    today = local_day(now, office.zone)
    return Shown(_written(office), tuple(holidays.coming(conn, code, today)))


def change(
    conn: Connection, code: str, wanted: Mapping[str, str], now: datetime
) -> tuple[str, ...]:
    """Change facts of an office; return the names of those that are other than before.

    Raises:
        UnknownOfficeError: when no office has this code.
        MistakesError: when nothing was changed.
    """
    locks.hold(conn, f"office:{code}")
    office = _office(conn, code)
    unknown = [f"{name}: an office has no such fact" for name in wanted if name not in _RULES]
    known = {name: _read(name, text.strip()) for name, text in wanted.items() if name in _RULES}
    changed = replace(office, **known)
    if lines := (*unknown, *_flaws(changed, known)):
        raise MistakesError(*lines)
    others = {name: value for name, value in known.items() if value != getattr(office, name)}
    if others:
        offices.change(conn, code, others)
        _write_down(conn, code, others, now)
    return tuple(others)


def close(conn: Connection, code: str, day: date, name: str, now: datetime) -> Closed:
    """Make a day a holiday; return how many people have a promise on it and have to be told.

    Raises:
        UnknownOfficeError: when no office has this code.
        MistakesError: when nothing was changed.
    """
    _office(conn, code)
    if not name.strip() or not name.isprintable() or len(name) > _LONGEST_NAME:
        raise MistakesError(f"a holiday has a name, of {_LONGEST_NAME} characters at most")
    if not holidays.add(conn, code, day, name.strip()):
        raise MistakesError("that day is a holiday already")
    _write_down(conn, code, ("holidays",), now)
    booked = sum(slots.taken(conn, code, day, day).values())
    return Closed(booked, callback_requests.count_waiting(conn, code, day))


def reopen(conn: Connection, code: str, day: date, now: datetime) -> None:
    """Make a holiday a day like others.

    Raises:
        UnknownOfficeError: when no office has this code.
        MistakesError: when nothing was changed.
    """
    _office(conn, code)
    if not holidays.remove(conn, code, day):
        raise MistakesError("that day is no holiday")
    _write_down(conn, code, ("holidays",), now)


def _written(office: Office) -> dict[str, str]:
    facts = asdict(office) | {"hours": ",".join(office.hours)}
    return {name: str(facts[name]) for name in _RULES}


def _office(conn: Connection, code: str) -> Office:
    office = offices.get(conn, code)
    if office is None:
        raise UnknownOfficeError
    return office


def _write_down(conn: Connection, code: str, names: Collection[str], now: datetime) -> None:
    details = {"fields": ",".join(names)}
    audit.add(conn, now, action="office.changed", office=code, details=details)


def _read(name: str, text: str) -> Any:
    """Return a fact as its field has it."""
    if name in _RANGES:
        return int(text) if _NUMBER.fullmatch(text) else _NO_NUMBER
    if name == "hours":
        return tuple(sorted(hour.strip() for hour in text.split(",")))
    if name in ("papers", "callback_windows"):
        return ",".join(part.strip() for part in text.split(","))
    return text


def _flaws(office: Office, names: Collection[str]) -> list[str]:
    """Judge these facts; other doors, say, may leave hours outside that nobody named."""
    judged = dict.fromkeys((*names, *chain.from_iterable(_LEAN_ON.get(x, ()) for x in names)))
    found = ((name, _RULES[name](office)) for name in judged)
    return [f"{name}: {why}" for name, why in found if why]


def _text(name: str, width: int) -> _Rule:
    def rule(office: Office) -> str | None:
        text = getattr(office, name)
        sound = text and text.isprintable() and not gsm7.foreign(text)
        if sound and gsm7.septets(text) <= width:
            return None
        return f"1 to {width} characters that an SMS can carry (GSM-7)"

    return rule


def _number(name: str, numbers: range) -> _Rule:
    def rule(office: Office) -> str | None:
        why = f"a number from {numbers[0]} to {numbers[-1]}"
        return None if getattr(office, name) in numbers else why

    return rule


def _choice(name: str, choices: Collection[str]) -> _Rule:
    def rule(office: Office) -> str | None:
        return None if getattr(office, name) in choices else f"one of {', '.join(choices)}"

    return rule


def _open(office: Office) -> str | None:
    if opening(office.open) is None:
        return "weekdays (1 is Monday) and hours, as in 1-5 08:00-15:00"
    return _too_wide(words.Kind.OPEN, office.open, _OPEN_WIDTH)


def _hours(office: Office) -> str | None:
    hours, doors = office.hours, opening(office.open)
    if not all(map(_HOUR.fullmatch, hours)) or len(set(hours)) < len(hours):
        return "different hours with commas between, as in 08:00,09:30"
    if doors and not all(doors.opens <= hour < doors.closes for hour in hours):
        return f"all from {doors.opens} on and before {doors.closes}, when the office is open"
    return None


def _callback_windows(office: Office) -> str | None:
    windows, doors = callbacks.windows(office.callback_windows), opening(office.open)
    if windows is None:
        return "spans of hours with commas between, as in 09:00-11:00,13:00-15:00"
    outside = doors and not all(doors.opens <= x.begins and x.ends <= doors.closes for x in windows)
    if doors and outside and office.callback_daily > 0:
        return f"all within {doors.opens}-{doors.closes}, when the office is open"
    return None


def _callback_daily(office: Office) -> str | None:
    if office.callback_daily > 0 and not any(map(str.isdigit, office.phone)):
        return "first set phone to the number that people are rung from"
    return _number("callback_daily", _RANGES["callback_daily"])(office)


def _papers(office: Office) -> str | None:
    papers = office.papers.split(",")
    if not set(papers) <= set(terms.PAPERS) or len(set(papers)) < len(papers):
        return f"some of {','.join(terms.PAPERS)}"
    return _too_wide(words.Kind.TERMS, office.papers, _PAPERS_WIDTH)


def _pattern(office: Office) -> str | None:
    try:
        pattern = card_number.Pattern.parse(office.card_pattern)
    except card_number.PatternError as error:
        return str(error)
    sample = pattern.number(office.code, date(2026, 1, 1), 1)
    return None if card_number.is_number(sample) else "letters, digits and . / - only"


def _too_wide(kind: words.Kind, value: str, width: int) -> str | None:
    said = [gsm7.septets(words.say(kind, value, language)) for language in words.LANGUAGES]
    return None if max(said) <= width else f"too wide for a screen: {max(said)}, not {width}"


_RANGES: Final[Mapping[str, range]] = MappingProxyType(
    {
        "daily_quota": range(1, 10_000),
        "hour_quota": range(1, 10_000),
        "ahead_days": range(1, 61),
        "minimum_age": range(15, 31),
        "callback_daily": range(1000),
    }
)
_LEAN_ON: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "open": ("hours", "callback_windows"),
        "phone": ("callback_daily",),
        "callback_daily": ("callback_windows",),
    }
)
"""Which facts may become wrong when another one is changed."""

_RULES: Final[Mapping[str, _Rule]] = MappingProxyType(
    {
        "name": _text("name", 80),
        "place": _text("place", 20),
        "address": _text("address", 80),
        "counter": _text("counter", 10),
        "phone": _text("phone", 16),
        "open": _open,
        "zone": _choice("zone", tuple(ZONES)),
        "hours": _hours,
        **{name: _number(name, numbers) for name, numbers in _RANGES.items()},
        "card_source": _choice("card_source", ("own", "external")),
        "card_pattern": _pattern,
        "papers": _papers,
        "callback_windows": _callback_windows,
        "callback_daily": _callback_daily,
    }
)
"""Every fact that can be changed, with its rule; widths are those of the slots it is told in."""
