"""A house that is closed holds nothing."""

from __future__ import annotations

import redis
from sqlalchemy import text

from runtime.wiring import House
from storage.database import Database
from tests.support.processes import until


def test_a_closed_house_lets_go_of_its_connections(
    house: House, postgres_url: str, valkey_url: str
) -> None:
    with redis.Redis.from_url(valkey_url) as server:
        before = _clients(server)
        house.sessions.load("key", "phone")
        assert _clients(server) == before + 1
        house.close()
        until(lambda: _clients(server) == before)
    other = Database(postgres_url)
    until(lambda: _backends(other) == 1)
    other.dispose()


def _clients(server: redis.Redis) -> int:
    return int(server.info("clients")["connected_clients"])


def _backends(database: Database) -> int:
    ours = "select count(*) from pg_stat_activity where datname = current_database()"
    with database.begin() as conn:
        return int(conn.execute(text(ours)).scalar_one())
