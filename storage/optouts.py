"""Numbers that want no bulk messages: kept for good, asked before every such message."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, delete, select, update
from sqlalchemy.dialects.postgresql import insert

from storage import outbox
from storage.tables import alert_profiles, card_requests, optouts

__all__ = ["add", "end"]


def add(conn: Connection, *, phone_index: str, source: str, now: datetime) -> bool:
    """Keep an opt-out, end the number's consents and take back what has not left yet.

    False when the number had opted out before; its first time and source stay.
    """
    values = {"phone_index": phone_index, "source": source, "at": now}
    kept = insert(optouts).values(values).on_conflict_do_nothing().returning(optouts.c.phone_index)
    new = conn.execute(kept).first() is not None
    theirs = select(card_requests.c.id).where(card_requests.c.phone_index == phone_index)
    conn.execute(
        update(alert_profiles)
        .where(alert_profiles.c.request_id.in_(theirs), alert_profiles.c.withdrawn_at.is_(None))
        .values(withdrawn_at=now),
    )
    outbox.cancel_bulk(conn, phone_index=phone_index, now=now)
    return new


def end(conn: Connection, phone_index: str) -> None:
    """Forget an opt-out, because the number itself has asked for such messages again."""
    conn.execute(delete(optouts).where(optouts.c.phone_index == phone_index))
