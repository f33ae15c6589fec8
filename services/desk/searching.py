"""The search box: one field for a name, a code, a phone, a NIK or a card's number.

What was found can be narrowed afterwards, by state, by the day of the visit, by sub-district.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from difflib import get_close_matches
from enum import StrEnum
from typing import Final

from sqlalchemy import Connection, or_

from domain import msisdn, people
from domain.card import State
from services.desk.lists import Row, district_name, shown
from storage import searching
from storage.searching import Condition, Narrowed, Sought
from storage.vault import Vault

RESULTS: Final = 20
_LONGEST: Final = 60
_FILLING: Final = re.compile(r"[\s.-]")
_NEWEST_NAMES: Final = 5000
_SPELLINGS: Final = 5
_LIKENESS: Final = 0.72  # "sity" finds "siti", "budy" finds "budi", "ani" does not find "budi"


class Visit(StrEnum):
    """When the promised visit is, as seen from the office's own day."""

    TODAY = "today"
    WEEK = "week"


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What an officer chose after a search; None: all. `home` is a district code."""

    state: State | None = None
    visit: Visit | None = None
    home: str | None = None

    def on(self, today: date) -> Narrowed:
        """Return it in days: a week is Monday to Sunday."""
        monday = today - timedelta(days=today.weekday())
        spans = {Visit.TODAY: (today, today), Visit.WEEK: (monday, monday + timedelta(days=6))}
        return Narrowed(self.state, spans[self.visit] if self.visit else None, self.home)


@dataclass(frozen=True, slots=True)
class Option:
    """One thing to narrow by: its value, its name, how many of all that was found have it."""

    value: str
    name: str
    count: int


@dataclass(frozen=True, slots=True)
class Found:
    """What was found, cards in progress first; `alike`: no name is so, but nearly.

    `states` and `homes` are what it can be narrowed by.
    """

    rows: tuple[Row, ...]
    alike: bool = False
    states: tuple[Option, ...] = ()
    homes: tuple[Option, ...] = ()


@dataclass(frozen=True, slots=True)
class Search:
    """One search of an officer: in his office, on its own day, at most `limit` rows."""

    conn: Connection
    vault: Vault
    office: str
    today: date
    limit: int = RESULTS


def search(at: Search, text: str, narrowing: Narrowing | None = None) -> Found:
    """Find requests of an office by whatever the officer has in hand.

    Four digits are the end of a phone number, nine a code, sixteen a NIK or a card's number,
    anything else of digits a phone number; letters are a name or a part of one.
    """
    asked = text.strip()[:_LONGEST]
    digits = _FILLING.sub("", asked)
    to = (narrowing or Narrowing()).on(at.today)
    if digits.removeprefix("+").isdecimal():
        return _whole(at, Sought(_by_digits(at, digits), to))
    return _by_name(at, people.folded(asked), to)


def _by_digits(at: Search, digits: str) -> Condition:
    match len(digits):
        case 4:
            return searching.last4(digits)
        case 9:
            return searching.code(digits)
        case 16:
            nik = searching.nik(at.vault.index("nik", digits))
            return or_(nik, searching.card(at.office, digits))
    phone = msisdn.read(digits)
    if phone is None:
        return searching.card(at.office, digits)
    return searching.phone(at.vault.index("phone", phone.e164))


def _by_name(at: Search, folded: str, to: Narrowed) -> Found:
    if not folded:
        return Found(())
    found = _whole(at, Sought(searching.name(folded), to, folded))
    if found.states:
        return found
    spellings = _alike(at, folded)
    if not spellings:
        return Found((), alike=True)
    return _whole(at, Sought(or_(*map(searching.name, spellings)), to), alike=True)


def _whole(at: Search, sought: Sought, *, alike: bool = False) -> Found:
    rows = searching.found(at.conn, at.office, sought, at.limit)
    facets = searching.facets(at.conn, at.office, sought.which)
    counted = facets.states
    states = [Option(one.value, one.value, counted[one]) for one in State if one in counted]
    homes = [Option(code, district_name(code), count) for code, count in facets.homes.items()]
    homes.sort(key=lambda home: home.name)
    return Found(shown(rows), alike, tuple(states), tuple(homes))


def _alike(at: Search, folded: str) -> Sequence[str]:
    """Look among the words of the newest names: PostgreSQL's trigrams would be an extension."""
    names = searching.names(at.conn, at.office, _NEWEST_NAMES)
    words = names | {word for name in names for word in name.split()}
    return get_close_matches(folded, sorted(words), n=_SPELLINGS, cutoff=_LIKENESS)
