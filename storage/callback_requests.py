"""Callback requests: people who asked to be rung, each with the day and window he was promised."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Select, delete, func, select, update
from sqlalchemy.dialects.postgresql import insert

from domain.callbacks import OPEN, State
from storage import rows
from storage.tables import callback_requests, officers

_of = callback_requests.c


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCallback:
    """A wish as it comes in, its number already sealed for its `id`.

    `day` and `hours` ("09:00-11:00") are the promise in the office's own time, `stuck_at` is the
    screen where it got hard ("register.nik"), empty when it was asked for in a menu.
    """

    id: str
    office: str
    request_id: str | None
    phone_sealed: str
    phone_index: str
    language: str
    gateway: str
    stuck_at: str
    day: date
    hours: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Callback:
    """A wish as it stands. `tries` counts calls in vain; `officer` is who was the last at it."""

    id: str
    office: str
    request_id: str | None
    phone_sealed: str
    phone_index: str
    language: str
    stuck_at: str
    day: date
    hours: str
    state: State
    tries: int
    officer_id: str | None
    officer: str | None
    version: int
    created_at: datetime
    updated_at: datetime

    def __post_init__(self) -> None:
        object.__setattr__(self, "state", State(self.state))


def add(conn: Connection, callback: NewCallback, now: datetime) -> None:
    """Insert a wish; IntegrityError when the phone has an open one (`uq_..._open_phone`)."""
    row = {**asdict(callback), "created_at": now, "updated_at": now}
    conn.execute(insert(callback_requests).values(row))


def change(
    conn: Connection, callback_id: str, version: int, values: Mapping[str, Any], now: datetime
) -> bool:
    """Change a wish that still is at `version`, which grows by one; False: somebody was first."""
    as_seen = (_of.id == callback_id, _of.version == version)
    changed = {**values, "version": version + 1, "updated_at": now}
    return conn.execute(update(callback_requests).where(*as_seen).values(changed)).rowcount == 1


def get(conn: Connection, callback_id: str, office: str) -> Callback | None:
    """Return a wish of an office, None when it has none by that id."""
    query = _shown().where(_of.id == callback_id, _of.office == office)
    return rows.one(conn, query, Callback)


def open_of(conn: Connection, phone_index: str, *, lock: bool = False) -> Callback | None:
    """Return the wish of a phone that still waits; with `lock`, no officer ends it meanwhile."""
    query = _shown().where(_of.phone_index == phone_index, _of.state.in_(OPEN))
    held = query.with_for_update(of=callback_requests) if lock else query
    return rows.one(conn, held, Callback)


def waiting(conn: Connection, office: str, limit: int) -> list[Callback]:
    """Return who waits for a call of an office, the oldest promise first."""
    query = _shown().where(_of.office == office, _of.state.in_(OPEN))
    ordered = query.order_by(_of.day, _of.hours, _of.created_at, _of.id)
    return rows.every(conn, ordered.limit(limit), Callback)


def count_waiting(conn: Connection, office: str, day: date | None = None) -> int:
    """Count who waits for a call of an office, on one day or on any."""
    query = select(func.count()).where(_of.office == office, _of.state.in_(OPEN))
    return conn.execute(query if day is None else query.where(_of.day == day)).scalar_one()


def promised(conn: Connection, office: str, first: date, last: date) -> dict[tuple[date, str], int]:
    """Count the promises of an office by (day, window), kept or not, from `first` to `last`."""
    query = (
        select(_of.day, _of.hours, func.count())
        .where(_of.office == office, _of.day.between(first, last))
        .group_by(_of.day, _of.hours)
    )
    return {(day, hours): count for day, hours, count in conn.execute(query)}


def forget_phone(conn: Connection, phone_index: str) -> int:
    """Delete the wishes of a number that is somebody else's now, or wants to be forgotten."""
    return conn.execute(delete(callback_requests).where(_of.phone_index == phone_index)).rowcount


def drop_ended(conn: Connection, before: datetime) -> int:
    """Delete wishes that ended before a moment, with their numbers; return how many."""
    ended = (_of.state.not_in(OPEN), _of.updated_at < before)
    return conn.execute(delete(callback_requests).where(*ended)).rowcount


def _shown() -> Select[Any]:
    columns = [_of[name] for name in Callback.__dataclass_fields__ if name != "officer"]
    joined = select(*columns, officers.c.name.label("officer"))
    return joined.join_from(
        callback_requests, officers, officers.c.id == _of.officer_id, isouter=True
    )
