"""A small house for each test of the dialogue's shell."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from storage.database import Database
from storage.sessions import RedisSessions
from storage.vault import Vault
from tests.services.small_house import SmallHouse


@pytest.fixture
def small(postgres_url: str, valkey_url: str, vault: Vault) -> Iterator[SmallHouse]:
    """The small book in a house with real servers."""
    database, sessions = Database(postgres_url), RedisSessions(valkey_url)
    yield SmallHouse(database, vault, sessions)
    sessions.close()
    database.dispose()
