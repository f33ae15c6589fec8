"""One house for all dialogues, each from a number of its own."""

from __future__ import annotations

from collections.abc import Iterator

import psycopg
import pytest

from runtime.embedded.servers import Addresses
from tests.bad_lines.lines import Exchange
from tests.bad_lines.told import ToldHouse
from tests.support.installation import Clock, furnished, served

_NAME = "bad_lines"


@pytest.fixture(scope="module")
def exchange(migrated: Addresses, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Exchange]:
    """A telephone exchange before one house: every line leads to it."""
    database = migrated.database_url.replace("/kuning?", f"/{_NAME}?")
    _administer(migrated, f"CREATE DATABASE {_NAME} TEMPLATE migrated STRATEGY FILE_COPY")
    clock, home = Clock(), tmp_path_factory.mktemp("bad_lines")
    addresses = Addresses(database, migrated.redis_url)
    house = furnished(addresses, home, clock, KUNING_TARIFF="Rp 200")
    try:
        told = ToldHouse(house)
        with served(told.house) as url:
            yield Exchange(told, clock, url)
    finally:
        house.close()
        _administer(migrated, f"DROP DATABASE {_NAME} WITH (FORCE)")


def _administer(addresses: Addresses, statement: str) -> None:
    url = addresses.database_url.replace("+psycopg", "")
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(statement)
