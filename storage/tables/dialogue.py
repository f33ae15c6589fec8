"""What the dialogue leaves behind: calls made once, books of menus, sessions' ends, the funnel."""

from __future__ import annotations

from sqlalchemy import Column, Date, Index, Integer, Table, Text

from storage.tables.naming import maybe_text, metadata, moment, text

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

Index("ix_session_calls_at", session_calls.c.at)
Index("ix_session_ends_at", session_ends.c.at)
