"""Locks on things that are no row yet, such as a NIK that nobody holds."""

from __future__ import annotations

from sqlalchemy import Connection, func, select


def hold(conn: Connection, key: str) -> None:
    """Wait until no other transaction holds `key`, then hold it until ours ends.

    Two keys share a lock once in 2**64; take several always in the same order. `DatabaseBusy`
    after the lock timeout.
    """
    conn.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(key, 0))))
