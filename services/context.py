"""What a use case is given when the dialogue makes a call in the name of a caller."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Protocol

from msgspec import Struct
from sqlalchemy import Connection

from domain import words
from menus.definition import StateId
from menus.events import Answered
from storage.quick import Asks, Within
from storage.vault import Vault


class Work(Protocol):
    """What any use case works with: its open transaction, the vault, and the moment it is (UTC)."""

    @property
    def conn(self) -> Connection:
        """The open transaction."""

    @property
    def vault(self) -> Vault:
        """What seals and opens personal data."""

    @property
    def now(self) -> datetime:
        """The moment, aware, UTC."""


class Caller(Struct, frozen=True):
    """Whoever is on the line.

    ``msisdn`` is E.164, or ``None`` when the gateway gave no readable number; ``phone_index`` then
    stands for what it gave.  Only a ``registrable`` number is registered or sent an SMS.
    """

    msisdn: str | None
    phone_index: str
    registrable: bool


def _nothing() -> None:
    """Wake nobody: the sweep of the clock finds what was queued."""


class CallContext(Struct, frozen=True, kw_only=True):
    """One call of the dialogue, inside its transaction.

    ``known`` holds the session's answers and facts in their stored form; ``now`` is aware, UTC;
    ``offices`` are the codes of the served regencies; what stands in ``after_commit`` is done once
    the transaction is committed, and ``nudge`` wakes whoever sends SMS; ``screen`` is the one left
    for this call.  ``language`` is the caller's own choice; what the call itself says is said in
    ``spoken``, the same where it is among the languages ``offered``.  Pure calls (see the
    vocabulary) must not touch ``conn``; quick ones go through ``asks``, for they have none.
    """

    conn: Connection
    vault: Vault
    caller: Caller
    known: Mapping[str, str]
    language: str
    now: datetime
    offices: frozenset[str]
    tariff: str
    gateway: str
    session_id: str
    screen: StateId | None = None
    after_commit: list[Callable[[], None]] = []
    nudge: Callable[[], None] = _nothing
    quick: Asks | None = None
    offered: frozenset[str] = frozenset(words.LANGUAGES)

    @property
    def spoken(self) -> str:
        """The language in which the screens of this call are."""
        return words.spoken(self.language, self.offered)

    @property
    def asks(self) -> Asks:
        """Who answers a single statement: in the transaction, or without one where none is."""
        return self.quick or Within(self.conn)


Handler = Callable[[CallContext], Answered]
