"""Tickets: complaints and requests about one's own data, from the call to the answer."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, case, delete, func, select, update
from sqlalchemy.dialects.postgresql import insert

from domain.tickets import OPEN, Kind, State
from storage import rows
from storage.tables import officers, tickets

__all__ = [
    "NewTicket",
    "Ticket",
    "add",
    "by_code",
    "change",
    "complaints",
    "count",
    "count_since",
    "drop_closed",
    "forget_phone",
    "get",
    "lock",
    "of_callback",
    "of_phone",
    "waiting",
]

_of = tickets.c


@dataclass(frozen=True, slots=True, kw_only=True)
class NewTicket:
    """A ticket as it comes in, what is sealed already sealed for its `id`.

    `text_sealed` is None for who wants to tell it by phone (`callback_id`) and for what needs no
    words; `code` is six digits; until `due_at` the office has to answer.
    """

    id: str
    office: str
    code: str
    kind: Kind
    request_id: str | None
    callback_id: str | None
    text_sealed: str | None
    phone_sealed: str
    phone_index: str
    phone_last4: str
    language: str
    gateway: str
    due_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Ticket:
    """A ticket as it stands. `officer` is who was the last at it.

    `satisfied` is None until the caller has judged the answer; `reopened` counts how often it did
    not help; `phone_index` is empty once the number is somebody else's.
    """

    id: str
    office: str
    code: str
    kind: Kind
    state: State
    request_id: str | None
    callback_id: str | None
    text_sealed: str | None
    phone_sealed: str
    phone_index: str
    phone_last4: str
    language: str
    due_at: datetime
    officer_id: str | None
    officer: str | None
    answer_sealed: str | None
    answered_at: datetime | None
    satisfied: bool | None
    reopened: int
    forwarded_at: datetime | None
    version: int
    created_at: datetime
    updated_at: datetime

    def __post_init__(self) -> None:
        object.__setattr__(self, "kind", Kind(self.kind))
        object.__setattr__(self, "state", State(self.state))


def add(conn: Connection, ticket: NewTicket, now: datetime) -> bool:
    """Insert a ticket; False when its code is taken: make another."""
    statement = insert(tickets).values(**asdict(ticket), created_at=now, updated_at=now)
    added = statement.on_conflict_do_nothing(index_elements=["code"]).returning(_of.id)
    return conn.execute(added).first() is not None


def change(
    conn: Connection, ticket_id: str, version: int, values: Mapping[str, Any], now: datetime
) -> bool:
    """Change a ticket that still is at `version`, which grows by one; False: somebody was first."""
    as_seen = (_of.id == ticket_id, _of.version == version)
    changed = {**values, "version": version + 1, "updated_at": now}
    return conn.execute(update(tickets).where(*as_seen).values(changed)).rowcount == 1


def get(conn: Connection, ticket_id: str, office: str) -> Ticket | None:
    """Return a ticket of an office, None when it has none by that id."""
    return rows.one(conn, _shown().where(_of.id == ticket_id, _of.office == office), Ticket)


def lock(conn: Connection, ticket_id: str) -> Ticket | None:
    """Return a ticket and keep others from changing it until the transaction ends."""
    # In one statement with the join, whoever waited would see the new ticket with the old officer.
    conn.execute(select(_of.id).where(_of.id == ticket_id).with_for_update())
    return rows.one(conn, _shown().where(_of.id == ticket_id), Ticket)


def by_code(conn: Connection, code: str, phone_index: str) -> Ticket | None:
    """Return the ticket with a code, to the number alone that it was given to."""
    query = _shown().where(_of.code == code, _of.phone_index == phone_index)
    return rows.one(conn, query, Ticket)


def of_callback(conn: Connection, callback_id: str, office: str) -> Ticket | None:
    """Return the ticket of an office that is told in a call back."""
    query = _shown().where(_of.callback_id == callback_id, _of.office == office)
    return rows.one(conn, query, Ticket)


def of_phone(conn: Connection, phone_index: str, since: datetime) -> list[Ticket]:
    """Return what a number has asked since a moment: what still waits first, then the newest."""
    mine = (_of.phone_index == phone_index, _of.created_at > since)
    answered = case((_of.state.in_(OPEN), 0), else_=1)
    query = _shown().where(*mine).order_by(answered, _of.created_at.desc(), _of.id)
    return rows.every(conn, query, Ticket)


def count_since(conn: Connection, phone_index: str, since: datetime) -> int:
    """Count what a number has asked since a moment."""
    mine = (_of.phone_index == phone_index, _of.created_at > since)
    return conn.execute(select(func.count()).where(*mine)).scalar_one()


def waiting(conn: Connection, office: str, limit: int) -> list[Ticket]:
    """Return what an office has to answer, what is due first before all else."""
    query = _shown().where(_of.office == office, _of.state.in_(OPEN))
    return rows.every(conn, query.order_by(_of.due_at, _of.id).limit(limit), Ticket)


def count(conn: Connection, office: str, due: datetime) -> tuple[int, int]:
    """Count what an office has to answer, and how much of it was due by a moment."""
    late = func.count().filter(_of.due_at <= due)
    query = select(func.count(), late).where(_of.office == office, _of.state.in_(OPEN))
    waiting_, overdue = conn.execute(query).one()
    return waiting_, overdue


def complaints(
    conn: Connection, office: str, states: Collection[State], limit: int
) -> list[Ticket]:
    """Return the complaints of an office in one of `states`, the oldest first."""
    theirs = (_of.office == office, _of.kind == Kind.COMPLAINT, _of.state.in_(states))
    query = _shown().where(*theirs).order_by(_of.created_at, _of.id)
    return rows.every(conn, query.limit(limit), Ticket)


def forget_phone(conn: Connection, phone_index: str) -> int:
    """Part tickets from a number that is somebody else's now: it hears nothing of them any more."""
    parted = update(tickets).where(_of.phone_index == phone_index).values(phone_index="")
    return conn.execute(parted).rowcount


def drop_closed(conn: Connection, before: datetime) -> int:
    """Delete tickets that were closed before a moment, with their words; return how many."""
    ended = (_of.state == State.CLOSED, _of.updated_at < before)
    return conn.execute(delete(tickets).where(*ended)).rowcount


def _shown() -> Select[Any]:
    columns = [_of[name] for name in Ticket.__dataclass_fields__ if name != "officer"]
    joined = select(*columns, officers.c.name.label("officer"))
    return joined.join_from(tickets, officers, officers.c.id == _of.officer_id, isouter=True)
