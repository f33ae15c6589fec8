"""Counts of the outbox, and what one number was sent; nothing here is on a caller's path."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, func, or_, select

from sms.message import Lane, Status
from storage import rows
from storage.outbox import Claimed
from storage.tables import messages

__all__ = ["Received", "Waiting", "received", "spent", "waiting"]

# Spelt as the three small indexes are: one IN would read the whole table at each scrape (57 ms
# instead of 2 in 300,000 messages).
_UNSENT = or_(
    messages.c.status == Status.QUEUED.value,
    messages.c.status.in_([Status.CLAIMED.value, Status.SENDING.value]),
    messages.c.status == Status.UNKNOWN.value,
)
_TAKEN = [s.value for s in (Status.SENT, Status.DELIVERED)]
_OLDEST_BULK = timedelta(days=8)
"""No bulk message lives longer than a week; the index is by day of creation."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many messages of a lane stand in a state that is not over, and since when."""

    lane: str
    status: str
    count: int
    oldest: datetime


@dataclass(frozen=True, slots=True)
class Received(Claimed):
    """A message as its receiver has it."""

    sent_at: datetime


def spent(conn: Connection, office: str, since: datetime) -> int:
    """Count segments of the bulk lane that left an office since a moment, or are about to."""
    leaving = messages.c.status == Status.CLAIMED.value
    query = select(func.coalesce(func.sum(func.coalesce(messages.c.segments, 1)), 0)).where(
        messages.c.office == office,
        messages.c.lane == Lane.BULK.value,
        messages.c.created_at > since - _OLDEST_BULK,
        (messages.c.sent_at >= since) | leaving,
    )
    return int(conn.execute(query).scalar_one())


def waiting(conn: Connection) -> list[Waiting]:
    """Count what is not over, by lane and state."""
    query = (
        select(
            messages.c.lane,
            messages.c.status,
            func.count().label("count"),
            func.min(messages.c.created_at).label("oldest"),
        )
        .where(_UNSENT)
        .group_by(messages.c.lane, messages.c.status)
    )
    return rows.every(conn, query, Waiting)


def received(conn: Connection, phone_index: str, limit: int) -> list[Received]:
    """Return the last messages a number was sent, newest first."""
    query = (
        select(*(messages.c[name] for name in (*Claimed.__slots__, *Received.__slots__)))
        .where(messages.c.phone_index == phone_index, messages.c.status.in_(_TAKEN))
        .order_by(messages.c.sent_at.desc(), messages.c.created_at.desc(), messages.c.id)
        .limit(limit)
    )
    return rows.every(conn, query, Received)
