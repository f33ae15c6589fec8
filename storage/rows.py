"""From a row to the frozen dataclass that the rooms above pass around."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from sqlalchemy import Connection, Executable, Row

T = TypeVar("T")


def one(conn: Connection, query: Executable, kind: Callable[..., T]) -> T | None:
    """Return the first row of `query` as a `kind`, whose fields are named as the columns."""
    row = conn.execute(query).first()
    return None if row is None else shaped(row, kind)


def every(conn: Connection, query: Executable, kind: Callable[..., T]) -> list[T]:
    """Return all rows of `query`, in its order, as `kind`s."""
    return [shaped(row, kind) for row in _rows(conn, query)]


def shaped(row: Row[Any], kind: Callable[..., T]) -> T:
    """Return one row as a `kind`."""
    return kind(**row._mapping)  # noqa: SLF001 - SQLAlchemy's public name begins with _


def _rows(conn: Connection, query: Executable) -> Iterable[Row[Any]]:
    return conn.execute(query)
