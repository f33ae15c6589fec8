"""A few connections kept out of the pool between two single statements.

Taking one from SQLAlchemy's pool and giving it back costs more than a prepared statement itself.
"""

from __future__ import annotations

import threading
import time
from typing import Final

import psycopg
from sqlalchemy import Engine
from sqlalchemy.pool import PoolProxiedConnection

from storage import pulse

_SHARE: Final = 5  # of the connections, one in so many is set aside: the rest is for transactions


class SetAside:
    """Holds connections of an engine's pool that are in no transaction."""

    def __init__(self, engine: Engine, connections: int) -> None:
        self._engine = engine
        self._most = connections // _SHARE
        self._held: list[tuple[PoolProxiedConnection, float]] = []
        self._lock = threading.Lock()

    def take(self) -> PoolProxiedConnection:
        """Return a connection that lives, from the pool when none is at hand."""
        try:
            proxy, back = self._held.pop()
        except IndexError:
            return self._engine.raw_connection()
        try:
            pulse.feel(self._engine, proxy.driver_connection, back)
        except psycopg.Error as error:
            proxy.invalidate(error)
            return self._engine.raw_connection()
        return proxy

    def give(self, proxy: PoolProxiedConnection) -> None:
        """Take a sound connection back; the pool gets it where there are enough."""
        with self._lock:
            if len(self._held) < self._most:
                self._held.append((proxy, time.monotonic()))
                return
        proxy.close()

    def let_go(self) -> None:
        """Give all back to the pool, and hold none any more."""
        with self._lock:
            self._most, held = 0, self._held[:]
            self._held.clear()
        for proxy, _ in held:
            proxy.close()
