"""Whom to remind of a visit: asked of the tables at once, so that nobody is reminded twice."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Connection, Text, cast, exists, func, select

from domain.card import State
from storage.tables import card_requests, messages

__all__ = ["due", "key"]

_of = card_requests.c


def key(request_id: str, day: date) -> str:
    """Return the key by which the outbox knows the reminder of a visit."""
    return f"{request_id}:{day}:reminder"


def due(conn: Connection, office: str, day: date, before: datetime, limit: int) -> list[str]:
    """Return requests with a visit on `day`, unchanged since `before`, not reminded of that day.

    Contested ones too: their phones were promised a day like any other.
    """
    theirs = func.concat(cast(_of.id, Text), f":{day}:reminder")
    query = (
        select(_of.id)
        .where(
            _of.office == office,
            _of.state.in_((State.REQUESTED, State.BOOKED)),
            _of.day == day,
            _of.phone_sealed.is_not(None),
            _of.updated_at <= before,
            ~exists().where(messages.c.dedupe_key == theirs),
        )
        .order_by(_of.hour, _of.id)
        .limit(limit)
    )
    return list(conn.scalars(query))
