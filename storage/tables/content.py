"""What an office tells and offers: its own answers, fairs and trainings, other services."""

from __future__ import annotations

from sqlalchemy import Boolean, CheckConstraint, Column, Date, Index, Integer, Table, Text
from sqlalchemy import UniqueConstraint as Unique
from sqlalchemy import text as sql

from storage.tables.naming import (
    identity,
    metadata,
    moment,
    office,
    reference,
    text,
)

answers = Table(
    "answers",
    metadata,
    office(primary_key=True),
    Column("key", Text, primary_key=True, doc="of a shipped answer, or of one of the office's own"),
    Column("language", Text, primary_key=True),
    text("title"),
    text("text"),
    text("asked", server_default="", doc="ways to ask, a line each; those of Indonesian count"),
    Column("hidden", Boolean, nullable=False, server_default=sql("false")),
    Column("version", Integer, nullable=False, server_default="1"),
    moment("updated_at"),
)

events = Table(
    "events",
    metadata,
    identity(),
    office(),
    text("kind"),
    text("title"),
    text("venue"),
    Column("day", Date, nullable=False),
    text("hour"),
    Column("seats", Integer, nullable=True, doc="null: everybody may come"),
    Column("sign_up_until", Date, nullable=True, doc="null: nobody has to sign up"),
    text("details", server_default=""),
    text("state", server_default="draft"),
    Column("version", Integer, nullable=False, server_default="1"),
    moment("created_at"),
    moment("updated_at"),
    CheckConstraint("kind in ('fair', 'training')", name="kind"),
    CheckConstraint("state in ('draft', 'published', 'closed')", name="state"),
    CheckConstraint("seats is null or seats > 0", name="seats"),
)
Index("ix_events_office_day", events.c.office, events.c.day)

sign_ups = Table(
    "sign_ups",
    metadata,
    identity(),
    office(),
    reference("event_id", "events.id"),
    text("name"),
    text("name_folded"),
    text("phone_sealed"),
    text("phone_index"),
    text("phone_last4"),
    text("language"),
    text("state", server_default="new"),
    reference("officer_id", "officers.id", nullable=True),
    Column("version", Integer, nullable=False, server_default="1"),
    moment("created_at"),
    moment("updated_at"),
    CheckConstraint("state in ('new', 'accepted', 'declined', 'withdrawn')", name="state"),
    Unique("event_id", "phone_index", "name_folded"),
)

service_types = Table(
    "service_types",
    metadata,
    identity(),
    office(),
    text("name"),
    text("papers", doc="keys of domain terms or an office's own words, with commas"),
    text("note", server_default="", doc="what else has to be known"),
    text("open", doc="weekdays and hours: 1-5 08:00-12:00"),
    text("hours", doc="hours that can be booked, with commas: 08:00,09:00"),
    Column("hour_quota", Integer, nullable=False),
    Column("ahead_days", Integer, nullable=False),
    text("state", server_default="off"),
    Column("version", Integer, nullable=False, server_default="1"),
    moment("updated_at"),
    CheckConstraint("state in ('off', 'told', 'booked')", name="state"),
    CheckConstraint("hour_quota >= 0", name="hour_quota"),
    Unique("office", "name"),
)

service_slots = Table(
    "service_slots",
    metadata,
    reference("service_id", "service_types.id", primary_key=True),
    Column("day", Date, primary_key=True),
    Column("hour", Text, primary_key=True, doc="local: 09:00"),
    Column("capacity", Integer, nullable=False),
    Column("taken", Integer, nullable=False, server_default="0"),
    CheckConstraint("taken >= 0 and taken <= capacity", name="taken"),
)

service_visits = Table(
    "service_visits",
    metadata,
    identity(),
    office(),
    reference("service_id", "service_types.id"),
    text("name"),
    text("phone_sealed"),
    text("phone_index"),
    text("phone_last4"),
    text("language"),
    Column("day", Date, nullable=False),
    text("hour"),
    text("state", server_default="booked"),
    reference("officer_id", "officers.id", nullable=True),
    Column("version", Integer, nullable=False, server_default="1"),
    moment("created_at"),
    moment("updated_at"),
    CheckConstraint("state in ('booked', 'came', 'absent', 'withdrawn')", name="state"),
)
# A phone has one visit of a kind before it: whoever asks again hears of that one.
Index(
    "uq_service_visits_booked",
    service_visits.c.service_id,
    service_visits.c.phone_index,
    unique=True,
    postgresql_where=sql("state = 'booked'"),
)
Index("ix_service_visits_office_day", service_visits.c.office, service_visits.c.day)
