"""Where one caller is in the book: plain data that lives in Redis, sealed, as JSON."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec
from msgspec import Struct, structs

from menus.definition import StateId

Item = Mapping[str, str]
"""One line of a list: its ``value`` (what is saved) and the slots its line shows."""


class Wrong(Struct, frozen=True, array_like=True):
    """The error line above the screen now shown: whose words, which of them, how many came."""

    state: StateId
    name: str
    count: str = "0"


class Session(Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """All that one step needs to know of the steps before it.

    ``known`` holds answers and facts in one namespace, canonical (``2026-11-24``, not ``Sen 24
    Nov``), so that a screen can be drawn again in another language. ``trail`` is the way back,
    oldest first, and ``undo`` has for screens on it what was known otherwise when they were shown;
    ``misses`` counts refusals on this screen; ``saved`` tells that there is something to
    resume.
    """

    book: str
    at: StateId | None = None
    language: str = "id"
    known: Mapping[str, str] = {}
    lists: Mapping[str, tuple[Item, ...]] = {}
    trail: tuple[StateId, ...] = ()
    undo: Mapping[StateId, Mapping[str, str]] = {}
    misses: int = 0
    page: int = 0
    fault: Wrong | None = None
    saved: bool = False

    def but(self, **changed: Any) -> Session:
        """The same session, some parts changed."""
        return structs.replace(self, **changed)

    def to_json(self) -> str:
        """Compact JSON; only what differs from a new session is written."""
        return _written(self).decode()

    @classmethod
    def from_json(cls, text: str | bytes) -> Session:
        """Read what :meth:`to_json` wrote. Raises ValueError or TypeError on anything else."""
        return _read(text)


_written = msgspec.json.Encoder().encode
_read = msgspec.json.Decoder(Session).decode
