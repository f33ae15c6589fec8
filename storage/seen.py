"""Sessions as they lie in Redis, and those that this process saved last.

A hop that knows what was saved last need not read it again: the scripts compare before they write,
so what another process saved meanwhile is found out. What is kept here is sealed as it is in Redis.
"""

from __future__ import annotations

from typing import Final

from msgspec import Struct

from storage.session_scripts import MARK

_MOST: Final = 2_000  # sessions of some 1,000 bytes


class Stored(Struct, frozen=True):
    """A value as it was read: `turn` 0 and no blob when there is none."""

    turn: int
    blob: str | None

    @property
    def mark(self) -> str:
        """What tells this value from all others, as the scripts compare it; "" for none."""
        return "" if self.blob is None else value_of(self.turn, self.blob)[:MARK]


NOTHING: Final = Stored(0, None)


class Seen:
    """The last value of `most` sessions at most, in two generations.

    When the younger is full the older is forgotten: nothing is counted or put in order, and no
    lock is needed.
    """

    def __init__(self, most: int = _MOST) -> None:
        self._generation = most // 2
        self._young: dict[str, Stored] = {}
        self._old: dict[str, Stored] = {}

    def get(self, key: str) -> Stored:
        """Return what was noted for the key, or `NOTHING`."""
        return self._young.get(key) or self._old.get(key) or NOTHING

    def note(self, key: str, stored: Stored) -> None:
        """Keep a value as the last one of its key."""
        if len(self._young) >= self._generation:
            self._old, self._young = self._young, {}
        self._young[key] = stored

    def drop(self, key: str) -> None:
        """Forget a key."""
        self._young.pop(key, None)
        self._old.pop(key, None)


def value_of(turn: int, blob: str) -> str:
    """Return a value as it lies in Redis."""
    return f"{turn:06d}{blob}"
