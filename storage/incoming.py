"""SMS that came in: kept once, found by the desk, changed under their version."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, or_, select, update
from sqlalchemy.dialects.postgresql import insert

from storage import rows
from storage.tables import card_requests, incoming_messages, officers

__all__ = [
    "Incoming",
    "Waiting",
    "add",
    "change",
    "count",
    "get",
    "handled_by",
    "heard_since",
    "lock",
    "waiting",
]

_of = incoming_messages.c
_OLDEST = (_of.received_at, _of.created_at, _of.id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Incoming:
    """One SMS as it stands.

    `phone_sealed` and `text_sealed` open at `places.incoming_phone` and `places.incoming_text`;
    `phone_last4` is None when the sender is no phone number. `office` is None while nobody knows
    whose it is. `received_at` is when it was sent to us, `created_at` when we kept it.
    """

    id: str
    gateway: str
    gateway_id: str
    sent_to: str
    phone_sealed: str
    phone_index: str
    phone_last4: str | None
    text_sealed: str
    kind: str
    state: str
    office: str | None
    request_id: str | None
    received_at: datetime
    reply_id: str | None = None
    officer_id: str | None = None
    version: int = 1
    created_at: datetime
    updated_at: datetime


@dataclass(frozen=True, slots=True)
class Waiting:
    """One line of the desk's list."""

    id: str
    phone_last4: str | None
    text_sealed: str
    state: str
    received_at: datetime
    name: str | None


def add(conn: Connection, message: Incoming) -> bool:
    """Keep an SMS; False when the gateway told of it before."""
    row = insert(incoming_messages).values(asdict(message))
    once = row.on_conflict_do_nothing(index_elements=["gateway", "gateway_id"])
    return conn.execute(once.returning(_of.id)).first() is not None


def get(conn: Connection, message_id: str) -> Incoming | None:
    """Return one SMS, None when there is none."""
    return rows.one(conn, select(incoming_messages).where(_of.id == message_id), Incoming)


def lock(conn: Connection, message_id: str) -> Incoming | None:
    """Return one SMS and keep others from changing it until the transaction ends."""
    query = select(incoming_messages).where(_of.id == message_id).with_for_update()
    return rows.one(conn, query, Incoming)


def change(
    conn: Connection, message_id: str, version: int, values: Mapping[str, Any], now: datetime
) -> bool:
    """Set columns of an SMS as it was seen; False when somebody was first."""
    as_seen = (_of.id == message_id, _of.version == version)
    changed = {**values, "version": version + 1, "updated_at": now}
    statement = update(incoming_messages).where(*as_seen).values(changed)
    return conn.execute(statement).rowcount == 1


def heard_since(conn: Connection, phone_index: str, since: datetime) -> int:
    """Count what a number sent us since a moment of our own clock."""
    query = select(func.count()).where(_of.phone_index == phone_index, _of.created_at > since)
    return int(conn.execute(query).scalar_one())


def waiting(conn: Connection, office: str, limit: int) -> list[Waiting]:
    """Return what waits for an office, and what waits for anybody, the oldest first.

    Its own applicants are named.
    """
    name = func.coalesce(card_requests.c.full_name, card_requests.c.call_name)
    columns = (_of[one] for one in Waiting.__slots__ if one != "name")
    own = (card_requests.c.id == _of.request_id) & (card_requests.c.office == office)
    joined = incoming_messages.outerjoin(card_requests, own)
    query = select(*columns, name.label("name")).select_from(joined).where(_for(office))
    return rows.every(conn, query.order_by(*_OLDEST).limit(limit), Waiting)


def count(conn: Connection, office: str) -> int:
    """Count what `waiting` would return without a limit."""
    return int(conn.execute(select(func.count()).where(_for(office))).scalar_one())


def handled_by(conn: Connection, officer_id: str | None) -> str | None:
    """Return the name of the officer who handled an SMS, None for nobody."""
    return conn.execute(select(officers.c.name).where(officers.c.id == officer_id)).scalar()


def _for(office: str) -> ColumnElement[bool]:
    return _of.state.in_(("new", "read")) & or_(_of.office == office, _of.office.is_(None))
