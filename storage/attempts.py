"""Misses that are counted: sign-ins, codes with their birth dates, birth years of drafts."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, delete, func, insert, select

from storage.tables import attempts


def add(conn: Connection, kind: str, key_index: str, now: datetime) -> None:
    """Write down one attempt. `key_index` is a `Vault.index`, never what was typed."""
    conn.execute(insert(attempts).values(kind=kind, key_index=key_index, at=now))


def count(conn: Connection, kind: str, key_index: str, since: datetime) -> int:
    """Count the attempts of a kind by one key later than `since`.

    Two transactions may both count before either adds: take `locks.hold` where that matters.
    """
    query = select(func.count()).where(
        attempts.c.kind == kind, attempts.c.key_index == key_index, attempts.c.at > since
    )
    return conn.execute(query).scalar_one()


def count_all(conn: Connection, kind: str, since: datetime, most: int) -> int:
    """Count the attempts of a kind by anybody later than `since`; no further than `most`."""
    found = select(attempts.c.id).where(attempts.c.kind == kind, attempts.c.at > since)
    return conn.execute(select(func.count()).select_from(found.limit(most).subquery())).scalar_one()


def clear(conn: Connection, kind: str, key_index: str) -> None:
    """Forget the attempts of a key, after it proved itself."""
    conn.execute(delete(attempts).where(attempts.c.kind == kind, attempts.c.key_index == key_index))


def drop_older(conn: Connection, before: datetime) -> int:
    """Forget the attempts before `before`; return how many they were."""
    return conn.execute(delete(attempts).where(attempts.c.at < before)).rowcount
