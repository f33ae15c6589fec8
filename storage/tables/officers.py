"""Officers, their server-side sessions, and the audit of what was done."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, CheckConstraint, Column, Identity, Index, Table
from sqlalchemy import text as sql
from sqlalchemy.dialects.postgresql import JSONB

from storage.tables.naming import identity, metadata, moment, office, reference, text

officers = Table(
    "officers",
    metadata,
    identity(),
    office(),
    text("email", unique=True, doc="folded to lower case"),
    text("name"),
    text("password_hash"),
    text("role"),
    Column("active", Boolean, nullable=False, server_default=sql("true")),
    text("language", server_default="id"),
    moment("created_at"),
    CheckConstraint("role in ('officer', 'head', 'admin')", name="role"),
)

officer_sessions = Table(
    "officer_sessions",
    metadata,
    identity(),
    text("token_hash", unique=True, doc="SHA-256 of the cookie's token; never the token"),
    reference("officer_id", "officers.id"),
    Column("data", JSONB, nullable=False, server_default=sql("'{}'::jsonb")),
    moment("created_at"),
    moment("seen_at"),
    moment("expires_at"),
)

audit = Table(
    "audit",
    metadata,
    Column("id", BigInteger, Identity(), primary_key=True),
    moment("at"),
    office(nullable=True),
    reference("officer_id", "officers.id", nullable=True),
    text("action"),
    reference("request_id", "card_requests.id", nullable=True),
    Column(
        "details",
        JSONB,
        nullable=False,
        server_default=sql("'{}'::jsonb"),
        doc="never personal data",
    ),
)

Index("ix_officer_sessions_officer_id", officer_sessions.c.officer_id)
Index("ix_officer_sessions_expires_at", officer_sessions.c.expires_at)
Index("ix_audit_request_id", audit.c.request_id)
Index("ix_audit_office_at", audit.c.office, audit.c.at)
# What callers did themselves, counted on the desk's front page of lists.
Index(
    "ix_audit_without_officer",
    audit.c.office,
    audit.c.at,
    postgresql_where=sql("officer_id is null"),
)
