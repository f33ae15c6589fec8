"""Slots: how many places of an office's hour are taken. The last place goes to one caller.

A row comes into being with its first taker, so an office's change of quota needs no clean-up.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from sqlalchemy import Connection, select, tuple_, update
from sqlalchemy.dialects.postgresql import insert

from storage.tables import slots


def taken(conn: Connection, office: str, first: date, last: date) -> dict[tuple[date, str], int]:
    """Return the people who hold a place, by (day, hour), from `first` to `last`."""
    query = select(slots.c.day, slots.c.hour, slots.c.taken).where(
        slots.c.office == office, slots.c.day.between(first, last)
    )
    return {(day, hour): count for day, hour, count in conn.execute(query)}


def take(conn: Connection, office: str, day: date, hour: str, capacity: int) -> bool:
    """Take one place of an hour that offers `capacity`; False when none is left.

    One statement: of all who ask at once, PostgreSQL lets one after the other through its row
    lock, and the condition is read again each time. The place is held when the transaction commits.
    """
    if capacity < 1:
        return False
    fresh = insert(slots).values(office=office, day=day, hour=hour, capacity=capacity, taken=1)
    statement = fresh.on_conflict_do_update(
        index_elements=["office", "day", "hour"],
        set_={"taken": slots.c.taken + 1, "capacity": fresh.excluded.capacity},
        where=slots.c.taken < fresh.excluded.capacity,
    )
    return conn.execute(statement.returning(slots.c.taken)).first() is not None


def hold(conn: Connection, office: str, places: Collection[tuple[date, str]]) -> None:
    """Lock those of an office's (day, hour) that were ever taken, in the order of time."""
    chosen = tuple_(slots.c.day, slots.c.hour).in_(places)
    query = select(slots.c.hour).where(slots.c.office == office, chosen)
    conn.execute(query.order_by(slots.c.day, slots.c.hour).with_for_update())


def release(conn: Connection, office: str, day: date, hour: str) -> None:
    """Give one place back; never below none."""
    of_hour = (slots.c.office == office, slots.c.day == day, slots.c.hour == hour)
    statement = update(slots).where(*of_hour, slots.c.taken > 0)
    conn.execute(statement.values(taken=slots.c.taken - 1))


def retake(conn: Connection, office: str, day: date, hour: str) -> bool:
    """Take back a place that was released just now; False when somebody else has it."""
    of_hour = (slots.c.office == office, slots.c.day == day, slots.c.hour == hour)
    statement = update(slots).where(*of_hour, slots.c.taken < slots.c.capacity)
    return conn.execute(statement.values(taken=slots.c.taken + 1)).rowcount == 1
