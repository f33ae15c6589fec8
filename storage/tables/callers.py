"""Callers by the index of their phone: language, consent to alerts, drafts, counted attempts."""

from __future__ import annotations

from sqlalchemy import BigInteger, CheckConstraint, Column, Identity, Index, Table, Text
from sqlalchemy.dialects.postgresql import ARRAY

from storage.tables.naming import (
    maybe_moment,
    maybe_text,
    metadata,
    moment,
    office,
    reference,
    text,
)

callers = Table(
    "callers",
    metadata,
    Column("phone_index", Text, primary_key=True),
    text("phone_sealed"),
    text("language"),
    moment("last_seen_at"),
)

alert_profiles = Table(
    "alert_profiles",
    metadata,
    reference("request_id", "card_requests.id", primary_key=True),
    office(),
    moment("consented_at"),
    maybe_text("education"),
    maybe_text("sector"),
    maybe_text("reach"),
    maybe_moment("withdrawn_at"),
    Column("sectors", ARRAY(Text), nullable=True, doc="up to three; `sector` is the first"),
    text("pace", server_default="weekly"),
    CheckConstraint("pace in ('weekly', 'now')", name="pace"),
)

drafts = Table(
    "drafts",
    metadata,
    Column("phone_index", Text, primary_key=True),
    text("sealed"),
    text("state_flow"),
    text("book"),
    moment("saved_at"),
    maybe_text("phone_sealed"),  # of who registers, once his NIK is known
    maybe_moment("told_at"),  # when this number last heard by SMS that it can go on
)

attempts = Table(
    "attempts",
    metadata,
    Column("id", BigInteger, Identity(), primary_key=True),
    text("kind"),
    text("key_index"),
    moment("at"),
)

Index("ix_drafts_saved_at", drafts.c.saved_at)
Index("ix_attempts_kind_key_index_at", attempts.c.kind, attempts.c.key_index, attempts.c.at)
# How often a kind is missed by anybody: somebody may be guessing from many numbers.
Index("ix_attempts_kind_at", attempts.c.kind, attempts.c.at)
