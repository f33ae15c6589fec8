"""Callers by the keyed index of their phone: which language they speak, and since when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select
from sqlalchemy.dialects.postgresql import insert

from storage import rows
from storage.tables import callers


@dataclass(frozen=True, slots=True)
class Caller:
    """One phone number that called. `phone_sealed` opens at `places.caller_phone`."""

    phone_index: str
    phone_sealed: str
    language: str
    last_seen_at: datetime


def get(conn: Connection, phone_index: str) -> Caller | None:
    """Return what is known of a number, None when it never said anything."""
    return rows.one(conn, select(callers).where(callers.c.phone_index == phone_index), Caller)


def seen(
    conn: Connection, phone_index: str, phone_sealed: str, language: str, now: datetime
) -> None:
    """Remember a number with its language, told `now`; an earlier one is overwritten."""
    values = {"language": language, "last_seen_at": now, "phone_sealed": phone_sealed}
    statement = insert(callers).values(phone_index=phone_index, **values)
    conn.execute(statement.on_conflict_do_update(index_elements=["phone_index"], set_=values))
