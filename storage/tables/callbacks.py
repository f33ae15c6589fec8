"""People who asked to be rung back by their office: when it was promised, and what came of it."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, Date, Index, Integer, Table
from sqlalchemy import text as sql

from storage.tables.naming import identity, metadata, moment, office, reference, text

callback_requests = Table(
    "callback_requests",
    metadata,
    identity(),
    office(),
    reference("request_id", "card_requests.id", nullable=True),
    text("phone_sealed"),
    text("phone_index"),
    text("language"),
    text("gateway"),
    text("stuck_at", doc="the screen where it got hard: register.nik"),
    Column("day", Date, nullable=False),
    text("hours", doc="the promised window, local: 09:00-11:00"),
    text("state", server_default="asked"),
    Column("tries", Integer, nullable=False, server_default="0", doc="rung in vain"),
    reference("officer_id", "officers.id", nullable=True),
    Column("version", Integer, nullable=False, server_default="1"),
    moment("created_at"),
    moment("updated_at"),
    CheckConstraint("state in ('asked', 'called', 'reached', 'closed')", name="state"),
)

# One open promise per phone, whatever races at the keypad.
Index(
    "uq_callback_requests_open_phone",
    callback_requests.c.phone_index,
    unique=True,
    postgresql_where=sql("state in ('asked', 'called')"),
)
Index(
    "ix_callback_requests_office_day_hours",
    callback_requests.c.office,
    callback_requests.c.day,
    callback_requests.c.hours,
)
Index("ix_callback_requests_updated_at", callback_requests.c.updated_at)
Index("ix_callback_requests_request_id", callback_requests.c.request_id)
