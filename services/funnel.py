"""The funnel: where callers come by and where they are refused, counted from the effects stream."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Sequence
from typing import Final

from services.dialogue import effects as dialogue_effects
from storage import funnel
from storage.database import Database
from storage.funnel import Met
from storage.sessions import Effect, RedisSessions
from storage.vault import Unsealable, Vault

_AT_ONCE: Final = 500
_ROUNDS: Final = 40  # so that a drain comes to its end, whoever goes on typing
_log = logging.getLogger(__name__)


def drain(database: Database, vault: Vault, sessions: RedisSessions) -> int:
    """Count what happened since the last time; return how many hops there were.

    One process drains at a time. Hops are forgotten once their counts are committed: a process
    that dies in between counts 500 twice at most, and none is lost. Raises SessionsDown,
    DatabaseDown.
    """
    drained = 0
    for _ in range(_ROUNDS):
        drained += (some := _drain_some(database, vault, sessions))
        if some < _AT_ONCE:
            break
    return drained


def _drain_some(database: Database, vault: Vault, sessions: RedisSessions) -> int:
    with database.begin() as conn:
        if not funnel.hold(conn):
            return 0
        effects = sessions.effects(_AT_ONCE)
        funnel.add(conn, _counted(vault, effects))
    sessions.forget(effects)
    return len(effects)


def _counted(vault: Vault, effects: Sequence[Effect]) -> Counter[Met]:
    counts: Counter[Met] = Counter()
    for effect in effects:
        try:
            counts.update(dialogue_effects.opened(vault, effect.sealed))
        except (Unsealable, ValueError):
            _log.warning("an entry of the effects stream cannot be read")
    return counts
