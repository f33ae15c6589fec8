"""The desk's front page: three lists with their counts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from sqlalchemy import Connection

from domain import regions
from domain.calendar import day_begins, local_day
from domain.card import State
from storage import desk, offices
from storage.desk import Line, Listing, When

STALE_DAYS: Final = 7
"""So long may papers be missing before the desk asks what became of it."""
ROWS: Final = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One request in a list. `home` is the sub-district's name, `code` nine digits.

    `day` and `hour` are the promised visit in the office's time; `since` (UTC) is when it began to
    wait; `contested` says that another request holds the same NIK; `needs_help` that help is wanted
    at the visit.
    """

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
    needs_help: bool = False


@dataclass(frozen=True, slots=True)
class Counts:
    """How long the three lists are."""

    today: int
    answer: int
    unissued: int


@dataclass(frozen=True, slots=True)
class Front:
    """The front page: the day it is at the office, the counts, the first rows of each list."""

    day: date
    counts: Counts
    today: tuple[Row, ...]
    answer: tuple[Row, ...]
    unissued: tuple[Row, ...]


def front(conn: Connection, office: str, now: datetime, limit: int = ROWS) -> Front:
    """Return the whole front page of an office; an unknown office has an empty one."""
    when = moment(conn, office, now)
    today, answer, unissued = (_rows(conn, office, which, when, limit) for which in Listing)
    return Front(when.today, _counts(conn, office, when), today, answer, unissued)


def counts(conn: Connection, office: str, now: datetime) -> Counts:
    """Return how long the three lists are now."""
    return _counts(conn, office, moment(conn, office, now))


def coming_today(
    conn: Connection, office: str, now: datetime, limit: int = ROWS
) -> tuple[Row, ...]:
    """Return who was promised today and has not been served, by hour, and who is here."""
    return _rows(conn, office, Listing.TODAY, moment(conn, office, now), limit)


def to_answer(conn: Connection, office: str, now: datetime, limit: int = ROWS) -> tuple[Row, ...]:
    """Return the exceptions, longest wait first: contested NIKs, papers missing for a week."""
    return _rows(conn, office, Listing.ANSWER, moment(conn, office, now), limit)


def not_issued(conn: Connection, office: str, now: datetime, limit: int = ROWS) -> tuple[Row, ...]:
    """Return the cards that wait for a signature or for their owner, longest wait first."""
    return _rows(conn, office, Listing.UNISSUED, moment(conn, office, now), limit)


def moment(conn: Connection, office: str, now: datetime) -> When:
    """Return the office's own day at `now`, and since when missing papers are too old."""
    found = offices.get(conn, office)
    zone = found.zone if found else "WIB"
    today = local_day(now, zone)
    return When(today, day_begins(today - timedelta(days=STALE_DAYS), zone))


def shown(lines: Iterable[Line]) -> tuple[Row, ...]:
    """Return the rows of lines: the sub-district by name."""
    return tuple(_shown(line) for line in lines)


def _rows(conn: Connection, office: str, which: Listing, when: When, limit: int) -> tuple[Row, ...]:
    return shown(desk.listing(conn, office, which, when, limit))


def _counts(conn: Connection, office: str, when: When) -> Counts:
    found = desk.counts(conn, office, when)
    return Counts(found[Listing.TODAY], found[Listing.ANSWER], found[Listing.UNISSUED])


def _shown(line: Line) -> Row:
    return Row(
        request_id=line.request_id,
        code=line.code,
        state=line.state,
        name=line.name,
        home=district_name(line.home),
        phone_last4=line.phone_last4,
        day=line.day,
        hour=line.hour,
        since=line.since,
        contested=line.contested,
        needs_help=line.needs_help,
    )


def district_name(code: str) -> str:
    """Return the sub-district's name, its code when the data do not know it."""
    district = regions.by_code(code)
    return district.name if district else code
