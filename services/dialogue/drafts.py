"""Drafts: an unfinished session kept for its phone, so that a caller who was cut off can go on.

A hop with a call writes the draft in the call's transaction. A hop without one leaves it in Redis,
marked, and the clock writes it behind; who dials before that brings it along.

Who was cut off at the question that begins a draft has none. For him a hint lies in Redis for a
day, unmarked: that he was cut off, and nothing of what he said. If it is lost he is asked as ever.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Connection

from menus.events import Screen
from menus.leaving import flow_left
from menus.session import Session
from services.dialogue.record import OtherPhone, Record
from storage import drafts, places, session_calls
from storage.database import Database
from storage.seen import Stored
from storage.sessions import Marked, RedisSessions
from storage.vault import Vault

LIVES: Final = timedelta(days=7)
HINT_LIVES: Final = timedelta(days=1)
CUT: Final = "cut"  # the fact that says so
_CALLS_LIVE: Final = timedelta(days=1)  # a session lasts minutes; its calls are of no use after
_AT_ONCE: Final = 500
_ROUNDS: Final = 20  # so that a flush comes to its end, whoever goes on typing


def seal(vault: Vault, phone: str, session: Session) -> str:
    """Seal a session as the draft of the phone with this index."""
    return vault.seal(session.to_json(), where=places.draft(phone))


def open_draft(vault: Vault, phone: str, sealed: str) -> Session:
    """Open what `seal` made; raise `Unsealable`, or ValueError for what no release wrote."""
    return Session.from_json(vault.open(sealed, where=places.draft(phone)))


def keep(  # noqa: PLR0913 - whose draft it is, and when
    conn: Connection,
    vault: Vault,
    phone: str,
    session: Session,
    at: datetime,
    *,
    number: str | None = None,
) -> None:
    """Write a session down as its phone's draft, unless a newer one is there.

    `number` is the phone's, where it may be told by SMS that it can go on.
    """
    drafts.keep(
        conn,
        phone_index=phone,
        sealed=seal(vault, phone, session),
        flow=flow_left(session),
        book=session.book,
        saved_at=at,
        phone_sealed=number and vault.seal(number, where=places.draft_phone(phone)),
    )


def catch_up(conn: Connection, vault: Vault, phone: str, stored: Stored) -> None:
    """Write down what Redis still holds for the phone, so that calls find it in PostgreSQL."""
    record = _left(stored, vault, phone)
    if record and record.session.saved:
        keep(conn, vault, phone, record.session, record.at)


def hint(vault: Vault, phone: str, record: Record) -> str:
    """Seal when this phone stood at a question with nothing saved yet, and nothing besides."""
    bare = Record("", Screen("", ends=False), Session(record.session.book), record.at)
    return bare.sealed(vault, phone)


def was_cut(vault: Vault, phone: str, stored: Stored, now: datetime) -> bool:
    """Say whether a hint of the last day lies where drafts wait for PostgreSQL."""
    record = _left(stored, vault, phone)
    return record is not None and not record.session.saved and record.at > now - HINT_LIVES


def flush(database: Database, vault: Vault, sessions: RedisSessions, now: datetime) -> int:
    """Write marked drafts behind; return how many waited. The clock's work.

    Raises SessionsDown or DatabaseDown; nothing is forgotten before it is committed.
    """
    written = 0
    for _ in range(_ROUNDS):
        waiting = sessions.marked(_AT_ONCE)
        _write_behind(database, vault, waiting, now)
        sessions.settle(waiting)
        written += len(waiting)
        if len(waiting) < _AT_ONCE:
            break
    return written


def sweep(conn: Connection, now: datetime) -> int:
    """Delete drafts of more than 7 days, and calls of sessions long over; return how many."""
    return drafts.drop_before(conn, now - LIVES) + session_calls.drop_before(
        conn, now - _CALLS_LIVE
    )


def _write_behind(
    database: Database, vault: Vault, waiting: Sequence[Marked], now: datetime
) -> None:
    if not waiting:
        return
    with database.begin() as conn:
        for marked in sorted(waiting, key=lambda draft: draft.phone):  # one order: no deadlock
            record = _left(Stored(0, marked.blob), vault, marked.phone)
            if record and record.session.saved and record.at >= now - LIVES:
                keep(conn, vault, marked.phone, record.session, record.at)


def _left(stored: Stored, vault: Vault, phone: str) -> Record | None:
    """Read what lies under a phone's own key; what is not its own there is rubbish, not theft."""
    try:
        return Record.opened(stored, vault, phone)
    except OtherPhone:
        return None
