"""Single statements without a transaction of their own, by libpq's prepared statements.

For the first screen of every call. The same through SQLAlchemy and psycopg's cursors costs about
0.3 ms of processor a statement, most of it to build what is built the same each time.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol, cast

from psycopg import errors, generators, pq
from sqlalchemy import Connection, text

from storage.patience import Patient

Rows = list[tuple[str | None, ...]]

_SLOT = re.compile(r":([a-z]+)")
_GOOD = frozenset({pq.ExecStatus.TUPLES_OK, pq.ExecStatus.COMMAND_OK})


@dataclass(frozen=True, slots=True)
class Statement:
    """SQL with slots ``:name``, in the order of ``slots``; each value and column is text.

    ``strange`` are the rows it brings when there is nothing to tell, where that is what it brings
    most: one row of nulls.
    """

    name: str
    sql: str
    slots: tuple[str, ...]
    strange: tuple[tuple[None, ...], ...] = ()

    @property
    def numbered(self) -> bytes:
        """The SQL as libpq takes it, with $1, $2 ..."""
        return _SLOT.sub(lambda found: f"${self.slots.index(found[1]) + 1}", self.sql).encode()


class Asks(Protocol):
    """Whoever asks PostgreSQL one statement: within a transaction, or by itself."""

    def ask(self, statement: Statement, values: Sequence[str]) -> Rows:
        """Return the rows of a statement with these values in its slots."""


@dataclass(frozen=True, slots=True)
class Within:
    """Asks in an open transaction."""

    conn: Connection

    def ask(self, statement: Statement, values: Sequence[str]) -> Rows:
        """Return the rows, seen as the transaction sees them."""
        given = dict(zip(statement.slots, values, strict=True))
        return [tuple(row) for row in self.conn.execute(text(statement.sql), given)]


class Guess:
    """Answers one statement as if there were nothing to tell, and notes what was asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[Statement, Sequence[str]]] = []

    def ask(self, statement: Statement, values: Sequence[str]) -> Rows:
        """Return what the statement brings when there is nothing to tell."""
        self.asked.append((statement, values))
        return list(statement.strange)


@dataclass(frozen=True, slots=True)
class Told:
    """Answers with rows that are there already."""

    rows: Rows

    def ask(self, _statement: Statement, _values: Sequence[str]) -> Rows:
        """Return the rows."""
        return self.rows


def ask(connection: Patient, statement: Statement, values: Sequence[str]) -> Rows:
    """Ask over a connection that is in no transaction; raises psycopg's errors."""
    given = [value.encode() for value in values]
    with connection.lock:
        try:
            return _asked(connection, statement, given)
        except errors.InvalidSqlStatementName:
            # Not executed: psycopg forgets all that is prepared, ours too, after a rollback.
            connection.prepared.discard(statement.name)
            return _asked(connection, statement, given)


def _asked(connection: Patient, statement: Statement, given: Sequence[bytes]) -> Rows:
    if statement.name not in connection.prepared:
        _prepare(connection, statement)
    connection.pgconn.send_query_prepared(statement.name.encode(), given)
    return _rows(_result(connection))


def _prepare(connection: Patient, statement: Statement) -> None:
    connection.pgconn.send_prepare(statement.name.encode(), statement.numbered)
    _result(connection)
    connection.prepared.add(statement.name)


def _result(connection: Patient) -> pq.abc.PGresult:
    result = connection.wait(generators.execute(connection.pgconn))[-1]
    if result.status not in _GOOD:
        raise errors.error_from_result(result)
    return cast("pq.abc.PGresult", result)


def _rows(result: Any) -> Rows:
    columns = range(result.nfields)
    return [
        tuple(_text(result.get_value(row, column)) for column in columns)
        for row in range(result.ntuples)
    ]


def _text(value: bytes | None) -> str | None:
    return None if value is None else value.decode()
