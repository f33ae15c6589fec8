"""Tickets: complaints and requests about one's own data; and what was last asked by SMS."""

from __future__ import annotations

from sqlalchemy import Boolean, CheckConstraint, Column, Index, Integer, Table, Text, Uuid
from sqlalchemy.dialects.postgresql import ARRAY

from storage.tables.naming import (
    identity,
    maybe_moment,
    maybe_text,
    metadata,
    moment,
    office,
    reference,
    text,
)

tickets = Table(
    "tickets",
    metadata,
    identity(),
    office(),
    text("code", unique=True, doc="six digits, the last a check digit"),
    text("kind"),
    text("state", server_default="new"),
    reference("request_id", "card_requests.id", nullable=True),
    # No foreign key: a call back is forgotten sooner than what was complained of.
    Column("callback_id", Uuid(as_uuid=False), nullable=True),
    maybe_text("text_sealed"),
    text("phone_sealed"),
    text("phone_index"),
    text("phone_last4"),
    text("language"),
    text("gateway"),
    moment("due_at"),
    reference("officer_id", "officers.id", nullable=True),
    maybe_text("answer_sealed"),
    maybe_moment("answered_at"),
    Column("satisfied", Boolean, nullable=True),
    Column("reopened", Integer, nullable=False, server_default="0"),
    maybe_moment("forwarded_at"),
    Column("version", Integer, nullable=False, server_default="1"),
    moment("created_at"),
    moment("updated_at"),
    CheckConstraint("kind in ('complaint', 'data_copy', 'data_delete')", name="kind"),
    CheckConstraint("state in ('new', 'working', 'closed')", name="state"),
)

Index("ix_tickets_office_state_due_at", tickets.c.office, tickets.c.state, tickets.c.due_at)
Index("ix_tickets_phone_index_created_at", tickets.c.phone_index, tickets.c.created_at)
Index("ix_tickets_request_id", tickets.c.request_id)
Index("ix_tickets_updated_at", tickets.c.updated_at)

sms_questions = Table(
    "sms_questions",
    metadata,
    Column("phone_index", Text, primary_key=True),
    text("about", doc="who hears the answer: ticket"),
    Column("refs", ARRAY(Text), nullable=False, doc="what its digits stand for, in order"),
    moment("asked_at"),
)
Index("ix_sms_questions_asked_at", sms_questions.c.asked_at)
