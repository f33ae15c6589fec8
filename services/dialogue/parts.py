"""What a dialogue is made of; put together once at start."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from services.books import Engines
from services.context import Handler
from storage.database import Database
from storage.sessions import RedisSessions
from storage.vault import Vault


def nowhere(_name: str) -> None:
    """Stand in for the failpoints where none can be set."""


def nobody() -> None:
    """Wake nobody: the clock finds by itself what was queued."""


@dataclass(frozen=True, slots=True)
class DialogueParts:
    """The rooms below, and what the installation is set to.

    `offices` are the codes served, `tariff` the words that tell what dialling costs, `regions` the
    ISO codes whose mobile numbers may register. `clock` gives now in UTC; `nudge` wakes whoever
    sends SMS; `failpoint` is told the name of each place where a test may end the process; `pause`
    waits some seconds.
    """

    engines: Engines
    handlers: Mapping[str, Handler]
    database: Database
    vault: Vault
    sessions: RedisSessions
    offices: frozenset[str]
    tariff: str
    regions: frozenset[str]
    clock: Callable[[], datetime]
    nudge: Callable[[], None] = nobody
    failpoint: Callable[[str], None] = nowhere
    pause: Callable[[float], None] = time.sleep
