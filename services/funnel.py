"""The funnel: where callers come by and where they are refused, counted from the effects stream."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime, timedelta
from typing import Final

from sqlalchemy import Connection

from domain import calendar, villages
from domain.villages import Village
from menus.definition import StateId
from menus.picture import Tally
from services.dialogue import effects as dialogue_effects
from storage import funnel
from storage.database import Database
from storage.funnel import Met
from storage.sessions import Effect, RedisSessions
from storage.vault import Unsealable, Vault

POSTER: Final = "poster"
"""The flow under which calls from a village's poster are counted."""

_LATELY: Final = timedelta(days=6)  # and today
_ZONE: Final = "WIB"
_AT_ONCE: Final = 500
_ROUNDS: Final = 40  # so that a drain comes to its end, whoever goes on typing
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class PosterCount:
    """What a village's poster led to: calls, and visits booked in them."""

    village: Village
    called: int
    booked: int


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


def tallies(conn: Connection, office: str, now: datetime) -> Mapping[StateId, Tally]:
    """Return what an office's callers met in the last seven days, state by state."""
    found: dict[StateId, dict[str, int]] = {}
    for (flow, state, event), times in funnel.totals(conn, office, _since(now)).items():
        found.setdefault(StateId(f"{flow}.{state}"), {})[event] = times
    known = {one.name for one in fields(Tally)}
    return {
        at: Tally(**{event: times for event, times in events.items() if event in known})
        for at, events in found.items()
    }


def posters(conn: Connection, office: str, now: datetime) -> list[PosterCount]:
    """Return how many called in the last seven days from each poster, the busiest first.

    The poster is the office's; whose card it was that a call led to may be another's.
    """
    lately = funnel.of_flow(conn, POSTER, _since(now))
    called = {number: n for (number, event), n in lately.items() if event == "entered"}
    counts = [
        PosterCount(village, called[number], lately[number, "booked"])
        for number in called
        if (village := villages.of_poster(number)) and village.regency_code == office
    ]
    return sorted(counts, key=lambda one: (-one.called, one.village.code))


def _since(now: datetime) -> date:
    return calendar.local_day(now, _ZONE) - _LATELY


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
