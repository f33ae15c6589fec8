"""A town with a board of vacancies for each test."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from services import demo
from storage.database import Database, Limits
from storage.vault import Vault
from tests.services.cards.town import Town
from tests.services.vacancies.board import Board


@pytest.fixture
def town(postgres_url: str, vault: Vault) -> Iterator[Town]:
    """Majalengka and Semarang, both served, on a Sunday morning."""
    database = Database(postgres_url, Limits(connections=24))
    with database.begin() as conn:
        demo.plant(conn)
    yield Town(database, vault)
    database.dispose()


@pytest.fixture
def board(town: Town) -> Board:
    """Where the town's offices hang out their vacancies."""
    return Board(town)
