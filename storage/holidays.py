"""The days on which an office is closed; each office edits its own."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Connection, delete, select
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


def remove(conn: Connection, office: str, day: date) -> bool:
    """Open on a day after all; False when it was not closed."""
    statement = delete(holidays).where(holidays.c.office == office, holidays.c.day == day)
    return conn.execute(statement.returning(holidays.c.day)).first() is not None


def coming(conn: Connection, office: str, first: date) -> list[tuple[date, str]]:
    """Return the office's closed days from `first` on, with their names, the soonest first."""
    query = select(holidays.c.day, holidays.c.name).where(
        holidays.c.office == office, holidays.c.day >= first
    )
    return [(day, name) for day, name in conn.execute(query.order_by(holidays.c.day))]
