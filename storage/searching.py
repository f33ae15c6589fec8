"""The search of the desk: by what the officer has in hand, narrowed by state, day and home.

Each query names an office: an officer of another one finds nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, or_, select

from domain.card import LIVE, State
from storage import rows
from storage.desk import Line, lines
from storage.tables import card_requests, cards

_of = card_requests.c
Condition = ColumnElement[bool]


@dataclass(frozen=True, slots=True)
class Narrowed:
    """To what a search is narrowed: a state, the days of the visit, a district code."""

    state: State | None = None
    days: tuple[date, date] | None = None
    home: str | None = None


@dataclass(frozen=True, slots=True)
class Sought:
    """What is looked for; names that begin with `begins`, folded, come first."""

    which: Condition
    narrowed: Narrowed = Narrowed()
    begins: str = ""


@dataclass(frozen=True, slots=True)
class Facets:
    """How many of all that was found stand in each state and live in each district."""

    states: Mapping[State, int]
    homes: Mapping[str, int]


def code(digits: str) -> Condition:
    """Match the code of nine digits."""
    return _of.code == digits


def last4(digits: str) -> Condition:
    """Match the last four digits of the phone."""
    return _of.phone_last4 == digits


def phone(phone_index: str) -> Condition:
    """Match the index of the whole phone number."""
    return _of.phone_index == phone_index


def nik(nik_index: str) -> Condition:
    """Match the index of a NIK."""
    return _of.nik_index == nik_index


def card(office: str, number: str) -> Condition:
    """Match a card's number."""
    numbered = select(cards.c.request_id).where(cards.c.office == office, cards.c.number == number)
    return _of.id.in_(numbered)


def name(folded: str) -> Condition:
    """Match a folded name or a part of it."""
    return or_(
        _of.call_name_folded.contains(folded, autoescape=True),
        _of.full_name_folded.contains(folded, autoescape=True),
    )


def found(conn: Connection, office: str, sought: Sought, limit: int) -> list[Line]:
    """Return what matches: names that begin so first, then cards in progress, then the newest."""
    query = lines(office).where(sought.which, *_narrow(sought.narrowed))
    first = [_begin(sought.begins).desc().nulls_last()] if sought.begins else []
    newest: tuple[ColumnElement[Any], ...] = (
        _of.state.in_(LIVE).desc(),
        _of.created_at.desc(),
        _of.id,
    )
    return rows.every(conn, query.order_by(*first, *newest).limit(limit), Line)


def facets(conn: Connection, office: str, which: Condition) -> Facets:
    """Count all that matches, not narrowed, by state and by home."""
    query = select(_of.state, _of.home, func.count().label("people"))
    grouped = query.where(_of.office == office, which).group_by(_of.state, _of.home)
    states: dict[State, int] = {}
    homes: dict[str, int] = {}
    for row in conn.execute(grouped):
        states[State(row.state)] = states.get(State(row.state), 0) + row.people
        homes[row.home] = homes.get(row.home, 0) + row.people
    return Facets(states, homes)


def names(conn: Connection, office: str, limit: int) -> frozenset[str]:
    """Return up to `limit` different folded names of an office, the newest: food for typos."""
    newest = (
        select(_of.call_name_folded, _of.full_name_folded)
        .where(_of.office == office)
        .order_by(_of.created_at.desc())
        .limit(limit)
    )
    return frozenset(name for row in conn.execute(newest) for name in row if name)


def _narrow(to: Narrowed) -> list[Condition]:
    chosen: list[Condition] = []
    if to.state is not None:
        chosen.append(_of.state == to.state)
    if to.days is not None:
        chosen.append(_of.day.between(*to.days))
    if to.home is not None:
        chosen.append(_of.home == to.home)
    return chosen


def _begin(folded: str) -> Condition:
    return or_(
        _of.call_name_folded.startswith(folded, autoescape=True),
        _of.full_name_folded.startswith(folded, autoescape=True),
    )
