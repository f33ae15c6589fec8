"""One database with the two offices of the demo for each test of this room."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from services import demo
from storage.database import Database


@pytest.fixture
def database(postgres_url: str) -> Iterator[Database]:
    """A migrated database in which the demo's offices stand."""
    database = Database(postgres_url)
    with database.begin() as conn:
        demo.plant(conn)
    yield database
    database.dispose()
