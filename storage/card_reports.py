"""What card holders reported by phone: an answer for each report day, and for the statistics."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import uuid4

from sqlalchemy import Connection, select, update
from sqlalchemy.dialects.postgresql import insert

from storage import rows
from storage.tables import card_reports

_of = card_reports.c


@dataclass(frozen=True, slots=True)
class Report:
    """One answer: looking, training or employed; `sector` and `place` once they were told."""

    request_id: str
    office: str
    due_on: date
    answer: str
    sector: str | None
    place: str | None
    created_at: datetime


def add(  # noqa: PLR0913 - an answer has that many parts, and each is named
    conn: Connection, *, request_id: str, office: str, due_on: date, answer: str, now: datetime
) -> None:
    """Keep the answer for the report day `due_on`; a later one for the same day stands instead."""
    whose = {"request_id": request_id, "office": office, "due_on": due_on}
    fresh = insert(card_reports).values(
        id=str(uuid4()), **whose, answer=answer, created_at=now, updated_at=now
    )
    told = {"answer": answer, "updated_at": now}
    conn.execute(
        fresh.on_conflict_do_update(index_elements=["request_id", "due_on"], set_=told),
    )


def keep(
    conn: Connection,
    request_id: str,
    now: datetime,
    *,
    sector: str | None = None,
    place: str | None = None,
) -> bool:
    """Add to the answer "employed" of a request; False when it has none."""
    answers = {"sector": sector, "place": place}
    given = {name: value for name, value in answers.items() if value is not None}
    theirs = (_of.request_id == request_id, _of.answer == "employed")
    statement = update(card_reports).where(*theirs).values({**given, "updated_at": now})
    return conn.execute(statement).rowcount > 0


def of_request(conn: Connection, request_id: str) -> list[Report]:
    """Return what was reported of one card, oldest first."""
    columns = [_of[name] for name in Report.__slots__]
    query = select(*columns).where(_of.request_id == request_id).order_by(_of.due_on)
    return rows.every(conn, query, Report)
