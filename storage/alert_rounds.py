"""Vacancies that are still to be matched: asked for with their publishing, done by a worker."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, select, update
from sqlalchemy.dialects.postgresql import insert

from storage import rows
from storage.tables import alert_rounds

__all__ = ["Round", "ask", "done", "drop", "oldest"]


def ask(conn: Connection, vacancy_id: str, now: datetime) -> None:
    """Ask that a vacancy be matched, once more if it was before."""
    asked = insert(alert_rounds).values(vacancy_id=vacancy_id, asked_at=now)
    anew = {"asked_at": now, "done_at": None}
    conn.execute(asked.on_conflict_do_update(index_elements=["vacancy_id"], set_=anew))


@dataclass(frozen=True, slots=True)
class Round:
    """A vacancy to be matched, and since when."""

    vacancy_id: str
    asked_at: datetime


def oldest(conn: Connection, but: Collection[str]) -> Round | None:
    """Return the vacancy that has waited longest, none of `but`; None when none waits."""
    waiting = (alert_rounds.c.done_at.is_(None), alert_rounds.c.vacancy_id.not_in(but))
    query = select(alert_rounds.c.vacancy_id, alert_rounds.c.asked_at).where(*waiting)
    return rows.one(conn, query.order_by(alert_rounds.c.asked_at).limit(1), Round)


def done(conn: Connection, asked: Round, now: datetime) -> None:
    """Write down that a vacancy is matched, unless that was asked for once more meanwhile."""
    as_asked = (
        alert_rounds.c.vacancy_id == asked.vacancy_id,
        alert_rounds.c.asked_at == asked.asked_at,
    )
    conn.execute(update(alert_rounds).where(*as_asked).values(done_at=now))


def drop(conn: Connection, vacancy_id: str) -> None:
    """Ask no longer: the vacancy is closed."""
    conn.execute(delete(alert_rounds).where(alert_rounds.c.vacancy_id == vacancy_id))
