"""Vacancies that are still to be matched: asked for with their publishing, done by a worker."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, delete, select, update
from sqlalchemy.dialects.postgresql import insert

from storage.tables import alert_rounds

__all__ = ["ask", "done", "drop", "take"]


def ask(conn: Connection, vacancy_id: str, now: datetime) -> None:
    """Ask that a vacancy be matched, once more if it was before."""
    asked = insert(alert_rounds).values(vacancy_id=vacancy_id, asked_at=now)
    anew = {"asked_at": now, "done_at": None}
    conn.execute(asked.on_conflict_do_update(index_elements=["vacancy_id"], set_=anew))


def take(conn: Connection) -> str | None:
    """Lock the vacancy that has waited longest and that nobody else is matching; None for none."""
    waiting = select(alert_rounds.c.vacancy_id).where(alert_rounds.c.done_at.is_(None))
    oldest = waiting.order_by(alert_rounds.c.asked_at).limit(1)
    return conn.execute(oldest.with_for_update(skip_locked=True)).scalar()


def done(conn: Connection, vacancy_id: str, now: datetime) -> None:
    """Write down that a vacancy is matched."""
    of_it = alert_rounds.c.vacancy_id == vacancy_id
    conn.execute(update(alert_rounds).where(of_it).values(done_at=now))


def drop(conn: Connection, vacancy_id: str) -> None:
    """Ask no longer: the vacancy is closed."""
    conn.execute(delete(alert_rounds).where(alert_rounds.c.vacancy_id == vacancy_id))
