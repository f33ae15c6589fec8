"""Two offices with their officers, in one database."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import Connection

from services import demo
from storage.database import Database
from tests.support.staff import employ


@pytest.fixture
def database(postgres_url: str) -> Iterator[Database]:
    """The database of the two offices."""
    database = Database(postgres_url)
    with database.begin() as conn:
        demo.plant(conn)
        employ(conn)
    yield database
    database.dispose()


@pytest.fixture
def conn(database: Database) -> Iterator[Connection]:
    """One transaction for a story that needs no more."""
    with database.begin() as conn:
        yield conn
