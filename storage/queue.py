"""How full a day is at an office: who is expected, and who has come already."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from sqlalchemy import Connection, func, select

from domain.card import State
from storage import rows
from storage.tables import card_requests

__all__ = ["Queue", "of_day"]

_of = card_requests.c
_EXPECTED: Final = sorted(set(State) - {State.WITHDRAWN})


@dataclass(frozen=True, slots=True)
class Queue:
    """People with an hour on one day, and people who were at the counter since it began."""

    expected: int
    came: int


def of_day(conn: Connection, office: str, day: date, begins: datetime) -> Queue:
    """Count a local day of an office; `begins` is its first moment, UTC."""
    # Each by an index of its own, and no "not" in either: a caller waits for it.
    here = select(func.count()).where(_of.office == office)
    expected = here.where(_of.state.in_(_EXPECTED), _of.day == day)
    came = here.where(_of.came_at >= begins)
    query = select(
        expected.scalar_subquery().label("expected"), came.scalar_subquery().label("came")
    )
    return rows.one(conn, query, Queue) or Queue(0, 0)
