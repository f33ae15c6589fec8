"""Offices: who serves which regency, when, and how many people a day."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass

from sqlalchemy import Connection, func, select, update
from sqlalchemy.dialects.postgresql import insert

from storage import rows
from storage.tables import offices


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """One office, as its people set it.

    `code` is the regency's ("32.10"), `open` weekdays and hours ("1-5 08:00-15:00", 1 = Monday),
    `hours` those that can be booked ("08:00"), `papers` keys of terms ("ktp,diploma,photo2"),
    `callback_windows` when people are rung back and `callback_daily` how many a day, 0 for never.
    """

    code: str
    name: str
    place: str
    regency: str
    address: str
    counter: str
    phone: str
    open: str
    zone: str
    hours: tuple[str, ...]
    daily_quota: int
    hour_quota: int
    ahead_days: int
    minimum_age: int
    card_source: str
    card_pattern: str
    papers: str
    sms_sender: str | None = None
    callback_windows: str = "09:00-11:00,13:00-15:00"
    callback_daily: int = 0

    def __post_init__(self) -> None:
        # JSON knows lists only.
        object.__setattr__(self, "hours", tuple(self.hours))


def get(conn: Connection, code: str) -> Office | None:
    """Return the office of a regency, None when it is not served."""
    return rows.one(conn, select(offices).where(offices.c.code == code), Office)


def every(conn: Connection) -> list[Office]:
    """Return all offices, by code."""
    return rows.every(conn, select(offices).order_by(offices.c.code), Office)


def lowest_age(conn: Connection, codes: Collection[str]) -> int | None:
    """Return the lowest age at which one of these offices gives a card; None for no office."""
    query = select(func.min(offices.c.minimum_age)).where(offices.c.code.in_(codes))
    return conn.execute(query).scalar()


def add(conn: Connection, office: Office) -> bool:
    """Insert an office; False when its code is there already, which is then left as it was."""
    statement = insert(offices).values(asdict(office)).on_conflict_do_nothing()
    return conn.execute(statement.returning(offices.c.code)).first() is not None


def change(conn: Connection, code: str, facts: Mapping[str, object]) -> None:
    """Set these columns of an office."""
    conn.execute(update(offices).where(offices.c.code == code).values(facts))
