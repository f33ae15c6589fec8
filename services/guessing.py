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
from storage import attempts, audit, locks

__all__ = ["ACTION", "CODES", "CONTESTED", "LIMITS", "WITHIN", "YEARS", "Alarm", "latest", "missed"]

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


@dataclass(frozen=True, slots=True)
class Alarm:
    """That there were too many misses of a kind, and when it was first seen."""

    kind: str
    at: datetime


def missed(work: Work, kind: str) -> None:
    """Raise the alarm of a kind when there are too many misses, once an hour; after `attempts.add`.

    It stands in the log, in the figures and on the desk of whoever manages officers.
    """
    since = work.now - WITHIN
    if attempts.count_all(work.conn, kind, since, LIMITS[kind]) < LIMITS[kind]:
        return
    locks.hold(work.conn, f"alarm:{kind}")
    if audit.last(work.conn, ACTION, since, {"kind": kind}) is not None:
        return
    audit.add(work.conn, work.now, action=ACTION, details={"kind": kind})
    _log.warning("somebody may be guessing: %d misses of %s within an hour", LIMITS[kind], kind)


def latest(conn: Connection, now: datetime) -> Alarm | None:
    """Return the last alarm of a day; None when all is quiet."""
    found = audit.last(conn, ACTION, now - _SHOWN)
    return Alarm(found.details["kind"], found.at) if found else None
