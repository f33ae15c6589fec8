"""Job fairs and trainings of the offices."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, func, select, update
from sqlalchemy.dialects.postgresql import insert

from storage import rows
from storage.tables import events

__all__ = [
    "Event",
    "add",
    "change",
    "coming",
    "count",
    "every",
    "get",
    "lock",
]

_of = events.c


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One fair or training (`kind`), on a local day and hour.

    `seats` is None where everybody may come, `sign_up_until` where nobody has to sign up; `state`
    is draft, published or closed.
    """

    id: str
    office: str
    kind: str
    title: str
    venue: str
    day: date
    hour: str
    seats: int | None
    sign_up_until: date | None
    details: str
    state: str
    version: int = 1
    created_at: datetime
    updated_at: datetime


def add(conn: Connection, event: Event) -> None:
    """Insert an event."""
    conn.execute(insert(events).values(asdict(event)))


def change(
    conn: Connection, event_id: str, version: int, values: Mapping[str, Any], now: datetime
) -> bool:
    """Change an event that still is at `version`, which grows by one; False: it is not."""
    as_seen = (_of.id == event_id, _of.version == version)
    changed = {**values, "version": version + 1, "updated_at": now}
    return conn.execute(update(events).where(*as_seen).values(changed)).rowcount == 1


def get(conn: Connection, event_id: str, office: str) -> Event | None:
    """Return an event of an office; None when it has none by that id."""
    query = select(events).where(_of.id == event_id, _of.office == office)
    return rows.one(conn, query, Event)


def lock(conn: Connection, event_id: str) -> Event | None:
    """Return an event and keep others from changing it until the transaction ends."""
    query = select(events).where(_of.id == event_id).with_for_update()
    return rows.one(conn, query, Event)


def coming(conn: Connection, office: str, today: date) -> list[Event]:
    """Return what an office tells of, from today on, the soonest first."""
    told = (_of.office == office, _of.state == "published", _of.day >= today)
    query = select(events).where(*told).order_by(_of.day, _of.hour, _of.id)
    return rows.every(conn, query, Event)


def count(conn: Connection, office: str) -> int:
    """Count an office's events, drafts and closed ones too."""
    return int(conn.execute(select(func.count()).where(_of.office == office)).scalar_one())


def every(conn: Connection, office: str, limit: int) -> list[Event]:
    """Return an office's events, the latest day first."""
    query = select(events).where(_of.office == office).order_by(_of.day.desc(), _of.id)
    return rows.every(conn, query.limit(limit), Event)
