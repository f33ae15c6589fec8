"""PostgreSQL behind one object: bounded connections, short waits, one clear error when it fails.

Every value here keeps a caller from waiting: a hop must answer long before the gateway gives up.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final, cast

import psycopg
from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.engine import URL, ExceptionContext
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.pool import ConnectionPoolEntry, PoolProxiedConnection

from storage import pulse, quick
from storage.patience import Patient, was_silent
from storage.quick import Rows, Statement
from storage.set_aside import SetAside

REST: Final = 1.0  # seconds without asking a server that was silent: it would hold every thread up
_GRACE: Final = 0.5  # seconds that a statement's own time limit gets to be told to us
# 55P03 lock not available, 57014 cancelled by statement_timeout, 40001 and 40P01 lost a race:
# the server lives and a later try may pass.
_BUSY = frozenset({"55P03", "57014", "40001", "40P01"})
# Resources (a full disk), system and internal errors: classes in which the server itself fails.
_SICK = ("53", "58", "XX")
_MISSING = frozenset({"42P01", "42703"})  # a table, a column


class DatabaseDown(Exception):  # noqa: N818 - it is said like this in every room
    """PostgreSQL gave no answer; nothing that was not committed is saved. Carries no values."""


class DatabaseBusy(DatabaseDown):
    """PostgreSQL lives but did not get to it: a lock, a slow statement, or no free connection."""


class OlderTables(DatabaseDown):
    """A table or column is missing: these are the tables of an older release."""


class ConnectionLost(DatabaseDown):
    """The connection broke off in mid-work: whether a commit under way came through is unknown.

    So only work that may be done twice may be tried again, and then once: the server may be gone.
    """


@dataclass(frozen=True, slots=True)
class Limits:
    """How many connections one process may hold, and how long anything may take (seconds).

    `kept` of the connections stay open when they have nothing to do; each costs PostgreSQL 3 MB.
    """

    connections: int = 10
    kept: int = 10
    connect: int = 2
    wait_for_connection: float = 2.0
    statement: float = 4.0
    lock: float = 3.5
    idle_in_transaction: float = 15.0


class Database:
    """One pool of connections; `begin` is the way in, and `ask` for one statement alone.

    `url` is libpq's, SQLAlchemy's or Heroku's spelling. Errors while connecting or working are
    `DatabaseDown` or its kind `DatabaseBusy`; a broken rule stays SQLAlchemy's `IntegrityError`.
    """

    def __init__(self, url: str, limits: Limits = Limits()) -> None:
        self.engine = _engine(url, limits)
        self._set_aside = SetAside(self.engine, limits.connections)
        self._resting_until = 0.0

    @contextmanager
    def begin(self) -> Iterator[Connection]:
        """Yield a connection in a transaction: committed at the end, rolled back by any error.

        A server that says nothing is given up within five seconds, and for one more nobody asks it.
        """
        with self._known(), self.engine.begin() as connection:
            yield connection

    def ask(self, statement: Statement, values: Sequence[str]) -> Rows:
        """Return the rows of one statement, a transaction by itself; errors are those of `begin`.

        PostgreSQL's own errors (a broken rule, a wrong statement) stay psycopg's.
        """
        with self._known():
            proxy = self._connected()
            connection = cast("Patient", proxy.driver_connection)
            try:
                rows = quick.ask(connection, statement, values)
            except psycopg.Error as error:
                if connection.closed:
                    proxy.invalidate(error)
                proxy.close()
                raise self._failed(error, lost=connection.closed) or error from None
            except BaseException:
                proxy.close()
                raise
            self._set_aside.give(proxy)
            return rows

    def _connected(self) -> PoolProxiedConnection:
        """Take a connection; here SQLAlchemy leaves psycopg's errors as they are."""
        try:
            return self._set_aside.take()
        except psycopg.Error as error:
            raise self._failed(error, lost=False) or error from None

    @contextmanager
    def _known(self) -> Iterator[None]:
        if time.monotonic() < self._resting_until:
            raise DatabaseDown("PostgreSQL was silent a moment ago")
        try:
            yield
        except PoolTimeout as error:
            raise DatabaseBusy("no free connection") from error
        except DBAPIError as error:
            failure = self._failed(error.orig, lost=error.connection_invalidated)
            if failure is None:
                raise
            raise failure from error

    def _failed(self, error: BaseException | None, *, lost: bool) -> DatabaseDown | None:
        if was_silent(error):
            self._resting_until = time.monotonic() + REST
        return _failure(error, lost=lost)

    def dispose(self) -> None:
        """Close all connections, those at work as they come back; the object stays usable."""
        pool = self.engine.pool
        self._set_aside.let_go()
        self.engine.dispose()
        event.listen(pool, "checkin", _hang_up)
        pool.dispose()  # what came back before somebody listened


def driver_url(url: str) -> URL:
    """Return `url` for SQLAlchemy's psycopg driver; `postgres://` is understood too."""
    scheme, _, rest = url.partition("://")
    if scheme.partition("+")[0] not in {"postgres", "postgresql"}:
        raise ValueError("the database URL must begin with postgresql:// or postgres://")
    return make_url(f"postgresql+psycopg://{rest}")


def _engine(url: str, limits: Limits) -> Engine:
    engine = create_engine(
        driver_url(url),
        pool_size=min(limits.kept, limits.connections),
        max_overflow=max(limits.connections - limits.kept, 0),
        pool_timeout=limits.wait_for_connection,
        pool_use_lifo=True,
        pool_recycle=1800,
        hide_parameters=True,  # a statement's values are people
        connect_args={
            "connect_timeout": limits.connect,
            "application_name": "kuning",
            "keepalives_idle": 10,
            "keepalives_interval": 3,
            "keepalives_count": 3,
            "tcp_user_timeout": 5000,
            "options": _options(limits),
        },
    )
    event.listen(engine, "handle_error", _drop_values)
    event.listen(engine, "do_connect", _patiently(limits.statement + _GRACE))
    pulse.watch(engine)
    return engine


def _patiently(seconds: float) -> Callable[..., Patient]:
    """Connect so that no answer is waited for longer than this."""

    def connect(_dialect: object, _record: object, words: Any, options: Any) -> Patient:
        connection = Patient.connect(*words, **options)
        connection.patience = seconds
        return connection

    return connect


def _hang_up(_connection: object, record: ConnectionPoolEntry) -> None:
    """Close a connection that comes back to a pool nobody asks any more."""
    record.invalidate()


def _options(limits: Limits) -> str:
    milliseconds = {
        "statement_timeout": limits.statement,
        "lock_timeout": limits.lock,
        "idle_in_transaction_session_timeout": limits.idle_in_transaction,
    }
    parts = [f"-c {name}={round(value * 1000)}" for name, value in milliseconds.items()]
    return " ".join([*parts, "-c timezone=UTC"])


def _failure(error: BaseException | None, *, lost: bool) -> DatabaseDown | None:
    """Say whether the server failed us; None when it refused the statement itself."""
    state = getattr(error, "sqlstate", None)
    if state in _BUSY:
        return DatabaseBusy(f"PostgreSQL is busy ({state})")
    if state in _MISSING:
        return OlderTables("run kuning db upgrade: a table or column is missing")
    if lost and not was_silent(error):
        return ConnectionLost("PostgreSQL hung up")
    sick = (state or "").startswith(_SICK)
    if lost or sick or isinstance(error, psycopg.OperationalError):
        return DatabaseDown(f"PostgreSQL gave no answer ({state or type(error).__name__})")
    return None


def _drop_values(context: ExceptionContext) -> None:
    """Cut DETAIL lines off PostgreSQL's errors: "Failing row contains (...)" tells whole people."""
    cause, wrapped = context.original_exception, context.sqlalchemy_exception
    if not isinstance(cause, psycopg.Error) or cause.diag.message_primary is None:
        return
    cause.args = (cause.diag.message_primary,)
    if wrapped is not None:
        wrapped.args = (f"({type(cause).__name__}) {cause.diag.message_primary}",)
