"""Connections that give a silent server up.

A frozen PostgreSQL (a stopped process, a disk that hangs) keeps its sockets open and says nothing.
Its own `statement_timeout` does not run then, TCP's keep-alives are answered by its kernel, and a
unix socket has none. So we look at our own watch, and hang up.
"""

from __future__ import annotations

from typing import Any, Final, TypeVar

import psycopg
from psycopg.abc import PQGen
from psycopg.errors import ConnectionTimeout
from psycopg.pq import TransactionStatus

T = TypeVar("T")

_LOOK: Final = 0.1  # seconds between two looks at the watch
_PING: Final = 1.0


class Silent(psycopg.OperationalError):
    """The server did not answer in time; the connection is closed."""


class Patient(psycopg.Connection[Any]):
    """A connection that waits `patience` seconds for an answer, and one for a ping."""

    patience = 5.0

    def __init__(self, *words: Any, **options: Any) -> None:
        super().__init__(*words, **options)
        self.prepared: set[str] = set()  # names of our own statements that it knows

    def wait(self, gen: PQGen[T], interval: float = _LOOK, timeout: float | None = None) -> T:
        """Wait for an answer as psycopg does; `Silent` when none comes."""
        # Outside a transaction only the pool's ping is spoken, and the clock's watch.
        patience = _PING if self.autocommit else self.patience
        try:
            return super().wait(gen, interval, patience if timeout is None else timeout)
        except psycopg.OperationalError:
            if self.pgconn.transaction_status != TransactionStatus.ACTIVE:
                raise  # the server did answer
            self.close()
            raise Silent("no answer in time") from None


def was_silent(error: BaseException | None) -> bool:
    """Say whether an error means a server that neither answers nor refuses."""
    return isinstance(error, Silent | ConnectionTimeout)
