"""Unfinished sessions by the index of their phone, so that a caller cut off can go on.

Drafts are written behind as well as with calls, so rows may arrive late: the newest wins, and a
cleared draft leaves an empty row that an older one cannot overwrite.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import Connection, delete, func, or_, select, update
from sqlalchemy.dialects.postgresql import insert

from storage import rows
from storage.tables import drafts as table

_ROW = insert(table)
_KEEP: Final = _ROW.on_conflict_do_update(
    index_elements=[table.c.phone_index],
    set_={
        "sealed": _ROW.excluded.sealed,
        "state_flow": _ROW.excluded.state_flow,
        "book": _ROW.excluded.book,
        "saved_at": _ROW.excluded.saved_at,
        "phone_sealed": func.coalesce(_ROW.excluded.phone_sealed, table.c.phone_sealed),
    },
    where=table.c.saved_at <= _ROW.excluded.saved_at,
).returning(table.c.phone_index)


@dataclass(frozen=True, slots=True)
class Draft:
    """One unfinished session: sealed, with the flow and the book it stands in."""

    sealed: str
    flow: str
    book: str
    saved_at: datetime


@dataclass(frozen=True, slots=True)
class BrokenOff:
    """A registration that nobody has gone on with; the number opens at `places.draft_phone`."""

    phone_index: str
    phone_sealed: str
    sealed: str
    saved_at: datetime


def keep(  # noqa: PLR0913 - the columns of one row, each named by its caller
    conn: Connection,
    *,
    phone_index: str,
    sealed: str,
    flow: str,
    book: str,
    saved_at: datetime,
    phone_sealed: str | None = None,
) -> bool:
    """Write a phone's draft unless a newer one (or its clearing) stands; say whether it was.

    Without `phone_sealed` the number that stands there stays.
    """
    row = {
        "phone_index": phone_index,
        "sealed": sealed,
        "state_flow": flow,
        "book": book,
        "saved_at": saved_at,
        "phone_sealed": phone_sealed,
    }
    return conn.execute(_KEEP, row).first() is not None


def clear(conn: Connection, phone_index: str, at: datetime) -> None:
    """Forget a phone's draft, and all that were saved before `at` and come late."""
    keep(conn, phone_index=phone_index, sealed="", flow="", book="", saved_at=at, phone_sealed="")


def find(conn: Connection, phone_index: str, since: datetime) -> Draft | None:
    """Return the phone's draft when it was saved at or after `since`."""
    columns = (table.c.sealed, table.c.state_flow, table.c.book, table.c.saved_at)
    alive = (table.c.phone_index == phone_index, table.c.saved_at >= since, table.c.sealed != "")
    row = conn.execute(select(*columns).where(*alive)).first()
    return None if row is None else Draft(row.sealed, row.state_flow, row.book, row.saved_at)


def broken_off(  # noqa: PLR0913 - the bounds of one look, each named by its caller
    conn: Connection,
    *,
    flows: Collection[str],
    since: datetime,
    until: datetime,
    told_before: datetime,
    limit: int,
) -> list[BrokenOff]:
    """Return drafts of `flows` last saved from `since` to `until`, of numbers that can be told.

    Not of one told since `told_before`, nor told of this very draft; the rows are locked, those
    that somebody is at work on left out.
    """
    untold = or_(
        table.c.told_at.is_(None),
        (table.c.told_at < told_before) & (table.c.told_at < table.c.saved_at),
    )
    query = (
        select(table.c.phone_index, table.c.phone_sealed, table.c.sealed, table.c.saved_at)
        .where(table.c.saved_at.between(since, until), table.c.state_flow.in_(flows))
        .where(table.c.sealed != "", table.c.phone_sealed != "", untold)
        .order_by(table.c.saved_at)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    return rows.every(conn, query, BrokenOff)


def told(conn: Connection, phone_index: str, now: datetime) -> None:
    """Note that the number was told of what it left unfinished."""
    conn.execute(update(table).where(table.c.phone_index == phone_index).values(told_at=now))


def drop_before(conn: Connection, moment: datetime) -> int:
    """Delete drafts (and cleared rows) older than `moment`; return how many."""
    return conn.execute(delete(table).where(table.c.saved_at < moment)).rowcount
