"""What the dialogue leaves behind: calls made once, phone calls, their ends, books, the funnel."""

from __future__ import annotations

from sqlalchemy import Column, Date, Index, Integer, Table, Text

from storage.tables.naming import maybe_text, metadata, moment, reference, text

session_calls = Table(
    "session_calls",
    metadata,
    Column("gateway", Text, primary_key=True),
    Column("session_id", Text, primary_key=True),
    Column("position", Integer, primary_key=True, doc="answers consumed before the call"),
    Column("ordinal", Integer, primary_key=True, doc="several calls may follow one answer"),
    text("call"),
    maybe_text("result_sealed"),
    moment("at"),
)

books = Table(
    "books",
    metadata,
    Column("version", Text, primary_key=True, doc="hash of the content"),
    text("content"),
    moment("first_seen_at"),
)

funnel = Table(
    "funnel",
    metadata,
    Column("day", Date, primary_key=True),
    Column("office", Text, primary_key=True, doc="'' while the home is not known yet"),
    Column("flow", Text, primary_key=True),
    Column("state", Text, primary_key=True),
    Column("event", Text, primary_key=True),
    Column("language", Text, primary_key=True),
    Column("count", Integer, nullable=False),
)

session_ends = Table(
    "session_ends",
    metadata,
    Column("gateway", Text, primary_key=True),
    Column("session_id", Text, primary_key=True),
    text("status"),
    Column("duration_ms", Integer, nullable=True),
    Column("hops", Integer, nullable=True),
    moment("at"),
)

phone_calls = Table(
    "phone_calls",
    metadata,
    Column("gateway", Text, primary_key=True),
    Column("session_id", Text, primary_key=True),
    text("phone_index"),
    reference("request_id", "card_requests.id", nullable=True),
    text("language"),
    text("reached", doc="the state it stood at when it last asked the database: register.nik"),
    moment("began_at"),
    moment("last_at"),
)

Index("ix_session_calls_at", session_calls.c.at)
Index("ix_session_ends_at", session_ends.c.at)
Index("ix_phone_calls_began_at", phone_calls.c.began_at)
Index("ix_phone_calls_phone_index_began_at", phone_calls.c.phone_index, phone_calls.c.began_at)
Index("ix_phone_calls_request_id", phone_calls.c.request_id)
