"""Whom to remind of a visit: asked of the tables at once, so that nobody is reminded twice."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Connection, Text, cast, exists, func, select

from domain.card import State
from sms.message import Status
from storage.tables import card_requests, messages

__all__ = ["due", "due_reports", "key", "report_key"]

_of = card_requests.c


def key(request_id: str, day: date, version: int) -> str:
    """Return the key by which the outbox knows the reminder of a visit, and of which promise."""
    return f"{request_id}:{day}:reminder:{version}"


def report_key(request_id: str, window: date | None) -> str:
    """Return the key by which the outbox knows the reminder of a report window."""
    return f"{request_id}:{window}:report"


def due_reports(conn: Connection, office: str, since: date, limit: int) -> list[str]:
    """Return holders whose report is due and who were not reminded of this window yet.

    Not those whose window began before `since`: who is too late would stand in front for ever.
    """
    theirs = func.concat(cast(_of.id, Text), ":", cast(_of.next_report_on, Text), ":report")
    query = (
        select(_of.id)
        .where(
            _of.office == office,
            _of.state == State.REPORT_DUE,
            _of.next_report_on >= since,
            _of.phone_sealed.is_not(None),
            ~exists().where(messages.c.dedupe_key == theirs),
        )
        .order_by(_of.next_report_on, _of.id)
        .limit(limit)
    )
    return list(conn.scalars(query))


def due(conn: Connection, office: str, day: date, before: datetime, limit: int) -> list[str]:
    """Return requests with a visit on `day`, unchanged since `before`, not reminded of that day.

    Contested ones too: their phones were promised a day like any other. A reminder that was taken
    back before it left told nobody.
    """
    theirs = func.concat(cast(_of.id, Text), f":{day}:reminder")
    reminded = (
        messages.c.request_id == _of.id,
        messages.c.template == "reminder",
        messages.c.status != Status.CANCELLED.value,
        messages.c.dedupe_key.startswith(theirs),
    )
    query = (
        select(_of.id)
        .where(
            _of.office == office,
            _of.state.in_((State.REQUESTED, State.BOOKED)),
            _of.day == day,
            _of.phone_sealed.is_not(None),
            _of.updated_at <= before,
            ~exists().where(*reminded),
        )
        .order_by(_of.hour, _of.id)
        .limit(limit)
    )
    return list(conn.scalars(query))
