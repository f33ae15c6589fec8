"""Whether a connection of the pool still lives, found out without asking where that can be seen.

SQLAlchemy's own ping asks the server at every checkout, a trip more for each transaction. A server
that died or was restarted has closed its sockets, and a closed socket can be read from; only one
that lay idle for a while may be lost without a sign, or frozen, and is asked.
"""

from __future__ import annotations

import select
import time
from typing import Any, Final

import psycopg
from sqlalchemy import Engine, event
from sqlalchemy.exc import InvalidatePoolError
from sqlalchemy.pool import ConnectionPoolEntry

FRESH: Final = 0.5  # seconds since its last use
_BACK: Final = "back"


def watch(engine: Engine) -> None:
    """Look at each connection before it leaves the pool; a dead one empties the pool.

    One just made is not looked at: if it is dead too the work on it says so, and clearly.
    """

    def look(connection: Any, record: ConnectionPoolEntry, _proxy: object) -> None:
        if (back := record.info.get(_BACK)) is None:
            return
        try:
            feel(engine, connection, back)
        except psycopg.Error as error:
            raise InvalidatePoolError from error

    event.listen(engine, "checkout", look)
    event.listen(engine, "checkin", _note)


def feel(engine: Engine, connection: Any, back: float) -> None:
    """Raise psycopg's error for a dead connection; `back` is when it was used last (monotonic)."""
    if time.monotonic() - back >= FRESH or _spoke(connection):
        engine.dialect.do_ping(connection)


def _note(_connection: object, record: ConnectionPoolEntry) -> None:
    record.info[_BACK] = time.monotonic()


def _spoke(connection: psycopg.Connection[Any]) -> bool:
    """Say whether the server said something unasked: mostly that it goes."""
    poll = select.poll()
    poll.register(connection.fileno(), select.POLLIN)
    return bool(poll.poll(0))
