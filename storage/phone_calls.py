"""Phone calls: one row a session, as far as it asked the database anything.

A hop without a call touches no database, so while it lasts `reached` is where the session stood at
its last call of ours.  How and where it ended, the gateway's notice tells.  What was typed is not
in here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from msgspec import Struct
from sqlalchemy import Connection, and_, bindparam, delete, func, or_, select, update
from sqlalchemy.dialects.postgresql import insert

from storage import rows
from storage.tables import card_requests, session_ends
from storage.tables import phone_calls as table

# Points at no request that a restored copy of the database does not know.
_ABOUT = select(card_requests.c.id).where(card_requests.c.id == bindparam("about"))
_ROW = insert(table).values(request_id=_ABOUT.scalar_subquery())
_NOTE: Final = _ROW.on_conflict_do_update(
    index_elements=list(table.primary_key),
    set_={
        "request_id": func.coalesce(_ROW.excluded.request_id, table.c.request_id),
        "language": _ROW.excluded.language,
        "reached": _ROW.excluded.reached,
        "last_at": _ROW.excluded.last_at,
    },
    where=table.c.last_at <= _ROW.excluded.last_at,
)


class Reached(Struct, frozen=True, kw_only=True):
    """Where a session stands: `state` as "register.nik", `request_id` whom it is about."""

    gateway: str
    session_id: str
    phone_index: str
    request_id: str | None
    language: str
    state: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Begun:
    """A call: the index of its phone, and when it began."""

    phone_index: str
    began_at: datetime


@dataclass(frozen=True, slots=True)
class PhoneCall:
    """One call. `status` is None until the gateway told how it ended."""

    began_at: datetime
    language: str
    reached: str
    phone_index: str
    status: str | None
    duration_ms: int | None


def note(conn: Connection, reached: Reached) -> None:
    """Write down where a session stands now; what comes late changes nothing."""
    row = {
        "gateway": reached.gateway,
        "session_id": reached.session_id,
        "phone_index": reached.phone_index,
        "about": reached.request_id,
        "language": reached.language,
        "reached": reached.state,
        "began_at": reached.at,
        "last_at": reached.at,
    }
    conn.execute(_NOTE, row)


def begun(conn: Connection, gateway: str, session_id: str) -> Begun | None:
    """Return of a call that was written down who made it, and when it began."""
    of_call = (table.c.gateway == gateway, table.c.session_id == session_id)
    return rows.one(conn, select(table.c.phone_index, table.c.began_at).where(*of_call), Begun)


def ended_at(conn: Connection, gateway: str, session_id: str, state: str) -> None:
    """Write down the last screen of a call, once its gateway told that it is over."""
    of_call = (table.c.gateway == gateway, table.c.session_id == session_id)
    conn.execute(update(table).where(*of_call).values(reached=state))


def about(
    conn: Connection, request_id: str, phone_index: str | None, limit: int
) -> list[PhoneCall]:
    """Return the last calls about a request, newest first.

    Those of its own phone that were about nobody yet are among them.
    """
    own = and_(table.c.request_id.is_(None), table.c.phone_index == phone_index)
    of = or_(table.c.request_id == request_id, own) if phone_index else None
    ends = and_(
        session_ends.c.gateway == table.c.gateway, session_ends.c.session_id == table.c.session_id
    )
    query = (
        select(
            table.c.began_at,
            table.c.language,
            table.c.reached,
            table.c.phone_index,
            session_ends.c.status,
            session_ends.c.duration_ms,
        )
        .join_from(table, session_ends, ends, isouter=True)
        .where(table.c.request_id == request_id if of is None else of)
        .order_by(table.c.began_at.desc(), table.c.session_id)
        .limit(limit)
    )
    return rows.every(conn, query, PhoneCall)


def drop_before(conn: Connection, moment: datetime) -> int:
    """Forget calls that began before `moment`; return how many."""
    return conn.execute(delete(table).where(table.c.began_at < moment)).rowcount
