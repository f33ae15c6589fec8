"""A town with a board of vacancies: one database for a module, emptied after each test."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count

import psycopg
import pytest
from sqlalchemy import text

from runtime.embedded.servers import Addresses
from services import demo
from storage.database import Database, Limits
from storage.vault import Vault
from tests.services.cards.town import Town
from tests.services.vacancies.board import Board

_NUMBERS = count(1)
_EMPTY = text(
    "truncate vacancies, card_requests, messages, attempts, audit, callers, officers, slots cascade"
)


@pytest.fixture(scope="module")
def square(migrated: Addresses) -> Iterator[Database]:
    """The database of a module, with both offices of the demo."""
    name = f"vacancies_{next(_NUMBERS)}"
    _administer(migrated, f"CREATE DATABASE {name} TEMPLATE migrated STRATEGY FILE_COPY")
    url = migrated.database_url.replace("/kuning?", f"/{name}?")
    database = Database(url, Limits(connections=24))
    with database.begin() as conn:
        demo.plant(conn)
    yield database
    database.dispose()
    _administer(migrated, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def town(square: Database, vault: Vault) -> Iterator[Town]:
    """Majalengka and Semarang, both served, on a Sunday morning."""
    yield Town(square, vault)
    with square.begin() as conn:
        conn.execute(_EMPTY)


@pytest.fixture
def board(town: Town) -> Board:
    """Where the town's offices hang out their vacancies."""
    return Board(town)


def _administer(addresses: Addresses, statement: str) -> None:
    url = addresses.database_url.replace("+psycopg", "")
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(statement)
