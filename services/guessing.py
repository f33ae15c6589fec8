"""Is somebody guessing: many misses at once, from however few or many numbers.

Each number has its own few tries, and each code too; whoever has hundreds of numbers is seen by
what all of them miss together. Nobody is told anything by it; who runs the office is.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Final

from sqlalchemy import Connection

from services.context import Work
from storage import attempts, audit, locks, offices
from storage.database import Database

__all__ = [
    "ACTION",
    "CODES",
    "CONTESTED",
    "LIMITS",
    "WITHIN",
    "YEARS",
    "Alarm",
    "latest",
    "missed",
    "misses",
    "watch",
]

_log = logging.getLogger(__name__)

CODES: Final = "card.find"
YEARS: Final = "draft.prove"
CONTESTED: Final = "contested"

LIMITS: Final[Mapping[str, int]] = MappingProxyType({CODES: 50, YEARS: 30, CONTESTED: 20})
"""Misses an hour, by all callers together, that no ordinary day has: wrong codes with birth
dates, wrong birth years of drafts, registrations with a NIK that somebody else holds."""

WITHIN: Final = timedelta(hours=1)
ACTION: Final = "alarm.guesses"
_SHOWN: Final = timedelta(days=1)
_MOST: Final = 100_000


@dataclass(frozen=True, slots=True)
class Alarm:
    """That there were too many misses of a kind, and when it was first seen."""

    kind: str
    at: datetime


def missed(work: Work, kind: str) -> None:
    """Raise the alarm of a kind when there are too many misses, once an hour; after `attempts.add`.

    It stands in the log, in the figures and on the desk of whoever manages officers.
    """
    if attempts.count_all(work.conn, kind, work.now - WITHIN, LIMITS[kind]) >= LIMITS[kind]:
        _raise(work.conn, work.now, kind)


def watch(database: Database, now: datetime) -> None:
    """Raise the alarm when many register with NIKs that others hold; for the clock.

    Not in the call itself: it would take longer for a NIK that is held than for a new one.
    """
    with database.begin() as conn:
        if misses(conn, CONTESTED, now) >= LIMITS[CONTESTED]:
            _raise(conn, now, CONTESTED)


def misses(conn: Connection, kind: str, now: datetime) -> int:
    """Count the misses of a kind within the last hour."""
    if kind != CONTESTED:
        return attempts.count_all(conn, kind, now - WITHIN, _MOST)
    served = [office.code for office in offices.every(conn)]
    return audit.count(conn, "card.contested", served, now - WITHIN)


def _raise(conn: Connection, now: datetime, kind: str) -> None:
    locks.hold(conn, f"alarm:{kind}")
    if audit.last(conn, ACTION, now - WITHIN, {"kind": kind}) is not None:
        return
    audit.add(conn, now, action=ACTION, details={"kind": kind})
    _log.warning("somebody may be guessing: %d misses of %s within an hour", LIMITS[kind], kind)


def latest(conn: Connection, now: datetime) -> Alarm | None:
    """Return the last alarm of a day; None when all is quiet."""
    found = audit.last(conn, ACTION, now - _SHOWN)
    return Alarm(found.details["kind"], found.at) if found else None
