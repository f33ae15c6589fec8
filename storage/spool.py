"""Callbacks that could not be stored while PostgreSQL was away: kept sealed in Redis until it is.

A gateway hears 200 for what it can be sure we have. At least once: an entry is taken off only
after it was worked on, and working on it twice changes nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

from storage.vault import Unsealable, Vault

__all__ = ["Spool", "SpoolDown", "Spooled"]

_KEY = "kuning:spool:callbacks"
_PLACE = "spool.callbacks"
_MOST = 100_000
"""Entries; about a day of reports of a large office."""


class SpoolDown(Exception):  # noqa: N818 - said as a fact
    """Redis is away, or the spool is full: nothing was kept."""


@dataclass(frozen=True, slots=True)
class Spooled:
    """One entry as it lies there, by which it is taken off, and its text."""

    sealed: str
    text: str


class Spool:
    """A sealed list. Safe to use from several threads."""

    def __init__(self, redis_url: str, vault: Vault) -> None:
        self._vault = vault
        self._redis = Redis.from_url(
            redis_url,
            socket_timeout=0.3,
            socket_connect_timeout=0.3,
            retry=Retry(NoBackoff(), 0),
            decode_responses=True,
        )

    def put(self, text: str) -> None:
        """Keep one entry; raise `SpoolDown` when that cannot be."""
        sealed = self._vault.seal(text, where=_PLACE)
        try:
            if self._redis.rpush(_KEY, sealed) > _MOST:
                self._redis.lrem(_KEY, -1, sealed)
                raise SpoolDown
        except RedisError as error:
            raise SpoolDown from error

    def waiting(self, most: int) -> list[Spooled]:
        """Return the oldest entries without taking them off; an unreadable one has no text."""
        try:
            kept = [str(one) for one in self._redis.lrange(_KEY, 0, most - 1)]
        except RedisError as error:
            raise SpoolDown from error
        return [Spooled(sealed, self._opened(sealed)) for sealed in kept]

    def forget(self, entry: Spooled) -> None:
        """Take an entry off, after it was worked on; harmless when somebody else has."""
        try:
            self._redis.lrem(_KEY, 1, entry.sealed)
        except RedisError as error:
            raise SpoolDown from error

    def _opened(self, sealed: str) -> str:
        try:
            return self._vault.open(sealed, where=_PLACE)
        except Unsealable:
            return ""
