"""What happens to a card by phone: reports of its holder, and a number that is to change."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, Date, Index, Table, UniqueConstraint
from sqlalchemy import text as sql

from storage.tables.naming import (
    identity,
    maybe_text,
    metadata,
    moment,
    office,
    reference,
    text,
)

card_reports = Table(
    "card_reports",
    metadata,
    identity(),
    reference("request_id", "card_requests.id"),
    office(),
    Column("due_on", Date, nullable=False, doc="the report day it answers"),
    text("answer"),
    maybe_text("sector"),
    maybe_text("place"),
    moment("created_at"),
    moment("updated_at"),
    UniqueConstraint("request_id", "due_on"),
    CheckConstraint("answer in ('looking', 'employed', 'training')", name="answer"),
)

phone_changes = Table(
    "phone_changes",
    metadata,
    identity(),
    reference("request_id", "card_requests.id"),
    office(),
    text("phone_sealed"),
    text("phone_index"),
    text("phone_last4"),
    maybe_text("old_index"),
    text("language"),
    text("state", server_default="waiting"),
    moment("due_at"),
    moment("created_at"),
    moment("updated_at"),
    CheckConstraint("state in ('waiting', 'done', 'stopped')", name="state"),
)

Index(
    "uq_phone_changes_waiting",
    phone_changes.c.request_id,
    unique=True,
    postgresql_where=sql("state = 'waiting'"),
)
Index(
    "ix_phone_changes_due_at",
    phone_changes.c.due_at,
    postgresql_where=sql("state = 'waiting'"),
)
Index(
    "ix_phone_changes_old_index",
    phone_changes.c.old_index,
    postgresql_where=sql("state = 'waiting'"),
)
