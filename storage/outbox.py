"""The outbox: every SMS is a row before it is a request.

A row is added in the transaction of the fact it tells about, so neither exists without the other.
A sender claims rows under a lease and a claim of its own; every later word about them names that
claim, so a sender that was too slow, or thought dead, cannot speak for rows it has lost.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import uuid4

from sqlalchemy import ColumnElement, Connection, and_, exists, or_, select, update
from sqlalchemy.dialects.postgresql import insert

from sms.message import Lane, Status
from storage import alert_messages, places, rows
from storage.tables import messages, optouts
from storage.vault import Vault

__all__ = [
    "Claimed",
    "Hold",
    "add",
    "cancel",
    "cancel_bulk",
    "cancel_one",
    "cancel_refused",
    "claim",
    "find",
    "get",
    "release",
    "standing",
    "start",
]


@dataclass(frozen=True, slots=True)
class Hold:
    """One sender's claim: its id, the moment it speaks at, and how long its lease lasts.

    `telling` says of how many vacancies the words of an SMS tell, by its id.
    """

    claim_id: str
    now: datetime
    until: datetime
    telling: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Claimed:
    """A message that one sender holds; the text and the number are still sealed.

    What tells of vacancies has its words there and its number in the card request
    (`storage.alert_messages`).
    """

    id: str
    office: str
    request_id: str | None
    template: str
    language: str
    params_sealed: str
    phone_sealed: str
    attempts: int

    @property
    def of_vacancies(self) -> bool:
        """Whether its words are read from vacancies."""
        return self.params_sealed == alert_messages.NO_WORDS

    def params(self, vault: Vault) -> dict[str, str]:
        """Open what fills the template; `Unsealable` where it is filled from vacancies."""
        opened = vault.open(self.params_sealed, where=places.message_params(self.id))
        return dict(json.loads(opened))

    def phone(self, vault: Vault) -> str:
        """Open the number it goes to."""
        own, theirs = places.message_phone(self.id), places.phone(self.request_id or "")
        return vault.open(self.phone_sealed, where=theirs if self.of_vacancies else own)


def add(  # noqa: PLR0913 - a message has that many parts, and each caller names them
    conn: Connection,
    vault: Vault,
    *,
    office: str,
    request_id: str | None,
    lane: Lane,
    template: str,
    language: str,
    params: Mapping[str, str],
    to: str,
    dedupe_key: str,
    now: datetime,
    not_before: datetime | None = None,
    expires_at: datetime | None = None,
    resent_of: str | None = None,
) -> bool:
    """Queue one SMS in the caller's transaction; False when `dedupe_key` is already there.

    `to` is an E.164 number with its plus sign; `params` are the template's facts in their
    canonical form. Both are sealed, bound to the row's id. A number that opted out gets nothing
    of the bulk lane: False too.
    """
    phone_index = vault.index("phone", to)
    if lane is Lane.BULK and _opted_out(conn, phone_index):
        return False
    row_id = str(uuid4())
    row = {
        "id": row_id,
        "office": office,
        "request_id": request_id,
        "lane": lane.value,
        "template": template,
        "language": language,
        "params_sealed": vault.seal(json.dumps(dict(params)), where=places.message_params(row_id)),
        "phone_sealed": vault.seal(to, where=places.message_phone(row_id)),
        "phone_index": phone_index,
        "dedupe_key": dedupe_key,
        "status": Status.QUEUED.value,
        "not_before": not_before or now,
        "expires_at": expires_at,
        "resent_of": resent_of,
        "created_at": now,
        "updated_at": now,
    }
    added = insert(messages).values(row).on_conflict_do_nothing(index_elements=["dedupe_key"])
    return conn.execute(added.returning(messages.c.id)).first() is not None


def claim(
    conn: Connection,
    hold: Hold,
    lane: Lane,
    offices: Collection[str],
    limit: int,
) -> list[Claimed]:
    """Take up to `limit` due messages of these offices' lane, the longest waiting first.

    Rows that another sender is taking at this moment are skipped, not waited for. The choice is
    a CTE on purpose: as a subquery PostgreSQL may run it again and take more than the limit. Of
    the bulk lane nothing is taken for a number that opted out, not even while the row was added.
    """
    due = (
        select(messages.c.id)
        .where(
            messages.c.status == Status.QUEUED.value,
            messages.c.lane == lane.value,
            messages.c.office.in_(offices),
            messages.c.not_before <= hold.now,
            or_(messages.c.expires_at.is_(None), messages.c.expires_at > hold.now),
            *([_wanted(hold.now)] if lane is Lane.BULK else []),
        )
        .order_by(messages.c.not_before)
        .limit(limit)
        .with_for_update(skip_locked=True)
        .cte("due")
    )
    taken = (
        update(messages)
        .where(messages.c.id == due.c.id)
        .values(
            status=Status.CLAIMED.value,
            claim_id=hold.claim_id,
            lease_until=hold.until,
            updated_at=hold.now,
        )
        .returning(*(messages.c[name] for name in Claimed.__slots__))
    )
    return rows.every(conn, taken, Claimed)


def start(conn: Connection, hold: Hold, ids: Collection[str], gateway: str) -> frozenset[str]:
    """Mark messages as on their way, to be committed immediately before the request.

    Returns those that are still ours: a claim that ran out or was cancelled must not be sent, nor
    what tells of a vacancy that was closed since its words were made; its lease runs out.
    """
    told = [alert_messages.as_told(hold.telling, hold.now)] if hold.telling else []
    begun = (
        update(messages)
        .where(_held(hold, ids), *told)
        .values(
            status=Status.SENDING.value,
            gateway=gateway,
            sent_at=hold.now,
            lease_until=hold.until,
            updated_at=hold.now,
        )
        .returning(messages.c.id)
    )
    return frozenset(conn.scalars(begun))


def release(conn: Connection, hold: Hold, ids: Collection[str], not_before: datetime) -> int:
    """Put claimed messages back that were never tried; how many."""
    back = (
        update(messages)
        .where(_held(hold, ids))
        .values(
            status=Status.QUEUED.value,
            claim_id=None,
            lease_until=None,
            not_before=not_before,
            updated_at=hold.now,
        )
    )
    return conn.execute(back).rowcount


def cancel(
    conn: Connection,
    *,
    request_id: str,
    templates: Sequence[str],
    now: datetime,
) -> int:
    """Take back messages of a card request that have not left yet (undo, withdrawal); how many."""
    return _cancel(
        conn,
        and_(messages.c.request_id == request_id, messages.c.template.in_(templates)),
        now,
    )


def cancel_one(conn: Connection, message_id: str, *, now: datetime) -> bool:
    """Take back one message; False when it has left."""
    return _cancel(conn, messages.c.id == message_id, now) == 1


def cancel_bulk(conn: Connection, *, phone_index: str, now: datetime) -> int:
    """Take back all bulk messages to a number that have not left yet (STOP); how many."""
    return _cancel(
        conn,
        and_(messages.c.phone_index == phone_index, messages.c.lane == Lane.BULK.value),
        now,
    )


def cancel_refused(conn: Connection, *, now: datetime) -> int:
    """Take back bulk messages that nobody wants, or that tell of what is no more; how many.

    Most are taken back by what made them so; these were added in that very moment, or were many.
    """
    # What nobody claims comes to stand in front; so the first ones are enough, each time.
    queued = (messages.c.status == Status.QUEUED.value, messages.c.lane == Lane.BULK.value)
    ahead = select(messages.c.id).where(*queued).order_by(messages.c.not_before).limit(20_000)
    return _cancel(conn, and_(messages.c.id.in_(ahead), ~_wanted(now)), now)


def find(conn: Connection, dedupe_key: str) -> str | None:
    """Return the id of the message with a key."""
    query = select(messages.c.id).where(messages.c.dedupe_key == dedupe_key)
    return conn.execute(query).scalar()


def get(conn: Connection, message_id: str) -> Claimed | None:
    """Return a message with what opens it."""
    columns = (messages.c[name] for name in Claimed.__slots__)
    return rows.one(conn, select(*columns).where(messages.c.id == message_id), Claimed)


def standing(conn: Connection, message_id: str) -> tuple[str, datetime] | None:
    """Return where a message stands, and the moment before which it does not leave."""
    query = select(messages.c.status, messages.c.not_before).where(messages.c.id == message_id)
    row = conn.execute(query).first()
    return (row.status, row.not_before) if row else None


def _held(hold: Hold, ids: Collection[str]) -> ColumnElement[bool]:
    return and_(
        messages.c.id.in_(ids),
        messages.c.claim_id == hold.claim_id,
        messages.c.status == Status.CLAIMED.value,
    )


def _cancel(conn: Connection, which: ColumnElement[bool], now: datetime) -> int:
    """Cancel what is queued or claimed; `start` then finds a claimed one no longer its own."""
    unsent = messages.c.status.in_([Status.QUEUED.value, Status.CLAIMED.value])
    gone = update(messages).where(which, unsent)
    values = {"status": Status.CANCELLED.value, "final_at": now, "updated_at": now}
    return conn.execute(gone.values(values)).rowcount


def _wanted(now: datetime) -> ColumnElement[bool]:
    out = exists().where(optouts.c.phone_index == messages.c.phone_index)
    return and_(~out, alert_messages.stands(now))


def _opted_out(conn: Connection, phone_index: str) -> bool:
    return bool(conn.scalar(select(exists().where(optouts.c.phone_index == phone_index))))
