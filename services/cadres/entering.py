"""Let a cadre in by his number and his PIN, in the menus as by SMS.

A PIN has six digits, so it must not be tried out: three wrong ones in a row, and for a quarter of
an hour none is heard, not even the right one.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from domain import cadres as rules
from domain import calendar
from services.context import Work
from services.officers import passwords
from storage import cadres, offices
from storage.cadres import Cadre

__all__ = ["Entered", "Full", "Locked", "Stranger", "Wrong", "enter", "whether"]

_LOCK: Final = timedelta(minutes=rules.LOCK_MINUTES)


@dataclass(frozen=True, slots=True)
class Entered:
    """He is in."""

    cadre: Cadre


@dataclass(frozen=True, slots=True)
class Wrong:
    """The PIN is not his; `left` more may be tried."""

    left: int


@dataclass(frozen=True, slots=True)
class Locked:
    """Too many were wrong: for a while none is heard."""


@dataclass(frozen=True, slots=True)
class Full:
    """He registered as many today as he may: `daily`."""

    daily: int


@dataclass(frozen=True, slots=True)
class Stranger:
    """No cadre has this number."""


Refused = Wrong | Locked | Full | Stranger


def whether(work: Work, phone_index: str) -> Entered | Locked | Full | Stranger:
    """Tell whether a number may try a PIN now."""
    return _standing(work, cadres.active(work.conn, phone_index))


def enter(work: Work, phone_index: str, pin: str) -> Entered | Refused:
    """Let the cadre of a number in; a wrong PIN is counted, a right one begins the count anew."""
    standing = _standing(work, cadres.active(work.conn, phone_index, lock=True))
    if not isinstance(standing, Entered):
        return standing
    cadre = standing.cadre
    if not passwords.matches(cadre.pin_hash, pin):
        return _missed(work, cadre)
    if cadre.missed or cadre.locked_until:
        cadres.tried(work.conn, cadre.id, 0, None)
    return standing


def full(work: Work, cadre: Cadre) -> bool:
    """Tell whether a cadre registered as many today, by his office's clock, as he may."""
    office = offices.get(work.conn, cadre.office)
    zone = office.zone if office else "WIB"
    today = calendar.day_begins(calendar.local_day(work.now, zone), zone)
    return cadres.count_since(work.conn, cadre.id, today) >= cadre.daily


def _standing(work: Work, cadre: Cadre | None) -> Entered | Locked | Full | Stranger:
    if cadre is None:
        return Stranger()
    if cadre.locked_until and cadre.locked_until > work.now:
        return Locked()
    return Full(cadre.daily) if full(work, cadre) else Entered(cadre)


def _missed(work: Work, cadre: Cadre) -> Wrong | Locked:
    over = cadre.locked_until is not None  # a lock that ran out begins the count anew
    missed = 1 if over else cadre.missed + 1
    if missed < rules.TRIES:
        cadres.tried(work.conn, cadre.id, missed, None)
        return Wrong(rules.TRIES - missed)
    cadres.tried(work.conn, cadre.id, missed, work.now + _LOCK)
    return Locked()
