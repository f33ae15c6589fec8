"""Cadres: people of a village who register others from their own phone, and whom they helped."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, Index, Integer, Table
from sqlalchemy import text as sql

from storage.tables.naming import (
    identity,
    maybe_moment,
    metadata,
    moment,
    office,
    reference,
    text,
)

cadres = Table(
    "cadres",
    metadata,
    identity(),
    office(),
    text("name"),
    text("village", doc="as officers call it; plain words"),
    text("phone_sealed"),
    text("phone_index"),
    text("phone_last4"),
    text("pin_hash", doc="argon2id, as passwords"),
    Column("daily", Integer, nullable=False, doc="how many people he may register a day"),
    Column("missed", Integer, nullable=False, server_default="0", doc="wrong PINs in a row"),
    maybe_moment("locked_until"),
    text("state", server_default="active"),
    reference("officer_id", "officers.id", nullable=True),
    Column("version", Integer, nullable=False, server_default="1"),
    moment("created_at"),
    moment("updated_at"),
    CheckConstraint("state in ('active', 'ended')", name="state"),
    CheckConstraint("daily >= 0", name="daily"),
    CheckConstraint("missed >= 0", name="missed"),
)

# A phone speaks for one cadre at a time.
Index(
    "uq_cadres_active_phone",
    cadres.c.phone_index,
    unique=True,
    postgresql_where=sql("state = 'active'"),
)
Index("ix_cadres_office_state", cadres.c.office, cadres.c.state)

cadre_registrations = Table(
    "cadre_registrations",
    metadata,
    reference("request_id", "card_requests.id", primary_key=True),
    reference("cadre_id", "cadres.id"),
    moment("at"),
)
Index(
    "ix_cadre_registrations_cadre_id_at", cadre_registrations.c.cadre_id, cadre_registrations.c.at
)
