"""How full a day is at an office: who is expected, and who has come already."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, func, select

from storage import rows
from storage.tables import card_requests

__all__ = ["Queue", "of_day"]

_of = card_requests.c


@dataclass(frozen=True, slots=True)
class Queue:
    """People with an hour on one day, and people who were at the counter since it began."""

    expected: int
    came: int


def of_day(conn: Connection, office: str, day: date, begins: datetime) -> Queue:
    """Count a local day of an office; `begins` is its first moment, UTC."""
    expected = func.count().filter(_of.day == day, _of.state != "withdrawn")
    came = func.count().filter(_of.came_at >= begins)
    query = select(expected.label("expected"), came.label("came")).where(
        _of.office == office, (_of.day == day) | (_of.came_at >= begins)
    )
    return rows.one(conn, query, Queue) or Queue(0, 0)
