"""Who signed up for a training: a name and a phone, and whether there is a seat."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import Connection, delete, func, select, update
from sqlalchemy.dialects.postgresql import insert

from storage import rows
from storage.tables import events, sign_ups

__all__ = [
    "SignUp",
    "add",
    "change",
    "count",
    "count_new",
    "drop_before",
    "forget_phone",
    "get",
    "of_event",
    "of_phone",
    "per_event",
]

_of = sign_ups.c
_SEATED: Final = ("new", "accepted")


@dataclass(frozen=True, slots=True, kw_only=True)
class SignUp:
    """One person for one training; `phone_sealed` opens at `places.sign_up_phone`.

    `state` is new, accepted, declined or withdrawn.
    """

    id: str
    office: str
    event_id: str
    name: str
    name_folded: str
    phone_sealed: str
    phone_index: str
    phone_last4: str
    language: str
    state: str = "new"
    officer_id: str | None = None
    version: int = 1
    created_at: datetime
    updated_at: datetime


def add(conn: Connection, sign_up: SignUp) -> bool:
    """Insert a person; False when this phone signed that name up for the training before."""
    row = insert(sign_ups).values(asdict(sign_up)).on_conflict_do_nothing()
    return conn.execute(row.returning(_of.id)).first() is not None


def change(
    conn: Connection, sign_up_id: str, version: int, values: Mapping[str, Any], now: datetime
) -> bool:
    """Change one that still is at `version`, which grows by one; False: it is not."""
    as_seen = (_of.id == sign_up_id, _of.version == version)
    changed = {**values, "version": version + 1, "updated_at": now}
    return conn.execute(update(sign_ups).where(*as_seen).values(changed)).rowcount == 1


def get(conn: Connection, sign_up_id: str, office: str) -> SignUp | None:
    """Return one of an office; None when it has none by that id."""
    query = select(sign_ups).where(_of.id == sign_up_id, _of.office == office)
    return rows.one(conn, query, SignUp)


def of_phone(conn: Connection, event_id: str, phone_index: str) -> list[SignUp]:
    """Return whom a phone signed up for a training, declined ones too."""
    query = select(sign_ups).where(_of.event_id == event_id, _of.phone_index == phone_index)
    return rows.every(conn, query.order_by(_of.created_at), SignUp)


def of_event(conn: Connection, event_id: str) -> list[SignUp]:
    """Return everybody who signed up for a training, who came first before."""
    query = select(sign_ups).where(_of.event_id == event_id)
    return rows.every(conn, query.order_by(_of.created_at, _of.id), SignUp)


def count(conn: Connection, event_id: str) -> int:
    """Count those who have a seat, or wait to hear whether they have."""
    query = select(func.count()).where(_of.event_id == event_id, _of.state.in_(_SEATED))
    return int(conn.execute(query).scalar_one())


def per_event(conn: Connection, event_ids: Collection[str]) -> dict[str, int]:
    """Count the same for each of these events; whoever has nobody is left out."""
    which = (_of.event_id.in_(event_ids), _of.state.in_(_SEATED))
    query = select(_of.event_id, func.count()).where(*which).group_by(_of.event_id)
    return {str(event): number for event, number in conn.execute(query)}


def count_new(conn: Connection, office: str) -> int:
    """Count those of an office who wait to hear whether they have a seat."""
    query = select(func.count()).where(_of.office == office, _of.state == "new")
    return int(conn.execute(query).scalar_one())


def forget_phone(conn: Connection, phone_index: str) -> int:
    """Delete whom a number signed up that is somebody else's now, or wants to be forgotten."""
    return conn.execute(delete(sign_ups).where(_of.phone_index == phone_index)).rowcount


def drop_before(conn: Connection, before: date) -> int:
    """Delete who signed up for trainings that began before a day; return how many."""
    over = select(events.c.id).where(events.c.day < before)
    return conn.execute(delete(sign_ups).where(_of.event_id.in_(over))).rowcount
