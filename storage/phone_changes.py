"""Numbers that are to take the place of another: asked for by phone, in force some days later."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, delete, select, update
from sqlalchemy.dialects.postgresql import insert

from storage import rows
from storage.tables import phone_changes

_of = phone_changes.c


@dataclass(frozen=True, slots=True, kw_only=True)
class PhoneChange:
    """A new number for a request. `phone_sealed` opens at `places.new_phone(id)`.

    `old_index` is the number it takes the place of, `due_at` when it does.
    """

    id: str
    request_id: str
    office: str
    phone_sealed: str
    phone_index: str
    phone_last4: str
    old_index: str | None
    language: str
    due_at: datetime


def add(conn: Connection, change: PhoneChange, now: datetime) -> bool:
    """Insert a change; False while another one waits for the same request."""
    fresh = insert(phone_changes).values(**asdict(change), created_at=now, updated_at=now)
    waits = fresh.on_conflict_do_nothing(
        index_elements=["request_id"], index_where=_of.state == "waiting"
    )
    return conn.execute(waits.returning(_of.id)).first() is not None


def waiting_of(conn: Connection, request_id: str) -> PhoneChange | None:
    """Return the change that waits for a request."""
    return rows.one(conn, _waiting().where(_of.request_id == request_id), PhoneChange)


def waiting_from(conn: Connection, old_index: str) -> list[PhoneChange]:
    """Return the changes that would take a number's place."""
    query = _waiting().where(_of.old_index == old_index).order_by(_of.id)
    return rows.every(conn, query, PhoneChange)


def due(conn: Connection, now: datetime, limit: int) -> list[PhoneChange]:
    """Return the changes whose time has come, the longest waiting first."""
    query = _waiting().where(_of.due_at <= now).order_by(_of.due_at, _of.id)
    return rows.every(conn, query.limit(limit), PhoneChange)


def settle(conn: Connection, change_id: str, state: str, now: datetime) -> bool:
    """Let a change that waits be `done` or `stopped`; False when it waits no more."""
    waits = (_of.id == change_id, _of.state == "waiting")
    statement = update(phone_changes).where(*waits).values(state=state, updated_at=now)
    return conn.execute(statement).rowcount == 1


def stop_to(conn: Connection, phone_index: str, now: datetime) -> int:
    """Let no card come to a number whose holder says that it is not the person's."""
    waits = (_of.phone_index == phone_index, _of.state == "waiting")
    statement = update(phone_changes).where(*waits).values(state="stopped", updated_at=now)
    return conn.execute(statement).rowcount


def drop_ended(conn: Connection, before: datetime) -> int:
    """Delete changes that ended before a moment, with their numbers; return how many."""
    ended = (_of.state != "waiting", _of.updated_at < before)
    return conn.execute(delete(phone_changes).where(*ended)).rowcount


def _waiting() -> Select[Any]:
    columns = [_of[name] for name in PhoneChange.__dataclass_fields__]
    return select(*columns).where(_of.state == "waiting")
