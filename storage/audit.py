"""Who did what, when. Rows are only ever added, and hold no personal data."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, func, insert, null, select

from storage import rows
from storage.tables import audit, officers


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that was done; without an officer, the service did it by itself."""

    at: datetime
    action: str
    officer: str | None
    details: Mapping[str, str]


def add(  # noqa: PLR0913 - who, what, when, to whom
    conn: Connection,
    at: datetime,
    *,
    action: str,
    office: str | None = None,
    officer_id: str | None = None,
    request_id: str | None = None,
    details: Mapping[str, str] | None = None,
) -> None:
    """Write down one thing that was done. `details` holds keys and counts, never a person."""
    conn.execute(
        insert(audit).values(
            at=at,
            action=action,
            office=office,
            officer_id=officer_id,
            request_id=request_id,
            details=dict(details or {}),
        )
    )


def count(conn: Connection, action: str, offices: Collection[str], since: datetime) -> int:
    """Count the entries of an action in these offices, later than `since`."""
    query = select(func.count()).where(
        audit.c.office.in_(offices), audit.c.at > since, audit.c.action == action
    )
    return conn.execute(query).scalar_one()


def last(
    conn: Connection, action: str, since: datetime, details: Mapping[str, str] | None = None
) -> Entry | None:
    """Return the last entry of no office with an action, later than `since`, if any."""
    query = (
        select(audit.c.at, audit.c.action, null().label("officer"), audit.c.details)
        .where(audit.c.office.is_(None), audit.c.at > since, audit.c.action == action)
        .where(audit.c.details.contains(dict(details or {})))
        .order_by(audit.c.at.desc(), audit.c.id.desc())
    )
    return rows.one(conn, query.limit(1), Entry)


def of_request(conn: Connection, request_id: str) -> list[Entry]:
    """Return what was done to a request, oldest first, with the officers' names."""
    query = (
        select(audit.c.at, audit.c.action, officers.c.name.label("officer"), audit.c.details)
        .join_from(audit, officers, officers.c.id == audit.c.officer_id, isouter=True)
        .where(audit.c.request_id == request_id)
        .order_by(audit.c.at, audit.c.id)
    )
    return rows.every(conn, query, Entry)
