"""What the desk reads: three lists and their counts, and search.

Each query names an office: an officer of another one finds nothing.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, case, func, or_, select

from domain.card import LIVE, State
from storage import rows
from storage.tables import card_requests, cards

_of = card_requests.c
_SHOWN = (
    _of.id.label("request_id"),
    _of.code,
    _of.state,
    func.coalesce(_of.full_name, _of.call_name).label("name"),
    _of.home,
    _of.phone_last4,
    _of.day,
    _of.hour,
    case((_of.state == State.REQUESTED, _of.created_at), else_=_of.updated_at).label("since"),
    _of.contested_with.is_not(None).label("contested"),
)


# All states a list may hold: the few rows that PostgreSQL then looks at are found by index.
WAITING = (
    State.REQUESTED,
    State.BOOKED,
    State.CAME,
    State.INCOMPLETE,
    State.SIGNING,
    State.READY,
)


class Listing(StrEnum):
    """One of the desk's lists."""

    TODAY = "today"
    ANSWER = "answer"
    UNISSUED = "unissued"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One request as a list shows it. `home` is a district code, `since` when it began to wait."""

    request_id: str
    code: str
    state: State
    name: str
    home: str
    phone_last4: str | None
    day: date | None
    hour: str | None
    since: datetime
    contested: bool

    def __post_init__(self) -> None:
        object.__setattr__(self, "state", State(self.state))


@dataclass(frozen=True, slots=True)
class When:
    """The office's own day, and the moment before which papers have been missing for too long."""

    today: date
    stale: datetime


def counts(conn: Connection, office: str, when: When) -> dict[Listing, int]:
    """Return how long each list of an office is, in one reading."""
    columns = [func.count().filter(belongs(which, when)).label(which) for which in Listing]
    query = select(*columns).where(_of.office == office, _of.state.in_(WAITING))
    row = conn.execute(query).one()
    return {which: getattr(row, which) for which in Listing}


def listing(conn: Connection, office: str, which: Listing, when: When, limit: int) -> list[Line]:
    """Return the first `limit` of a list: today's by hour, the others by who waited longest."""
    query = _lines(office).where(_of.state.in_(WAITING), belongs(which, when))
    if which is Listing.TODAY:
        ordered = query.order_by(_of.day, _of.hour, _of.call_name_folded, _of.id)
    else:
        ordered = query.order_by("since", _of.id)
    return rows.every(conn, ordered.limit(limit), Line)


def by_ids(conn: Connection, office: str, request_ids: Collection[str]) -> list[Line]:
    """Return the given requests of an office, oldest first."""
    query = _lines(office).where(_of.id.in_(request_ids))
    return rows.every(conn, query.order_by(_of.created_at, _of.id), Line)


def by_code(conn: Connection, office: str, code: str, limit: int) -> list[Line]:
    """Find by the code of nine digits."""
    return _found(conn, office, _of.code == code, limit)


def by_last4(conn: Connection, office: str, last4: str, limit: int) -> list[Line]:
    """Find by the last four digits of the phone."""
    return _found(conn, office, _of.phone_last4 == last4, limit)


def by_phone(conn: Connection, office: str, phone_index: str, limit: int) -> list[Line]:
    """Find by the index of the whole phone number."""
    return _found(conn, office, _of.phone_index == phone_index, limit)


def by_nik(conn: Connection, office: str, nik_index: str, limit: int) -> list[Line]:
    """Find by the index of a NIK."""
    return _found(conn, office, _of.nik_index == nik_index, limit)


def by_card(conn: Connection, office: str, number: str, limit: int) -> list[Line]:
    """Find by a card's number."""
    return _found(conn, office, _of.id.in_(_numbered(office, number)), limit)


def by_name(conn: Connection, office: str, folded: str, limit: int) -> list[Line]:
    """Find by a folded name or a part of it; names that begin so come first."""
    begins = or_(
        _of.call_name_folded.startswith(folded, autoescape=True),
        _of.full_name_folded.startswith(folded, autoescape=True),
    )
    holds = or_(
        _of.call_name_folded.contains(folded, autoescape=True),
        _of.full_name_folded.contains(folded, autoescape=True),
    )
    query = _lines(office).where(holds).order_by(begins.desc().nulls_last(), *_newest_first())
    return rows.every(conn, query.limit(limit), Line)


def names(conn: Connection, office: str, limit: int) -> frozenset[str]:
    """Return up to `limit` different folded names of an office, the newest: food for typos."""
    newest = (
        select(_of.call_name_folded, _of.full_name_folded)
        .where(_of.office == office)
        .order_by(_of.created_at.desc())
        .limit(limit)
    )
    return frozenset(name for row in conn.execute(newest) for name in row if name)


def _lines(office: str) -> Select[tuple[object, ...]]:
    return select(*_SHOWN).where(_of.office == office)


def _found(conn: Connection, office: str, condition: ColumnElement[bool], limit: int) -> list[Line]:
    query = _lines(office).where(condition).order_by(*_newest_first())
    return rows.every(conn, query.limit(limit), Line)


def _numbered(office: str, number: str) -> Select[tuple[str]]:
    return select(cards.c.request_id).where(cards.c.office == office, cards.c.number == number)


def _newest_first() -> tuple[ColumnElement[Any], ...]:
    return (_of.state.in_(LIVE).desc(), _of.created_at.desc(), _of.id)


def belongs(which: Listing, when: When) -> ColumnElement[bool]:
    """Return what is in a list; who is at the counter is today's, whatever the promise was."""
    match which:
        case Listing.TODAY:
            promised = and_(_of.state.in_((State.REQUESTED, State.BOOKED)), _of.day == when.today)
            return or_(promised, _of.state == State.CAME)
        case Listing.ANSWER:
            stale = and_(_of.state == State.INCOMPLETE, _of.updated_at < when.stale)
            return or_(_of.state == State.REQUESTED, stale)
        case Listing.UNISSUED:
            return _of.state.in_((State.SIGNING, State.READY))
