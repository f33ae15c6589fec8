"""Unfinished sessions by the index of their phone, so that a caller cut off can go on.

Drafts are written behind as well as with calls, so rows may arrive late: the newest wins, and a
cleared draft leaves an empty row that an older one cannot overwrite.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, select
from sqlalchemy.dialects.postgresql import insert

from storage.tables import drafts as table


@dataclass(frozen=True, slots=True)
class Draft:
    """One unfinished session: sealed, with the flow and the book it stands in."""

    sealed: str
    flow: str
    book: str
    saved_at: datetime


def keep(  # noqa: PLR0913 - the columns of one row, each named by its caller
    conn: Connection, *, phone_index: str, sealed: str, flow: str, book: str, saved_at: datetime
) -> bool:
    """Write a phone's draft unless a newer one (or its clearing) stands; say whether it was."""
    row = insert(table).values(
        phone_index=phone_index, sealed=sealed, state_flow=flow, book=book, saved_at=saved_at
    )
    new = row.excluded
    written = row.on_conflict_do_update(
        index_elements=[table.c.phone_index],
        set_={
            "sealed": new.sealed,
            "state_flow": new.state_flow,
            "book": new.book,
            "saved_at": new.saved_at,
        },
        where=table.c.saved_at <= new.saved_at,
    )
    return conn.execute(written.returning(table.c.phone_index)).first() is not None


def clear(conn: Connection, phone_index: str, at: datetime) -> None:
    """Forget a phone's draft, and all that were saved before `at` and come late."""
    keep(conn, phone_index=phone_index, sealed="", flow="", book="", saved_at=at)


def find(conn: Connection, phone_index: str, since: datetime) -> Draft | None:
    """Return the phone's draft when it was saved at or after `since`."""
    columns = (table.c.sealed, table.c.state_flow, table.c.book, table.c.saved_at)
    alive = (table.c.phone_index == phone_index, table.c.saved_at >= since, table.c.sealed != "")
    row = conn.execute(select(*columns).where(*alive)).first()
    return None if row is None else Draft(row.sealed, row.state_flow, row.book, row.saved_at)


def drop_before(conn: Connection, moment: datetime) -> int:
    """Delete drafts (and cleared rows) older than `moment`; return how many."""
    return conn.execute(delete(table).where(table.c.saved_at < moment)).rowcount
