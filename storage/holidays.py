"""The days on which an office is closed; each office edits its own."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Connection, select
from sqlalchemy.dialects.postgresql import insert

from storage.tables import holidays


def between(conn: Connection, office: str, first: date, last: date) -> frozenset[date]:
    """Return the office's closed days from `first` to `last`, both included."""
    days = holidays.c.day
    query = select(days).where(holidays.c.office == office, days.between(first, last))
    return frozenset(conn.execute(query).scalars())


def add(conn: Connection, office: str, day: date, name: str) -> bool:
    """Close a day; False when it was closed already, its name then stays."""
    statement = insert(holidays).values(office=office, day=day, name=name)
    added = statement.on_conflict_do_nothing().returning(holidays.c.day)
    return conn.execute(added).first() is not None
