from __future__ import annotations

import psycopg
import redis

from runtime.embedded.servers import Addresses


def test_the_embedded_servers_answer(servers: Addresses) -> None:
    with psycopg.connect(servers.database_url.replace("+psycopg", "")) as connection:
        assert connection.execute("SHOW server_version_num").fetchone() == ("180004",)
    with redis.Redis.from_url(servers.redis_url) as connection:
        assert connection.ping()
