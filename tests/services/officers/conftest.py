"""Two offices; each officer of the stories has the same password."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import Connection

from services import demo
from services.officers import passwords
from storage.database import Database
from tests.support.staff import employ

PASSWORD = "k7mqd-abcde-fghjk-mnpqr"


@pytest.fixture(scope="session")
def hashed() -> str:
    """The hash of the officers' password, made once: it is meant to take its time."""
    return passwords.hashed(PASSWORD)


@pytest.fixture
def database(postgres_url: str, hashed: str) -> Iterator[Database]:
    """The database of the two offices."""
    database = Database(postgres_url)
    with database.begin() as conn:
        demo.plant(conn)
        employ(conn, hashed)
    yield database
    database.dispose()


@pytest.fixture
def conn(database: Database) -> Iterator[Connection]:
    """One transaction for a story that needs no more."""
    with database.begin() as conn:
        yield conn
