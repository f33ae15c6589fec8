"""Days booked for services besides the card, and the places of each hour."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Text, cast, delete, exists, func, select, update
from sqlalchemy.dialects.postgresql import insert

from storage import rows
from storage.tables import messages, service_slots, service_types, service_visits

__all__ = [
    "Expected",
    "Visit",
    "add",
    "booked_of",
    "change",
    "close_over",
    "count_from",
    "drop_before",
    "expected",
    "forget_phone",
    "get",
    "give_back",
    "reminder_key",
    "take",
    "taken",
    "to_remind",
]

_of = service_visits.c
_slot = service_slots.c


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """One person's day for one service; `phone_sealed` opens at `places.visit_phone`.

    `hour` is local ("09:00"); `state` is booked, came, absent or withdrawn.
    """

    id: str
    office: str
    service_id: str
    name: str
    phone_sealed: str
    phone_index: str
    phone_last4: str
    language: str
    day: date
    hour: str
    state: str = "booked"
    officer_id: str | None = None
    version: int = 1
    created_at: datetime
    updated_at: datetime


@dataclass(frozen=True, slots=True)
class Expected:
    """One line of the desk's list."""

    id: str
    service: str
    name: str
    phone_last4: str
    day: date
    hour: str
    state: str
    version: int


def add(conn: Connection, visit: Visit) -> None:
    """Insert a visit; IntegrityError when the phone has one for this service before it."""
    conn.execute(insert(service_visits).values(asdict(visit)))


def change(
    conn: Connection, visit_id: str, version: int, values: Mapping[str, Any], now: datetime
) -> bool:
    """Change a visit that still is at `version`, which grows by one; False: it is not."""
    as_seen = (_of.id == visit_id, _of.version == version)
    changed = {**values, "version": version + 1, "updated_at": now}
    return conn.execute(update(service_visits).where(*as_seen).values(changed)).rowcount == 1


def get(conn: Connection, visit_id: str, office: str) -> Visit | None:
    """Return a visit of an office; None when it has none by that id."""
    query = select(service_visits).where(_of.id == visit_id, _of.office == office)
    return rows.one(conn, query, Visit)


def booked_of(conn: Connection, service_id: str, phone_index: str, today: date) -> Visit | None:
    """Return the visit that a phone has before it, locked; one that is over counts no more."""
    mine = (_of.service_id == service_id, _of.phone_index == phone_index)
    query = select(service_visits).where(*mine, _of.state == "booked", _of.day >= today)
    return rows.one(conn, query.with_for_update(), Visit)


def close_over(conn: Connection, service_id: str, phone_index: str, today: date) -> None:
    """Write down that a phone's earlier visit was missed, so that it may book another."""
    mine = (_of.service_id == service_id, _of.phone_index == phone_index)
    over = (_of.state == "booked", _of.day < today)
    conn.execute(update(service_visits).where(*mine, *over).values(state="absent"))


def expected(conn: Connection, office: str, first: date, limit: int) -> list[Expected]:
    """Return who comes to an office from a day on, the soonest first."""
    columns = (_of[name] for name in Expected.__slots__ if name != "service")
    query = (
        select(*columns, service_types.c.name.label("service"))
        .join_from(service_visits, service_types, service_types.c.id == _of.service_id)
        .where(_of.office == office, _of.day >= first, _of.state != "withdrawn")
        .order_by(_of.day, _of.hour, _of.created_at)
    )
    return rows.every(conn, query.limit(limit), Expected)


def reminder_key(visit_id: str) -> str:
    """Return the key by which the outbox knows the reminder of a visit."""
    return f"visit:{visit_id}:reminder"


def to_remind(
    conn: Connection, office: str, day: date, before: datetime, limit: int
) -> list[Visit]:
    """Return visits of a day that stood before a moment, not reminded of yet; locked."""
    theirs = func.concat("visit:", cast(_of.id, Text), ":reminder")
    told = exists().where(messages.c.dedupe_key == theirs)
    stands = (_of.office == office, _of.day == day, _of.state == "booked", _of.updated_at <= before)
    query = select(service_visits).where(*stands, ~told).order_by(_of.hour, _of.id).limit(limit)
    return rows.every(conn, query.with_for_update(skip_locked=True), Visit)


def count_from(conn: Connection, office: str, first: date) -> int:
    """Count what `expected` would return without a limit."""
    here = (_of.office == office, _of.day >= first, _of.state != "withdrawn")
    return int(conn.execute(select(func.count()).where(*here)).scalar_one())


def taken(
    conn: Connection, service_id: str, first: date, last: date
) -> dict[tuple[date, str], int]:
    """Count the places taken by (day, hour), from `first` to `last`."""
    query = select(_slot.day, _slot.hour, _slot.taken)
    within = (_slot.service_id == service_id, _slot.day.between(first, last))
    return {(day, hour): count for day, hour, count in conn.execute(query.where(*within))}


def take(conn: Connection, service_id: str, day: date, hour: str, capacity: int) -> bool:
    """Take one place of an hour; False when none is left.  The last one goes to one caller."""
    row = {"service_id": service_id, "day": day, "hour": hour, "capacity": capacity, "taken": 1}
    first = insert(service_slots).values(row)
    more = first.on_conflict_do_update(
        index_elements=["service_id", "day", "hour"],
        set_={"capacity": capacity, "taken": _slot.taken + 1},
        where=_slot.taken < capacity,
    )
    return conn.execute(more.returning(_slot.taken)).first() is not None


def give_back(conn: Connection, visit: Visit) -> None:
    """Free the place of a visit that will not be."""
    here = (_slot.service_id == visit.service_id, _slot.day == visit.day, _slot.hour == visit.hour)
    left = update(service_slots).where(*here, _slot.taken > 0)
    conn.execute(left.values(taken=_slot.taken - 1))


def forget_phone(conn: Connection, phone_index: str) -> int:
    """Delete the visits of a number that is somebody else's now, or wants to be forgotten.

    Nobody else could call them off: their places are free again.
    """
    theirs = _of.phone_index == phone_index
    booked = select(service_visits).where(theirs, _of.state == "booked")
    for visit in rows.every(conn, booked.with_for_update(), Visit):
        give_back(conn, visit)
    return conn.execute(delete(service_visits).where(theirs)).rowcount


def drop_before(conn: Connection, before: date) -> int:
    """Delete visits and places of days before one; return how many visits went."""
    conn.execute(delete(service_slots).where(_slot.day < before))
    return conn.execute(delete(service_visits).where(_of.day < before)).rowcount
