"""The outbox for ten seconds: what a decision queued and took back, so that it can be undone.

A status only moves forward: what was cancelled stays so, and is queued again as a row of its own.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select, update

from sms.message import Lane, Status
from storage import outbox, rows
from storage.outbox import Claimed
from storage.outbox_results import Lost
from storage.tables import messages
from storage.vault import Vault

__all__ = ["added", "again", "cancel", "cancelled", "waiting"]

_WAITING = [Status.QUEUED.value, Status.CLAIMED.value]
_NEVER_LEFT = frozenset({Status.CANCELLED.value, Status.EXPIRED.value})


def waiting(conn: Connection, request_ids: Collection[str]) -> frozenset[str]:
    """Return the messages about these requests that have not left yet."""
    of_requests = (messages.c.request_id.in_(request_ids), messages.c.status.in_(_WAITING))
    return frozenset(conn.scalars(select(messages.c.id).where(*of_requests)))


def added(conn: Connection, request_ids: Collection[str], at: datetime) -> frozenset[str]:
    """Return those of them that were added at this very moment."""
    of_requests = (messages.c.request_id.in_(request_ids), messages.c.status.in_(_WAITING))
    query = select(messages.c.id).where(*of_requests, messages.c.created_at == at)
    return frozenset(conn.scalars(query))


def cancelled(conn: Connection, ids: Collection[str]) -> tuple[str, ...]:
    """Return those of some messages that were taken back."""
    gone = (messages.c.id.in_(ids), messages.c.status == Status.CANCELLED.value)
    return tuple(conn.scalars(select(messages.c.id).where(*gone).order_by(messages.c.id)))


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
    query = select(*(messages.c[name] for name in _NAMES)).where(messages.c.id.in_(ids))
    return sum(_copy(conn, vault, one, mark, now) for one in rows.every(conn, query, _Held))


@dataclass(frozen=True, slots=True)
class _Held(Lost):
    """A cancelled message with all that queues it again, as due as it was."""

    not_before: datetime
    resent_of: str | None


_NAMES = (*Claimed.__slots__, *Lost.__slots__, *_Held.__slots__)


def _copy(conn: Connection, vault: Vault, message: _Held, mark: str, now: datetime) -> bool:
    return outbox.add(
        conn,
        vault,
        office=message.office,
        request_id=message.request_id,
        lane=Lane(message.lane),
        template=message.template,
        language=message.language,
        params=message.params(vault),
        to=message.phone(vault),
        dedupe_key=f"{message.dedupe_key}:{mark}",
        now=now,
        not_before=message.not_before,
        expires_at=message.expires_at,
        resent_of=message.resent_of,
    )
