"""What card holders did by phone, for the office: reports, ends, new cards, changed numbers."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, and_, func, select

from storage import rows
from storage.tables import audit, card_reports, card_requests


@dataclass(frozen=True, slots=True)
class News:
    """One thing somebody did himself; `answer`, `sector` and `place` where it was a report.

    `here`: the request is still this office's.
    """

    at: datetime
    action: str
    request_id: str
    name: str
    answer: str | None
    sector: str | None
    place: str | None
    here: bool


def of_office(
    conn: Connection, office: str, actions: Collection[str], limit: int, offset: int
) -> list[News]:
    """Return what was done without an officer, the newest first."""
    told = and_(
        card_reports.c.request_id == audit.c.request_id, card_reports.c.created_at == audit.c.at
    )
    query = (
        select(
            audit.c.at,
            audit.c.action,
            audit.c.request_id,
            func.coalesce(card_requests.c.full_name, card_requests.c.call_name).label("name"),
            card_reports.c.answer,
            card_reports.c.sector,
            card_reports.c.place,
            (card_requests.c.office == audit.c.office).label("here"),
        )
        .join_from(audit, card_requests, card_requests.c.id == audit.c.request_id)
        .join(card_reports, told, isouter=True)
    )
    newest = _theirs(query, office, actions).order_by(audit.c.at.desc(), audit.c.id.desc())
    return rows.every(conn, newest.limit(limit).offset(offset), News)


def count(conn: Connection, office: str, actions: Collection[str]) -> int:
    """Count what was done without an officer."""
    query = select(func.count()).select_from(audit)
    return int(conn.execute(_theirs(query, office, actions)).scalar_one())


def _theirs(query: Select[Any], office: str, actions: Collection[str]) -> Select[Any]:
    """Look at this office's entries alone; what moved to it is told where it was done."""
    return query.where(
        audit.c.office == office, audit.c.officer_id.is_(None), audit.c.action.in_(actions)
    )
