"""The outbox for ten seconds: what a decision queued and took back, so that it can be undone.

A status only moves forward: what was cancelled stays so, and is queued again as a row of its own.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, or_, select, update

from sms.message import Status
from storage import alert_messages, rows
from storage.outbox import Claimed
from storage.outbox_results import Lost, queue_again
from storage.tables import messages
from storage.vault import Vault

__all__ = [
    "Held",
    "added",
    "again",
    "cancel",
    "cancelled",
    "held",
    "left",
    "outdate",
    "outdated",
    "revive",
    "waiting",
]

_WAITING = [Status.QUEUED.value, Status.CLAIMED.value]
_LEFT = [
    status.value
    for status in (
        Status.SENDING,
        Status.SENT,
        Status.UNKNOWN,
        Status.FAILED,
        Status.UNDELIVERED,
    )
]
"""They have left, but may have to be sent once more."""

_NEVER_LEFT = frozenset({Status.CANCELLED.value, Status.EXPIRED.value})


def waiting(conn: Connection, request_ids: Collection[str]) -> frozenset[str]:
    """Return the messages about these requests that have not left yet."""
    of_requests = (messages.c.request_id.in_(request_ids), messages.c.status.in_(_WAITING))
    theirs = select(messages.c.id).where(*of_requests, ~alert_messages.mine())
    return frozenset(conn.scalars(theirs))


def added(conn: Connection, request_ids: Collection[str], at: datetime) -> frozenset[str]:
    """Return those of them that were added at this very moment."""
    of_requests = (messages.c.request_id.in_(request_ids), messages.c.status.in_(_WAITING))
    new = (messages.c.created_at == at, ~alert_messages.mine())
    return frozenset(conn.scalars(select(messages.c.id).where(*of_requests, *new)))


def cancelled(conn: Connection, ids: Collection[str]) -> tuple[str, ...]:
    """Return those of some messages that were taken back."""
    gone = (messages.c.id.in_(ids), messages.c.status == Status.CANCELLED.value)
    return tuple(conn.scalars(select(messages.c.id).where(*gone).order_by(messages.c.id)))


def left(conn: Connection, request_ids: Collection[str]) -> dict[str, datetime | None]:
    """Return the messages about these requests that may be sent once more, and until when."""
    of_requests = (messages.c.request_id.in_(request_ids), messages.c.status.in_(_LEFT))
    found = conn.execute(select(messages.c.id, messages.c.expires_at).where(*of_requests))
    return {row.id: row.expires_at for row in found}


def outdate(
    conn: Connection, *, request_id: str, templates: Collection[str], now: datetime
) -> None:
    """Let what has left be sent no more: neither by the sweep, nor by hand, nor on a retry."""
    of_request = (messages.c.request_id == request_id, messages.c.template.in_(templates))
    of_use = or_(messages.c.expires_at.is_(None), messages.c.expires_at > now)
    may_leave = messages.c.status.in_(_LEFT)
    conn.execute(update(messages).where(*of_request, may_leave, of_use).values(expires_at=now))


def outdated(
    conn: Connection, before: Mapping[str, datetime | None], at: datetime
) -> dict[str, datetime | None]:
    """Return those that were outdated at this very moment, with what they had before."""
    now_of_no_use = (messages.c.id.in_(before), messages.c.expires_at == at)
    found = conn.scalars(select(messages.c.id).where(*now_of_no_use))
    return {one: before[one] for one in found if before[one] != at}


def revive(
    conn: Connection, before: Mapping[str, datetime | None], at: datetime
) -> tuple[str, ...]:
    """Let what was outdated `at` a moment be of use as before; return what was dropped since."""
    for message_id, until in before.items():
        as_left = (messages.c.id == message_id, messages.c.expires_at == at)
        conn.execute(update(messages).where(*as_left).values(expires_at=until))
    dropped = (messages.c.id.in_(before), messages.c.status == Status.EXPIRED.value)
    return tuple(conn.scalars(select(messages.c.id).where(*dropped).order_by(messages.c.id)))


def cancel(conn: Connection, ids: Collection[str], now: datetime) -> bool:
    """Take messages back; False when one has left, or is leaving: that cannot be taken back.

    Against a sender one statement decides: it finds its claim gone, or we find its mark.
    """
    unsent = (messages.c.id.in_(ids), messages.c.status.in_(_WAITING))
    values = {"status": Status.CANCELLED.value, "final_at": now, "updated_at": now}
    conn.execute(update(messages).where(*unsent).values(values))
    stand = conn.scalars(select(messages.c.status).where(messages.c.id.in_(ids)))
    return set(stand) <= _NEVER_LEFT


def again(conn: Connection, vault: Vault, ids: Collection[str], mark: str, now: datetime) -> int:
    """Queue cancelled messages once more as they were; return how many.

    `mark` makes their keys new. Raises `Unsealable` where the data key of one is lost.
    """
    return sum(_copy(conn, vault, one, mark, now) for one in held(conn, ids))


def held(conn: Connection, ids: Collection[str]) -> list[Held]:
    """Return messages with all that queues them again."""
    query = select(*(messages.c[name] for name in _NAMES)).where(messages.c.id.in_(ids))
    return rows.every(conn, query, Held)


@dataclass(frozen=True, slots=True)
class Held(Lost):
    """A cancelled message with all that queues it again, as due as it was."""

    not_before: datetime
    resent_of: str | None


_NAMES = (*Claimed.__slots__, *Lost.__slots__, *Held.__slots__)


def _copy(conn: Connection, vault: Vault, message: Held, mark: str, now: datetime) -> bool:
    key = f"{message.dedupe_key}:{mark}"
    since, first = message.not_before, message.resent_of
    return queue_again(conn, vault, message, key, now, not_before=since, resent_of=first)
