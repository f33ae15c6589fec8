"""The switch that holds SMS back: above all, a restored backup must not send old ones again."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, delete, select
from sqlalchemy.dialects.postgresql import insert

from storage.tables import sending_pauses

__all__ = ["pause", "paused", "resume"]


def pause(conn: Connection, why: str, now: datetime) -> None:
    """Hold SMS back from now on; `why` is shown to whoever asks. The first reason stays."""
    conn.execute(insert(sending_pauses).values(why=why, since=now).on_conflict_do_nothing())


def resume(conn: Connection) -> bool:
    """Send again; False when nothing was held back."""
    return conn.execute(delete(sending_pauses)).rowcount > 0


def paused(conn: Connection) -> str | None:
    """Return why SMS are held back; None when they are sent."""
    return conn.scalar(select(sending_pauses.c.why))
