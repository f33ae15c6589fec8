"""The clock's watch: one process of an installation holds it, the others stand by.

A PostgreSQL advisory lock of a session, on a connection of its own that never is in a
transaction: it ends with the process, however that ends, and needs no clean-up.
"""

from __future__ import annotations

from sqlalchemy import Connection, func, select
from sqlalchemy.exc import SQLAlchemyError

from storage.database import Database

__all__ = ["Watch"]


class Watch:
    """Holds a named lock for as long as its connection lives. For one thread."""

    def __init__(self, database: Database, name: str) -> None:
        self._database = database
        self._key = func.hashtextextended(name, 0)
        self._conn: Connection | None = None

    def held(self) -> bool:
        """Tell whether the lock is ours, taking it when it is free; False without PostgreSQL."""
        try:
            if self._conn is not None:
                self._conn.execute(select(1))
                return True
            return self._take()
        except SQLAlchemyError:
            self.leave()
            return False

    def leave(self) -> None:
        """Let the lock go with its connection."""
        conn, self._conn = self._conn, None
        if conn is not None:
            # Closed for good, not given back to the pool: the lock belongs to the session.
            conn.invalidate()
            conn.close()

    def _take(self) -> bool:
        conn = self._database.engine.connect()
        conn = conn.execution_options(isolation_level="AUTOCOMMIT")
        try:
            if conn.scalar(select(func.pg_try_advisory_lock(self._key))):
                self._conn = conn
        finally:
            if self._conn is None:
                conn.close()
        return self._conn is not None
