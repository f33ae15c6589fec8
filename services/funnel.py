"""The funnel: where callers come by and where they are refused, counted from the effects stream."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import Final

from services.dialogue import effects as dialogue_effects
from storage import funnel
from storage.database import Database
from storage.funnel import Met
from storage.sessions import Effect, RedisSessions
from storage.vault import Unsealable, Vault

_AT_ONCE: Final = 2_000
_log = logging.getLogger(__name__)


def drain(database: Database, vault: Vault, sessions: RedisSessions, _now: datetime) -> int:
    """Count what happened since the last time, 2,000 hops at most; return how many there were.

    One process drains at a time. They are forgotten once the counts are committed: a process that
    dies in between counts some hops twice, and none is lost. Raises SessionsDown, DatabaseDown.
    """
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
            counts += dialogue_effects.counted(vault, [effect.sealed])
        except (Unsealable, ValueError):
            _log.warning("an entry of the effects stream cannot be read")
    return counts
