"""What a person's page tells of SMS: each with all that its gateway reported, and what came in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, and_, or_, select

from storage import rows
from storage.tables import delivery_reports, incoming_messages, messages


@dataclass(frozen=True, slots=True, kw_only=True)
class SentMessage:
    """One SMS to a person, without its words and its number. `resent`: a later row repeats it."""

    id: str
    template: str
    status: str
    segments: int | None
    reason: str | None
    created_at: datetime
    updated_at: datetime
    sent_at: datetime | None
    final_at: datetime | None
    expires_at: datetime | None
    resent_of: str | None
    resent: bool


@dataclass(frozen=True, slots=True)
class Report:
    """What a gateway reported of one SMS; `status` is "" for a word that is new to us."""

    message_id: str
    at: datetime
    status: str
    raw_status: str
    raw_reason: str | None


@dataclass(frozen=True, slots=True)
class Letter:
    """One SMS from a person, without its words."""

    at: datetime
    kind: str


def messages_of(conn: Connection, request_id: str, limit: int) -> list[SentMessage]:
    """Return the last SMS about a request, newest first."""
    later = messages.alias()
    resent = select(later.c.id).where(later.c.resent_of == messages.c.id).exists()
    names = [name for name in SentMessage.__slots__ if name != "resent"]
    columns = (*(messages.c[name] for name in names), resent.label("resent"))
    query = select(*columns).where(messages.c.request_id == request_id)
    newest = query.order_by(messages.c.created_at.desc(), messages.c.id)
    return rows.every(conn, newest.limit(limit), SentMessage)


def reports_of(conn: Connection, request_id: str) -> list[Report]:
    """Return what gateways reported of the SMS about a request, oldest first."""
    same = and_(
        delivery_reports.c.gateway == messages.c.gateway,
        delivery_reports.c.gateway_id == messages.c.gateway_id,
        or_(
            delivery_reports.c.phone_index == "",
            delivery_reports.c.phone_index == messages.c.phone_index,
        ),
    )
    query = (
        select(
            messages.c.id.label("message_id"),
            delivery_reports.c.received_at.label("at"),
            delivery_reports.c.status,
            delivery_reports.c.raw_status,
            delivery_reports.c.raw_reason,
        )
        .join_from(messages, delivery_reports, same)
        .where(messages.c.request_id == request_id)
        .order_by(delivery_reports.c.received_at, delivery_reports.c.raw_status)
    )
    return rows.every(conn, query, Report)


def letters_of(conn: Connection, request_id: str, limit: int) -> list[Letter]:
    """Return the last SMS that came in about a request, newest first."""
    columns = (incoming_messages.c.received_at.label("at"), incoming_messages.c.kind)
    query = select(*columns).where(incoming_messages.c.request_id == request_id)
    newest = query.order_by(incoming_messages.c.received_at.desc(), incoming_messages.c.id)
    return rows.every(conn, newest.limit(limit), Letter)
