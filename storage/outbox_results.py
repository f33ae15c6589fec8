"""What became of messages: results of a batch in one statement, leases that ran out, resends."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    DateTime,
    Integer,
    Select,
    TableValuedAlias,
    Text,
    Uuid,
    and_,
    case,
    cast,
    column,
    func,
    literal,
    or_,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.types import TypeEngine

from sms.message import FINAL, MOVES, Lane, Status
from storage import alert_messages, outbox, rows
from storage.outbox import Hold
from storage.tables import messages
from storage.vault import Vault

__all__ = [
    "Lost",
    "Settled",
    "expire",
    "lost",
    "not_arrived",
    "queue_again",
    "reclaim",
    "resend",
    "settle",
    "turn_back",
]

RESEND_MARK = ":resend"
"""Added to a dedupe key: the unique index then allows one second sending, never a third."""

_SKEW = timedelta(minutes=1)
"""How far the clocks of two machines may differ."""

_FINAL = [status.value for status in FINAL]
_OPEN = [status.value for status in (Status.QUEUED, Status.CLAIMED, Status.SENDING, Status.UNKNOWN)]
_NOT_ARRIVED = [status.value for status in (Status.UNKNOWN, Status.FAILED, Status.UNDELIVERED)]
_FROM_UNKNOWN = [status.value for status in MOVES[Status.UNKNOWN]]
_COLUMNS: Mapping[str, TypeEngine[Any]] = {
    "id": Uuid(as_uuid=False),
    "status": Text(),
    "gateway_id": Text(),
    "segments": Integer(),
    "cost": Text(),
    "reason": Text(),
    "not_before": DateTime(timezone=True),
    "tries": Integer(),
}


@dataclass(frozen=True, slots=True)
class Settled:
    """Where one message stands after its request.

    `not_before` is when to act on it again (queued: try, unknown: decide), None when never.
    `tries` is 1 when the attempt counts toward the cap, else 0.
    """

    id: str
    status: str
    gateway_id: str | None = None
    segments: int | None = None
    cost: str | None = None
    reason: str | None = None
    not_before: datetime | None = None
    tries: int = 0


def settle(conn: Connection, hold: Hold, results: Sequence[Settled]) -> int:
    """Write the results of a whole batch in one UPDATE; how many rows took one.

    Only the claim that sent may tell. A row that was given up meanwhile is `unknown`: a result
    may still move it forward, but not back into the queue.
    """
    told = _table(results)
    back = told.c.status == Status.QUEUED.value
    written = (
        update(messages)
        .where(messages.c.id == told.c.id, messages.c.claim_id == hold.claim_id, _open_to(told))
        .values(
            status=told.c.status,
            gateway_id=func.coalesce(told.c.gateway_id, messages.c.gateway_id),
            segments=func.coalesce(told.c.segments, messages.c.segments),
            cost=func.coalesce(told.c.cost, messages.c.cost),
            reason=told.c.reason,
            not_before=func.coalesce(told.c.not_before, messages.c.not_before),
            attempts=messages.c.attempts + told.c.tries,
            claim_id=case((back, None), else_=messages.c.claim_id),
            sent_at=case((back, None), else_=messages.c.sent_at),
            lease_until=None,
            final_at=case((told.c.status.in_(_FINAL), hold.now), else_=None),
            updated_at=hold.now,
        )
    )
    return conn.execute(written).rowcount


def expire(conn: Connection, now: datetime) -> int:
    """Drop what is too late to be of use and has not left; how many."""
    stale = (
        update(messages)
        .where(messages.c.status == Status.QUEUED.value, messages.c.expires_at <= now)
        .values(status=Status.EXPIRED.value, final_at=now, updated_at=now)
    )
    return conn.execute(stale).rowcount


def reclaim(conn: Connection, now: datetime, decide_at: datetime) -> tuple[int, int]:
    """End leases that ran out: `claimed` is queued again, `sending` is unknown until `decide_at`.

    Returns how many of each.
    """
    over = messages.c.lease_until <= now
    queued = update(messages).where(messages.c.status == Status.CLAIMED.value, over)
    unknown = update(messages).where(messages.c.status == Status.SENDING.value, over)
    common = {"lease_until": None, "updated_at": now}
    back = conn.execute(queued.values(status=Status.QUEUED.value, claim_id=None, **common))
    gone = conn.execute(
        unknown.values(status=Status.UNKNOWN.value, reason="lease", not_before=decide_at, **common),
    )
    return back.rowcount, gone.rowcount


def turn_back(conn: Connection, now: datetime, longest: timedelta) -> int:
    """Move the times of open messages back with a clock that was set back; how many.

    What was written later than now was written by a clock that ran ahead. A lease, and a wait of
    `longest` at most (a retry, an undo), then count from now; a longer one means a time of day.
    """
    at = literal(now, DateTime(timezone=True))
    waits = messages.c.not_before - messages.c.updated_at
    moved = (
        update(messages)
        .where(messages.c.status.in_(_OPEN), messages.c.updated_at > now + _SKEW)
        .values(
            not_before=case((waits <= longest, at + waits), else_=messages.c.not_before),
            lease_until=at + (messages.c.lease_until - messages.c.updated_at),
            updated_at=now,
        )
    )
    return conn.execute(moved).rowcount


@dataclass(frozen=True, slots=True)
class Lost(outbox.Claimed):
    """A message that did not arrive, as far as anybody knows, with all that sends it again."""

    lane: str
    dedupe_key: str
    expires_at: datetime | None


def lost(conn: Connection, templates: Collection[str], now: datetime, limit: int) -> list[Lost]:
    """Return unknown urgent messages of these templates that may be sent once more."""
    again = messages.alias("again")
    resent = select(again.c.id).where(
        again.c.dedupe_key == messages.c.dedupe_key.concat(RESEND_MARK)
    )
    query = (
        _whole()
        .where(
            messages.c.status == Status.UNKNOWN.value,
            messages.c.lane == Lane.URGENT.value,
            messages.c.template.in_(templates),
            messages.c.not_before <= now,
            messages.c.resent_of.is_(None),
            _of_use(now),
            ~resent.exists(),
        )
        .limit(limit)
        .with_for_update(skip_locked=True, of=messages)
    )
    return rows.every(conn, query, Lost)


def not_arrived(conn: Connection, message_id: str, now: datetime) -> Lost | None:
    """Return a message that is known or feared not to have arrived, and is still of use.

    None of vacancies: nobody waits for one, and it is never sent twice.
    """
    stuck = (messages.c.status.in_(_NOT_ARRIVED), _of_use(now), ~alert_messages.mine())
    return rows.one(conn, _whole().where(messages.c.id == message_id, *stuck), Lost)


def resend(conn: Connection, vault: Vault, message: Lost, now: datetime) -> bool:
    """Queue a message once more, marked as a resend of it; False when that was done before."""
    key = message.dedupe_key + RESEND_MARK
    return queue_again(conn, vault, message, key, now, resent_of=message.id)


def queue_again(  # noqa: PLR0913 - what a second row has of its own, each part named
    conn: Connection,
    vault: Vault,
    message: Lost,
    dedupe_key: str,
    now: datetime,
    *,
    resent_of: str | None,
    not_before: datetime | None = None,
) -> bool:
    """Queue what a message says as a row of its own; False when `dedupe_key` is already there."""
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
        dedupe_key=dedupe_key,
        now=now,
        not_before=not_before,
        expires_at=message.expires_at,
        resent_of=resent_of,
    )


def _of_use(now: datetime) -> ColumnElement[bool]:
    return or_(messages.c.expires_at.is_(None), messages.c.expires_at > now)


def _whole() -> Select[Any]:
    return select(*(messages.c[name] for name in (*outbox.Claimed.__slots__, *Lost.__slots__)))


def _table(results: Sequence[Settled]) -> TableValuedAlias:
    """Spell results as one array a column: a statement of the same text for every batch."""
    arrays = [
        cast([getattr(result, name) for result in results], ARRAY(kind))
        for name, kind in _COLUMNS.items()
    ]
    columns = [column(name, kind) for name, kind in _COLUMNS.items()]
    return func.unnest(*arrays).table_valued(*columns, name="told").render_derived()


def _open_to(told: TableValuedAlias) -> ColumnElement[bool]:
    return or_(
        messages.c.status.in_([Status.CLAIMED.value, Status.SENDING.value]),
        and_(messages.c.status == Status.UNKNOWN.value, told.c.status.in_(_FROM_UNKNOWN)),
    )
