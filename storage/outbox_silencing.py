"""No more SMS to a number: what waits is taken back, and what has left is sent no second time."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, or_, update

from sms.message import Status
from storage.tables import messages

__all__ = ["silence"]

_WAITING = [Status.QUEUED.value, Status.CLAIMED.value]


def silence(conn: Connection, *, phone_index: str, now: datetime, request_id: str = "") -> int:
    """Take back what has not left for a number, about one request or at all; how many it was."""
    theirs = [messages.c.phone_index == phone_index]
    if request_id:
        theirs.append(messages.c.request_id == request_id)
    gone = update(messages).where(*theirs, messages.c.status.in_(_WAITING))
    values = {"status": Status.CANCELLED.value, "final_at": now, "updated_at": now}
    cancelled = conn.execute(gone.values(values)).rowcount
    of_use = or_(messages.c.expires_at.is_(None), messages.c.expires_at > now)
    left = (messages.c.final_at.is_(None), of_use, messages.c.status.not_in(_WAITING))
    conn.execute(update(messages).where(*theirs, *left).values(expires_at=now))
    return cancelled
