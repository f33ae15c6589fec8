"""An outbox with the two demo offices, and a gateway that is a real server."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from services import demo
from storage.database import Database
from storage.vault import Vault
from tests.support.fake_gateway import FakeGateway, fake_gateway
from tests.support.post_office import PostOffice, log_of, over_the_wire


@pytest.fixture
def fake(tmp_path: Path) -> Iterator[FakeGateway]:
    """Africa's Talking, as it answers."""
    with fake_gateway(log_of(tmp_path)) as fake:
        yield fake


@pytest.fixture
def post(postgres_url: str, vault: Vault, fake: FakeGateway) -> Iterator[PostOffice]:
    """The post office of a fresh database."""
    database = Database(postgres_url)
    with database.begin() as conn:
        demo.plant(conn)
    yield PostOffice(database, vault, over_the_wire(fake))
    database.dispose()
