"""Sessions of officers, on our side of the wire.

The browser gets 256 random bits, the table their SHA-256: who reads the table signs in nowhere.
ASVS 5.0: 7.2.3 (random reference token), 7.2.4 (a new one at sign-in), 7.3.1 and 7.3.2 (idle and
absolute end), 7.4.1 and 7.4.2 (ended here at sign-out and when an officer is disabled).
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import uuid4

from sqlalchemy import Connection

from storage import audit, officer_sessions, officers
from storage.officer_sessions import OfficerSession
from storage.officers import Officer

IDLE: Final = timedelta(minutes=30)
ABSOLUTE: Final = timedelta(hours=12)
_TOUCH: Final = timedelta(minutes=1)
_TOKEN_BYTES: Final = 32


@dataclass(frozen=True, slots=True)
class Session:
    """One officer at one browser. `data` is what the pages keep, all JSON."""

    id: str
    officer: Officer
    data: Mapping[str, Any]
    expires_at: datetime


def open_session(
    conn: Connection,
    officer: Officer,
    data: Mapping[str, Any],
    now: datetime,
    *,
    replaces: str | None = None,
) -> str:
    """Open a session and return its token, for a cookie; the token it `replaces` is dead."""
    if replaces and (old := officer_sessions.by_token(conn, _hash(replaces))):
        officer_sessions.end(conn, old.id)
    token = secrets.token_urlsafe(_TOKEN_BYTES)
    session = OfficerSession(str(uuid4()), officer.id, data, now, now + ABSOLUTE)
    officer_sessions.add(conn, session, _hash(token))
    return token


def load_session(
    conn: Connection, token: str, now: datetime, *, touch: bool = True
) -> Session | None:
    """Return the session of a token; None when unknown, idle or too old, or nobody's any more.

    An officer disabled or moved a moment ago is seen as he is now. Use is written down at most
    once a minute; `touch=False` is for pages that ask by themselves, which are no use.
    """
    found = officer_sessions.by_token(conn, _hash(token))
    if found is None or now >= min(found.expires_at, found.seen_at + IDLE):
        return None
    officer = officers.get(conn, found.officer_id)
    if officer is None or not officer.active:
        return None
    if touch and now - found.seen_at >= _TOUCH:
        officer_sessions.touch(conn, found.id, now)
    return Session(found.id, officer, found.data, found.expires_at)


def save_session(conn: Connection, session_id: str, data: Mapping[str, Any]) -> None:
    """Replace what the pages keep in a session."""
    officer_sessions.save(conn, session_id, data)


def end_session(conn: Connection, session_id: str) -> None:
    """End a session; its token opens nothing from the commit on."""
    officer_sessions.end(conn, session_id)


def sign_out(conn: Connection, session: Session, now: datetime) -> None:
    """End a session because its officer said so, and write that down."""
    officer_sessions.end(conn, session.id)
    who = session.officer
    audit.add(conn, now, action="signed_out", office=who.office, officer_id=who.id)


def set_language(conn: Connection, officer_id: str, language: str) -> None:
    """Keep the language an officer chose for the pages."""
    officers.set_language(conn, officer_id, language)


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
