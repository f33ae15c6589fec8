"""SMS that came in: one row each, however often the gateway tells of it."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, Index, Integer, Table, UniqueConstraint
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

incoming_messages = Table(
    "incoming_messages",
    metadata,
    identity(),
    text("gateway"),
    text("gateway_id"),
    text("sent_to", doc="our number or code that it was sent to"),
    text("phone_sealed"),
    text("phone_index"),
    maybe_text("phone_last4"),
    text("text_sealed"),
    text("kind"),
    text("state", server_default="new"),
    office(nullable=True),
    reference("request_id", "card_requests.id", nullable=True),
    reference("reply_id", "messages.id", nullable=True),
    reference("officer_id", "officers.id", nullable=True),
    Column("version", Integer, nullable=False, server_default="1"),
    moment("received_at"),
    moment("created_at"),
    moment("updated_at"),
    UniqueConstraint("gateway", "gateway_id"),
    CheckConstraint(
        "kind in ('status', 'help', 'stop', 'start', 'not_me', 'pick', 'register', 'free')",
        name="kind",
    ),
    CheckConstraint("state in ('new', 'read', 'answered', 'closed')", name="state"),
)

# The desk's list reads this small index: only what waits is in it.
Index(
    "ix_incoming_messages_waiting",
    incoming_messages.c.received_at,
    postgresql_where=sql("state in ('new', 'read')"),
)
Index(
    "ix_incoming_messages_phone_index_created_at",
    incoming_messages.c.phone_index,
    incoming_messages.c.created_at,
)
Index("ix_incoming_messages_request_id", incoming_messages.c.request_id)
