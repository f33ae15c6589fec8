"""The outbox: every SMS is a row before it is a request; reports that came before our commit."""

from __future__ import annotations

from sqlalchemy import Boolean, CheckConstraint, Column, Index, Integer, Table, Text, Uuid
from sqlalchemy import text as sql

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

messages = Table(
    "messages",
    metadata,
    identity(),
    office(),
    reference("request_id", "card_requests.id", nullable=True),
    text("lane"),
    text("template"),
    text("language"),
    text("params_sealed"),
    text("phone_sealed"),
    text("phone_index"),
    text("dedupe_key", unique=True),
    text("status", server_default="queued"),
    moment("not_before"),
    maybe_moment("expires_at"),
    Column("attempts", Integer, nullable=False, server_default="0"),
    maybe_moment("lease_until"),
    Column("claim_id", Uuid(as_uuid=False), nullable=True),
    maybe_text("gateway"),
    maybe_text("gateway_id"),
    Column("segments", Integer, nullable=True),
    maybe_text("cost"),
    maybe_text("reason"),
    reference("resent_of", "messages.id", nullable=True),
    moment("created_at"),
    moment("updated_at"),
    maybe_moment("sent_at"),
    maybe_moment("final_at"),
    CheckConstraint("lane in ('urgent', 'bulk')", name="lane"),
)

# The due query reads this small index: only rows that wait are in it.
Index(
    "ix_messages_due",
    messages.c.lane,
    messages.c.not_before,
    postgresql_where=sql("status = 'queued'"),
)
Index(
    "ix_messages_leased",
    messages.c.status,
    messages.c.lease_until,
    postgresql_where=sql("status in ('claimed', 'sending')"),
)
Index(
    "ix_messages_unknown",
    messages.c.updated_at,
    postgresql_where=sql("status = 'unknown'"),
)
# Weekly SMS that never left, of which there are few: what they would have told waits again.
Index(
    "ix_messages_stale_digests",
    messages.c.id,
    postgresql_where=sql("template = 'digest' and status = 'expired' and sent_at is null"),
)
# Not unique: gateways do repeat ids.
Index("ix_messages_gateway_gateway_id", messages.c.gateway, messages.c.gateway_id)
Index("ix_messages_request_id", messages.c.request_id)
Index("ix_messages_phone_index_created_at", messages.c.phone_index, messages.c.created_at)
Index("ix_messages_office_created_at", messages.c.office, messages.c.created_at)

delivery_reports = Table(
    "delivery_reports",
    metadata,
    Column("gateway", Text, primary_key=True),
    Column("gateway_id", Text, primary_key=True),
    Column("phone_index", Text, primary_key=True, server_default=""),
    Column("raw_status", Text, primary_key=True, doc="the gateway's own word"),
    text("status", doc="ours; '' when the word is new to us"),
    maybe_text("raw_reason"),
    moment("received_at"),
    maybe_moment("applied_at"),
)

Index(
    "ix_delivery_reports_waiting",
    delivery_reports.c.received_at,
    postgresql_where=sql("applied_at is null"),
)

optouts = Table(
    "optouts",
    metadata,
    Column("phone_index", Text, primary_key=True),
    moment("at"),
    text("source", doc="the gateway that told us, or desk"),
)

sending_pauses = Table(
    "sending_pauses",
    metadata,
    Column("only_one", Boolean, primary_key=True, server_default=sql("true")),
    text("why"),
    moment("since"),
    CheckConstraint("only_one", name="only_one"),
)
