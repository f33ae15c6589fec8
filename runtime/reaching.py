"""Where PostgreSQL and Redis are: the settings say so, else they are the home's own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from runtime.embedded import servers
from runtime.embedded.servers import Addresses
from runtime.settings import Settings


def embedded(settings: Settings) -> frozenset[str]:
    """Name the servers that the settings do not point to, so that we run them ourselves."""
    told = {servers.POSTGRES: settings.database_url, servers.VALKEY: settings.redis_url}
    return frozenset(name for name, url in told.items() if url is None)


def merged(settings: Settings, ours: Addresses | None) -> Addresses:
    """Give the addresses to use; `ours` may be None only when the settings name both."""
    database = settings.database_url or (ours.database_url if ours else None)
    redis = settings.redis_url or (ours.redis_url if ours else None)
    if database is None or redis is None:
        raise LookupError("no address of PostgreSQL or Redis")
    return Addresses(database, redis)


def connect(settings: Settings) -> Addresses:
    """Give the addresses; embedded servers must stand already or be about to.

    Raises EmbeddedError when nobody has started them after a minute.
    """
    return merged(settings, servers.connect(settings.home) if embedded(settings) else None)


@contextmanager
def serve(settings: Settings) -> Iterator[Addresses]:
    """Give the addresses for the length of a `with`, running the servers if nobody else does."""
    wanted = embedded(settings)
    if not wanted:
        yield merged(settings, None)
        return
    with servers.serve(settings.home, wanted) as ours:
        yield merged(settings, ours)
