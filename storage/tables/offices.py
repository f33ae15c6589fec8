"""Offices, the days they are closed, and the slots they offer."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, Date, Integer, Table, Text
from sqlalchemy.dialects.postgresql import JSONB

from storage.tables.naming import maybe_text, metadata, office, text

offices = Table(
    "offices",
    metadata,
    Column("code", Text, primary_key=True, doc="regency code, 32.10"),
    text("name"),
    text("place", doc="short name that fits a screen: Disnaker Majalengka"),
    text("regency"),
    text("address"),
    text("counter", doc="where in the building: loket 2"),
    text("phone"),
    text("open", doc="weekdays and hours: 1-5 08:00-15:00"),
    text("zone", doc="WIB, WITA or WIT"),
    Column("hours", JSONB, nullable=False, doc='hours that can be booked: ["08:00", ...]'),
    Column("daily_quota", Integer, nullable=False),
    Column("hour_quota", Integer, nullable=False),
    Column("ahead_days", Integer, nullable=False),
    Column("minimum_age", Integer, nullable=False),
    text("card_source", doc="own: we number; external: the number is typed"),
    text("card_pattern"),
    text("papers", doc="keys of domain terms: ktp,diploma,photo2"),
    maybe_text("sms_sender"),
    text(
        "callback_windows",
        server_default="09:00-11:00,13:00-15:00",
        doc="when people are rung back, local",
    ),
    Column("callback_daily", Integer, nullable=False, server_default="0", doc="0: never offered"),
    CheckConstraint("callback_daily >= 0", name="callback_daily"),
    CheckConstraint("daily_quota >= 0 and hour_quota >= 0", name="quotas"),
    CheckConstraint("card_source in ('own', 'external')", name="card_source"),
    CheckConstraint("zone in ('WIB', 'WITA', 'WIT')", name="zone"),
)

holidays = Table(
    "holidays",
    metadata,
    office(primary_key=True),
    Column("day", Date, primary_key=True),
    text("name"),
)

slots = Table(
    "slots",
    metadata,
    office(primary_key=True),
    Column("day", Date, primary_key=True),
    Column("hour", Text, primary_key=True, doc="local: 09:00"),
    Column("capacity", Integer, nullable=False),
    Column("taken", Integer, nullable=False, server_default="0"),
    CheckConstraint("taken >= 0 and taken <= capacity", name="taken"),
)
