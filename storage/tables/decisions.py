"""What officers decided, and how it stood before: what taking a decision back needs."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, Table, Uuid
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

from storage.tables.naming import (
    identity,
    maybe_moment,
    metadata,
    moment,
    office,
    reference,
    text,
)

decisions = Table(
    "decisions",
    metadata,
    identity(),
    reference("request_id", "card_requests.id"),
    office(),
    reference("officer_id", "officers.id"),
    text("move", doc="as services.cards.counter calls it: refuse"),
    Column("version", Integer, nullable=False, doc="what it made of the request's"),
    Column("concerned", ARRAY(Uuid(as_uuid=False)), nullable=False, doc="requests it changed"),
    Column("before", JSONB, nullable=False, doc="how they stood; no NIK, no phone"),
    moment("made_at"),
    moment("until"),
    maybe_moment("undone_at"),
)

Index("ix_decisions_request_id_version", decisions.c.request_id, decisions.c.version)
# Few are younger than ten seconds: who asks about them reads these alone.
Index("ix_decisions_until", decisions.c.until)
