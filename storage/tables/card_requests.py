"""Card requests (one per person and card) and the short claims of officers at work on them."""

from __future__ import annotations

from sqlalchemy import Boolean, CheckConstraint, Column, Date, Index, Integer, Table, func
from sqlalchemy import text as sql

from domain.card import LIVE
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

# A change of LIVE needs a migration: their words stand in the index below.
_LIVE = ", ".join(f"'{state}'" for state in sorted(LIVE))

card_requests = Table(
    "card_requests",
    metadata,
    identity(),
    office(),
    text("code", unique=True),
    text("state"),
    reference("contested_with", "card_requests.id", nullable=True),
    text("nik_sealed"),
    text("nik_index"),
    Column("born", Date, nullable=False),
    text("sex"),
    text("call_name"),
    text("call_name_folded"),
    maybe_text("full_name"),
    maybe_text("full_name_folded"),
    maybe_text("phone_sealed"),
    maybe_text("phone_index"),
    maybe_text("phone_last4"),
    text("home", doc="district code, 32.10.11"),
    text("language"),
    Column("day", Date, nullable=True),
    maybe_text("hour"),
    Column("holds_slot", Boolean, nullable=False, server_default=sql("false")),
    maybe_text("missing"),
    maybe_text("reason"),
    maybe_moment("seen_ktp_at"),
    Column("version", Integer, nullable=False, server_default="1"),
    text("gateway"),
    moment("created_at"),
    moment("updated_at"),
    maybe_moment("came_at"),
    maybe_moment("signed_at"),
    maybe_moment("ready_at"),
    maybe_moment("issued_at"),
    Column("expires_on", Date, nullable=True),
    Column("next_report_on", Date, nullable=True),
    maybe_moment("phone_silent_at"),
    maybe_moment("phone_since"),
    Column("needs_help", Boolean, nullable=False, server_default=sql("false")),
    CheckConstraint("sex in ('M', 'F')", name="sex"),
    CheckConstraint("not holds_slot or (day is not null and hour is not null)", name="slot"),
    CheckConstraint("contested_with is null or contested_with <> id", name="contested"),
)

# One person, one live request: the promise that no race at the keypad can break.
Index(
    "uq_card_requests_live_nik",
    card_requests.c.nik_index,
    unique=True,
    postgresql_where=sql(f"contested_with is null and state in ({_LIVE})"),
)
Index("ix_card_requests_nik_index", card_requests.c.nik_index)
Index("ix_card_requests_phone_index", card_requests.c.phone_index)
Index("ix_card_requests_contested_with", card_requests.c.contested_with)
Index(
    "ix_card_requests_office_state_day",
    card_requests.c.office,
    card_requests.c.state,
    card_requests.c.day,
)
Index("ix_card_requests_office_last4", card_requests.c.office, card_requests.c.phone_last4)
# text_pattern_ops lets LIKE 'siti%' use the index under any collation.
Index(
    "ix_card_requests_office_call_name",
    card_requests.c.office,
    card_requests.c.call_name_folded,
    postgresql_ops={"call_name_folded": "text_pattern_ops"},
)
Index(
    "ix_card_requests_office_full_name",
    card_requests.c.office,
    card_requests.c.full_name_folded,
    postgresql_ops={"full_name_folded": "text_pattern_ops"},
)
Index(
    "ix_card_requests_phone_since",
    card_requests.c.office,
    func.coalesce(card_requests.c.phone_since, card_requests.c.created_at),
    postgresql_where=sql("phone_index is not null and phone_silent_at is null"),
)
Index("ix_card_requests_office_came_at", card_requests.c.office, card_requests.c.came_at)
Index("ix_card_requests_next_report_on", card_requests.c.next_report_on)
Index("ix_card_requests_expires_on", card_requests.c.expires_on)

case_claims = Table(
    "case_claims",
    metadata,
    reference("request_id", "card_requests.id", primary_key=True),
    office(),
    reference("officer_id", "officers.id"),
    moment("until"),
)
