"""A town of callers for each test."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from services import demo
from storage.database import Database, Limits
from storage.vault import Vault
from tests.services.cards.town import MAJALENGKA, Town


@pytest.fixture
def town(postgres_url: str, vault: Vault) -> Iterator[Town]:
    """Majalengka, served alone, on a Sunday morning."""
    database = Database(postgres_url, Limits(connections=24))
    with database.begin() as conn:
        demo.plant(conn)
    yield Town(database, vault, served=frozenset({MAJALENGKA}))
    database.dispose()
