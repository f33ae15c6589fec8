"""One database with the two offices for each test of this room, and people who listen."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from services import demo
from storage.database import Database
from storage.vault import Vault
from tests.services.alerts.listeners import Listeners


@pytest.fixture
def town(postgres_url: str, vault: Vault, tmp_path: Path) -> Iterator[Listeners]:
    """Majalengka and Semarang on a Sunday morning at ten; nobody has asked for anything yet."""
    database = Database(postgres_url)
    with database.begin() as conn:
        demo.plant(conn)
    yield Listeners(database, vault, tmp_path / "sent.jsonl")
    database.dispose()
