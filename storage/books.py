"""Versions of the menus that sessions and drafts were made with."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, select
from sqlalchemy.dialects.postgresql import insert

from storage.tables import books


def keep(conn: Connection, version: str, content: str, now: datetime) -> bool:
    """Keep a book under the hash of its content; False when it was known."""
    statement = insert(books).values(version=version, content=content, first_seen_at=now)
    added = statement.on_conflict_do_nothing().returning(books.c.version)
    return conn.execute(added).first() is not None


def content(conn: Connection, version: str) -> str | None:
    """Return the content of a book, None when its version is unknown."""
    return conn.execute(select(books.c.content).where(books.c.version == version)).scalar()


def latest(conn: Connection, count: int) -> list[tuple[str, str]]:
    """Return (version, content) of the `count` books seen first most recently, newest first."""
    query = select(books.c.version, books.c.content)
    newest = query.order_by(books.c.first_seen_at.desc(), books.c.version).limit(count)
    return [(version, text) for version, text in conn.execute(newest)]
