"""Cards that were issued, and the running numbers they are taken from."""

from __future__ import annotations

from sqlalchemy import Column, Date, Integer, Table, UniqueConstraint

from storage.tables.naming import identity, metadata, office, reference, text

cards = Table(
    "cards",
    metadata,
    identity(),
    reference("request_id", "card_requests.id", unique=True),
    office(),
    text("number"),
    Column("issued_on", Date, nullable=False),
    Column("expires_on", Date, nullable=False),
    reference("officer_id", "officers.id"),
    UniqueConstraint("office", "number"),
)

card_sequences = Table(
    "card_sequences",
    metadata,
    office(primary_key=True),
    Column("day", Date, primary_key=True),
    Column("last", Integer, nullable=False, doc="the number given out last; no gaps"),
)
