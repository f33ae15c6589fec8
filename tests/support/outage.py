"""PostgreSQL away for one database: nobody gets in and those inside are put out."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from psycopg import sql
from sqlalchemy import make_url


@contextmanager
def locked_out(database_url: str) -> Iterator[None]:
    """Let nobody reach the database for the length of a `with`."""
    name = make_url(database_url).database or ""
    server = make_url(database_url).set(database="postgres", drivername="postgresql")
    with psycopg.connect(server.render_as_string(hide_password=False), autocommit=True) as admin:
        _allow(admin, name, sql.SQL("false"))
        admin.execute(
            "select pg_terminate_backend(pid) from pg_stat_activity where datname = %s", [name]
        )
        try:
            yield
        finally:
            _allow(admin, name, sql.SQL("true"))


def _allow(admin: psycopg.Connection, name: str, answer: sql.SQL) -> None:
    order = sql.SQL("alter database {} with allow_connections {}")
    admin.execute(order.format(sql.Identifier(name), answer))
