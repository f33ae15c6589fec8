"""Numbers that want no bulk messages: kept for good, asked before every such message."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, delete, exists, select, update
from sqlalchemy.dialects.postgresql import insert

from storage import outbox
from storage.tables import alert_profiles, card_requests, optouts

__all__ = ["add", "end", "stands", "stands_after"]


def add(
    conn: Connection, *, phone_index: str, source: str, now: datetime, at: datetime | None = None
) -> bool:
    """Keep an opt-out, end the number's consents and take back what has not left yet.

    `at` is when it was sent, where that is known: `end` asks for what was sent later. False when
    the number had opted out before; its first source stays, and its last time.
    """
    values = {"phone_index": phone_index, "source": source, "at": at or now}
    kept = insert(optouts).values(values).on_conflict_do_nothing().returning(optouts.c.phone_index)
    new = conn.execute(kept).first() is not None
    if not new:
        later = (optouts.c.phone_index == phone_index, optouts.c.at < values["at"])
        conn.execute(update(optouts).where(*later).values(at=values["at"]))
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


def stands(conn: Connection, phone_index: str) -> bool:
    """Tell whether a number has opted out."""
    return bool(conn.scalar(select(exists().where(optouts.c.phone_index == phone_index))))


def stands_after(conn: Connection, phone_index: str, moment: datetime) -> bool:
    """Tell whether a number has opted out later than at a moment."""
    newer = (optouts.c.phone_index == phone_index, optouts.c.at > moment)
    return bool(conn.scalar(select(exists().where(*newer))))
