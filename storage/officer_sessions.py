"""Sessions of officers, on our side: the browser holds a random token, we hold its hash."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from storage import rows
from storage.tables import officer_sessions

_of = officer_sessions.c
_SHOWN = (_of.id, _of.officer_id, _of.data, _of.seen_at, _of.expires_at)


@dataclass(frozen=True, slots=True)
class OfficerSession:
    """One session. `data` is what the pages keep in it; `expires_at` is its absolute end."""

    id: str
    officer_id: str
    data: Mapping[str, Any]
    seen_at: datetime
    expires_at: datetime


def add(conn: Connection, session: OfficerSession, token_hash: str) -> None:
    """Open a session."""
    values = {column.name: getattr(session, column.name) for column in _SHOWN}
    values |= {"token_hash": token_hash, "created_at": session.seen_at, "data": dict(session.data)}
    conn.execute(insert(officer_sessions).values(values))


def by_token(conn: Connection, token_hash: str) -> OfficerSession | None:
    """Return the session of a token, whatever its age."""
    return rows.one(conn, select(*_SHOWN).where(_of.token_hash == token_hash), OfficerSession)


def touch(conn: Connection, session_id: str, now: datetime) -> None:
    """Write down that a session was used."""
    conn.execute(update(officer_sessions).where(_of.id == session_id).values(seen_at=now))


def save(conn: Connection, session_id: str, data: Mapping[str, Any]) -> None:
    """Replace what the pages keep in a session."""
    conn.execute(update(officer_sessions).where(_of.id == session_id).values(data=dict(data)))


def end(conn: Connection, session_id: str) -> None:
    """End one session."""
    conn.execute(delete(officer_sessions).where(_of.id == session_id))


def end_all(conn: Connection, officer_id: str) -> int:
    """End all sessions of an officer; return how many they were."""
    return conn.execute(delete(officer_sessions).where(_of.officer_id == officer_id)).rowcount


def drop_ended(conn: Connection, now: datetime, seen_before: datetime) -> int:
    """Forget the sessions past their absolute end or unused since `seen_before`."""
    over = (_of.expires_at <= now) | (_of.seen_at < seen_before)
    return conn.execute(delete(officer_sessions).where(over)).rowcount
