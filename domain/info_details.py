"""What officers enter of answers, events and services: read from text, or all that is wrong.

Widths are those of the slots in which callers are told; so is the alphabet (GSM-7).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Final, TypeVar

from domain import gsm7, terms, words
from domain.slots import opening
from domain.vacancy_details import Flaw, read_open

__all__ = [
    "ANSWER",
    "EVENT",
    "EVENT_KINDS",
    "SERVICE",
    "SERVICE_STATES",
    "AnswerDetails",
    "EventDetails",
    "Flaw",
    "ServiceDetails",
    "read_answer",
    "read_event",
    "read_service",
]

EVENT_KINDS: Final = ("training", "fair")
SERVICE_STATES: Final = ("off", "told", "booked")

ANSWER: Final[Mapping[str, int]] = MappingProxyType({"title": 24, "text": 138, "asked": 1000})
EVENT: Final[Mapping[str, int]] = MappingProxyType(
    {
        "title": 24,
        "venue": 26,
        "day": 10,
        "hour": 5,
        "seats": 3,
        "sign_up_until": 10,
        "details": 400,
    }
)
SERVICE: Final[Mapping[str, int]] = MappingProxyType(
    {
        "name": 24,
        "papers": 44,
        "note": 22,
        "open": 40,
        "hours": 80,
        "hour_quota": 3,
        "ahead_days": 2,
    }
)
"""The most septets of each field; of numbers, the most digits."""

_HOUR: Final = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")
_FARTHEST: Final = 60
_PAPERS: Final = (*terms.PAPERS, "ak1", "letter", "cv")


@dataclass(frozen=True, slots=True)
class AnswerDetails:
    """An answer's own words. `asked` has a way to ask in each line; `hidden`: nobody is told it."""

    title: str
    text: str
    asked: str
    hidden: bool


@dataclass(frozen=True, slots=True)
class EventDetails:
    """An event as it is stored (`storage.events`)."""

    kind: str
    title: str
    venue: str
    day: date
    hour: str
    seats: int | None
    sign_up_until: date | None
    details: str


@dataclass(frozen=True, slots=True)
class ServiceDetails:
    """A service as it is stored (`storage.service_types`)."""

    name: str
    papers: str
    note: str
    open: str
    hours: str
    hour_quota: int
    ahead_days: int
    state: str


T = TypeVar("T")


def read_answer(entered: Mapping[str, str]) -> AnswerDetails | tuple[Flaw, ...]:
    """Return an answer's words, or all that is wrong; braces would be slots, and are refused."""
    asked = "\n".join(filter(None, map(_clean, entered.get("asked", "").splitlines())))
    values = {name: _text(ANSWER, name, entered) for name in ("title", "text")}
    wide = Flaw("asked", "wide", ANSWER["asked"]) if len(asked) > ANSWER["asked"] else asked
    hidden = bool(entered.get("hidden"))
    return _all(AnswerDetails, {**values, "asked": wide, "hidden": hidden})


def read_event(entered: Mapping[str, str], today: date) -> EventDetails | tuple[Flaw, ...]:
    """Return an event, or all that is wrong; ``today`` is the office's own."""
    kind = entered.get("kind", "")
    day, until = _day("day", entered), _day("sign_up_until", entered)
    values = {
        "kind": kind if kind in EVENT_KINDS else Flaw("kind", "needed"),
        "title": _text(EVENT, "title", entered),
        "venue": _text(EVENT, "venue", entered),
        "day": Flaw("day", "over") if isinstance(day, date) and day < today else day,
        "hour": _hour("hour", entered.get("hour", "")),
        "seats": _seats(entered) if kind == "training" else None,
        "sign_up_until": _until(day, until) if kind == "training" else None,
        "details": _text(EVENT, "details", entered),
    }
    return _all(EventDetails, values)


def read_service(entered: Mapping[str, str]) -> ServiceDetails | tuple[Flaw, ...]:
    """Return a service, or all that is wrong."""
    state, doors = entered.get("state", ""), read_open(_clean(entered.get("open", "")))
    values = {
        "name": _text(SERVICE, "name", entered),
        "papers": _papers(_clean(entered.get("papers", ""))),
        "note": _text(SERVICE, "note", entered, needed=False),
        "open": doors or Flaw("open", "open"),
        "hours": _hours(entered.get("hours", ""), doors or ""),
        "hour_quota": _number("hour_quota", entered, 999),
        "ahead_days": _number("ahead_days", entered, _FARTHEST),
        "state": state if state in SERVICE_STATES else Flaw("state", "needed"),
    }
    return _all(ServiceDetails, values)


def _all(kind: Callable[..., T], values: Mapping[str, object]) -> T | tuple[Flaw, ...]:
    flaws = tuple(value for value in values.values() if isinstance(value, Flaw))
    return flaws or kind(**values)


def _clean(text: str) -> str:
    return " ".join(gsm7.fold(text).split())


def _text(
    widths: Mapping[str, int], name: str, entered: Mapping[str, str], *, needed: bool = True
) -> str | Flaw:
    said = _clean(entered.get(name, ""))
    if needed and not said:
        return Flaw(name, "needed")
    if set(said) & set("{}"):
        return Flaw(name, "unknown")
    return Flaw(name, "wide", widths[name]) if gsm7.septets(said) > widths[name] else said


def _papers(said: str) -> str | Flaw:
    """Read papers by their words; what no term is stays in the office's own words."""
    parts = [part.strip() for part in re.split(r"[,;]", said) if part.strip()]
    known = {terms.term(key, lang).casefold(): key for key in _PAPERS for lang in words.LANGUAGES}
    keys = ",".join(known.get(part.casefold(), part) for part in parts)
    if not keys:
        return Flaw("papers", "needed")
    width = max(gsm7.septets(words.say(words.Kind.TERMS, keys, lang)) for lang in words.LANGUAGES)
    return Flaw("papers", "wide", SERVICE["papers"]) if width > SERVICE["papers"] else keys


def _day(name: str, entered: Mapping[str, str]) -> date | Flaw:
    try:
        return date.fromisoformat(entered.get(name, "").strip())
    except ValueError:
        return Flaw(name, "day")


def _until(day: date | Flaw, until: date | Flaw) -> date | Flaw:
    """Signing up ends before a training begins, or on its day."""
    late = isinstance(day, date) and isinstance(until, date) and until > day
    return Flaw("sign_up_until", "far") if late else until


def _hour(name: str, said: str) -> str | Flaw:
    written = said.strip().replace(".", ":").zfill(5)
    return written if _HOUR.fullmatch(written) else Flaw(name, "hour")


def _hours(said: str, doors: str) -> str | Flaw:
    """Read different hours, all while the doors are open."""
    hours = sorted(str(_hour("hours", part)) for part in said.split(","))
    door = opening(doors)
    sound = all(map(_HOUR.fullmatch, hours)) and len(set(hours)) == len(hours)
    inside = door is None or all(door.opens <= hour < door.closes for hour in hours)
    return ",".join(hours) if sound and inside else Flaw("hours", "hours")


def _seats(entered: Mapping[str, str]) -> int | Flaw | None:
    return _number("seats", entered, 999) if entered.get("seats", "").strip() else None


def _number(name: str, entered: Mapping[str, str], most: int) -> int | Flaw:
    said = entered.get(name, "").strip()
    sound = said.isascii() and said.isdigit() and len(said) <= len(str(most))
    return int(said) if sound and 1 <= int(said) <= most else Flaw(name, "number", most)
