"""How sessions ended, as their gateway told it: neither what was typed nor by whom."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import Boolean, Connection, delete, literal_column
from sqlalchemy.dialects.postgresql import insert

from storage.tables import session_ends as table


@dataclass(frozen=True, slots=True)
class SessionEnd:
    """One notice. Durations are milliseconds; None where the gateway told none."""

    gateway: str
    session_id: str
    status: str
    duration_ms: int | None
    hops: int | None
    at: datetime


def note(conn: Connection, end: SessionEnd) -> bool:
    """Write the notice down; say whether it is the first.

    Told again, the last word stands and there is still one row.
    """
    row = insert(table).values(**asdict(end))
    new = row.excluded
    told = {"status": new.status, "duration_ms": new.duration_ms, "hops": new.hops}
    written = row.on_conflict_do_update(index_elements=list(table.primary_key), set_=told)
    first = literal_column("xmax = 0", Boolean)  # PostgreSQL's own way to tell a new row
    return bool(conn.scalar(written.returning(first)))


def drop_before(conn: Connection, moment: datetime) -> int:
    """Delete notices older than `moment`; return how many."""
    return conn.execute(delete(table).where(table.c.at < moment)).rowcount
