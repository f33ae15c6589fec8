"""What the desk reads: three lists and their counts.

Each query names an office: an officer of another one finds nothing.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, Connection, Select, and_, case, func, or_, select

from domain.card import State
from storage import rows
from storage.tables import card_requests

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
    _of.needs_help,
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
    needs_help: bool

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
    query = lines(office).where(_of.state.in_(WAITING), belongs(which, when))
    if which is Listing.TODAY:
        ordered = query.order_by(_of.day, _of.hour, _of.call_name_folded, _of.id)
    else:
        ordered = query.order_by("since", _of.id)
    return rows.every(conn, ordered.limit(limit), Line)


def by_ids(conn: Connection, office: str, request_ids: Collection[str]) -> list[Line]:
    """Return the given requests of an office, oldest first."""
    query = lines(office).where(_of.id.in_(request_ids))
    return rows.every(conn, query.order_by(_of.created_at, _of.id), Line)


def lines(office: str) -> Select[tuple[object, ...]]:
    """Return the query of all requests of an office, in what a list shows of them."""
    return select(*_SHOWN).where(_of.office == office)


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
