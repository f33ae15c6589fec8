"""Slots of texts, and the words in which each language says a stored value.

Menus and messages share this: a text holds ``{name:width}``, the width being the most septets the
value may take; a value is stored once, in a form no language owns, and said at the last moment.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from domain import calendar, callbacks, gsm7, request_code
from domain.slots import opening
from domain.terms import term

Language = str
LANGUAGES: Final[tuple[Language, ...]] = ("id", "su", "jv", "en")
UNREAD: Final = "nobody yet"
"""What the header ``X-Reviewed-By`` of a PO file says until a native speaker has read it."""

_SLOT: Final = re.compile(r"\{([a-z][a-z0-9_]*):([1-9][0-9]?|1[0-5][0-9]|160)\}")


class Kind(StrEnum):
    """How a value is said."""

    TEXT = "text"
    DAY = "day"
    HOUR = "hour"
    DATE = "date"
    WINDOW = "window"
    SPAN = "span"
    CODE = "code"
    TERMS = "terms"
    TERM = "term"
    OPEN = "open"
    NUMBER = "number"


KINDS: Final[Mapping[str, Kind]] = MappingProxyType(
    {
        "day": Kind.DAY,
        "hour": Kind.HOUR,
        **dict.fromkeys(("call_day", "last_day", "from_day"), Kind.DAY),
        "window": Kind.WINDOW,
        "between": Kind.SPAN,
        **dict.fromkeys(("born", "until", "report_day"), Kind.DATE),
        "code": Kind.CODE,
        **dict.fromkeys(
            ("sex", "papers", "missing", "reason", "sector", "education", "reach", "bring"),
            Kind.TERMS,
        ),
        **dict.fromkeys(("sectors", "jobs"), Kind.TERMS),
        **dict.fromkeys(("open", "apply_open"), Kind.OPEN),
        **dict.fromkeys(("task", "area", "where", "wage", "another", "about"), Kind.TERM),
        **dict.fromkeys(("count", "minimum", "seats", "people"), Kind.NUMBER),
    }
)
"""The kind of each slot, by its name; a name not listed is plain text."""

# Whoever is told less than all must see that there is more.
_AND_SO_ON: Final[Mapping[Language, str]] = MappingProxyType(
    {"id": ", dll", "su": ", lsp", "jv": ", lsp", "en": ", etc"}
)
_FIGURES: Final = frozenset({Kind.NUMBER, Kind.CODE})


class SlotError(ValueError):
    """A brace that is no ``{name:width}``."""


@dataclass(frozen=True, slots=True)
class Slot:
    """A place in a text for a value of at most ``width`` septets."""

    name: str
    width: int

    @property
    def kind(self) -> Kind:
        """How the value of this slot is said."""
        return KINDS.get(self.name, Kind.TEXT)


def spoken(language: Language, offered: Collection[Language]) -> Language:
    """Return the language to speak to who chose ``language``: Indonesian where it is not offered.

    Screens, SMS and what stands inside them keep to this one rule, so that none mixes two.
    """
    return language if language in offered else LANGUAGES[0]


def slots(template: str) -> tuple[Slot, ...]:
    """Return the slots of ``template`` in order, doubles included.

    Raises:
        SlotError: when a brace is left that belongs to no slot.
    """
    if set(_SLOT.sub("", template)) & set("{}"):
        raise SlotError("a brace that is no {name:width}")
    return tuple(_slot(found) for found in _SLOT.finditer(template))


def widest(template: str) -> str:
    """Return ``template`` with every slot as wide as it may be, to measure it."""
    return _SLOT.sub(lambda found: _filling(_slot(found)), template)


def fill(template: str, facts: Mapping[str, str], language: Language) -> str:
    """Return ``template`` with its slots said in ``language``, folded to GSM-7, cut to width.

    Never wider than :func:`widest`.  Values are in their stored form (see :func:`say`).

    Raises:
        KeyError: when a slot has no fact; its name, never a value, is in the message.
        ValueError: when a stored day or hour is none.
    """

    def said(found: re.Match[str]) -> str:
        slot = _slot(found)
        words = gsm7.fold(say(slot.kind, facts[slot.name], language))
        fitted = _fewer(words, slot.width, language) if slot.kind is Kind.TERMS else words
        return gsm7.cut(fitted, slot.width)

    return _SLOT.sub(said, template)


def say(kind: Kind, value: str, language: Language) -> str:
    """Return the words of a stored value; nothing for an empty one.

    ``DAY`` ``2026-11-24``: "Sel 24 Nov"; ``DATE``: "24-11-2026"; ``HOUR`` ``09:30``: "9.30";
    ``WINDOW`` ``09:00-11:00``: "pagi"; ``SPAN`` the same: "9-11"; ``CODE``: in threes; ``TERMS``
    ``ktp,photo2``: "KTP, 2 foto"; ``TERM`` ``abroad``: "luar negeri", and any other text as it is;
    ``OPEN`` ``1-5 08:00-15:00``: "Sen-Jum 8-15"; ``TEXT`` and ``NUMBER``: as they are.

    Raises:
        ValueError: when a stored day, hour or window is none.
    """
    sayer = _SAYERS.get(kind)
    return sayer(value, language) if value and sayer else value


def _fewer(items: str, width: int, language: Language) -> str:
    """Drop whole items from the end until the rest fits with its "and so on"."""
    if gsm7.septets(items) <= width:
        return items
    kept = items.split(", ")
    and_so_on = _AND_SO_ON[language]
    while len(kept) > 1 and gsm7.septets(", ".join(kept) + and_so_on) > width:
        kept.pop()
    return gsm7.cut(", ".join(kept), width - len(and_so_on)) + and_so_on


def _slot(found: re.Match[str]) -> Slot:
    return Slot(found[1], int(found[2]))


def _filling(slot: Slot) -> str:
    return ("0" if slot.kind in _FIGURES else "W") * slot.width


def _day(value: str) -> date:
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise ValueError("a stored day is no date") from None


def _hour(value: str) -> str:
    hours, colon, minutes = value.partition(":")
    if not (colon and hours.isdigit() and minutes.isdigit()):
        raise ValueError("a stored hour is no time of day")
    return str(int(hours)) if minutes == "00" else f"{int(hours)}.{minutes}"


def _window(value: str) -> callbacks.Window:
    window = callbacks.window(value)
    if window is None:
        raise ValueError("a stored window is no span of hours")
    return window


def _span(value: str) -> str:
    window = _window(value)
    return f"{_hour(window.begins)}-{_hour(window.ends)}"


def _open(value: str, language: Language) -> str:
    read = opening(value)
    if not read:
        return value
    days = [calendar.brief_weekday(number - 1, language) for number in (read.first, read.last)]
    span = days[0] if read.first == read.last else "-".join(days)
    return f"{span} {_hour(read.opens)}-{_hour(read.closes)}"


_SAYERS: Final[Mapping[Kind, Callable[[str, Language], str]]] = MappingProxyType(
    {
        Kind.DAY: lambda value, language: calendar.brief_day(_day(value), language),
        Kind.DATE: lambda value, _: _day(value).strftime("%d-%m-%Y"),
        Kind.HOUR: lambda value, _: _hour(value),
        Kind.WINDOW: lambda value, language: calendar.part_of_day(_window(value).begins, language),
        Kind.SPAN: lambda value, _: _span(value),
        Kind.CODE: lambda value, _: request_code.spoken(value),
        Kind.TERMS: lambda value, language: ", ".join(
            term(key.strip(), language) for key in value.split(",")
        ),
        Kind.TERM: term,
        Kind.OPEN: _open,
    }
)
