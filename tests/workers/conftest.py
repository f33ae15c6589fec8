"""An outbox for the workers of a test."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from services import demo
from sms.gateway import Account
from sms.gateways.simulator import Simulator
from storage.database import Database
from storage.vault import Vault
from tests.support.post_office import PostOffice


@pytest.fixture
def post(postgres_url: str, vault: Vault, tmp_path: Path) -> Iterator[PostOffice]:
    """The post office of a fresh database, by the clock on the wall: processes go by it too."""
    database = Database(postgres_url)
    with database.begin() as conn:
        demo.plant(conn)
    line = Simulator(Account(log=tmp_path / "sms.jsonl"))
    yield PostOffice(database, vault, line, now=datetime.now(UTC))
    database.dispose()
