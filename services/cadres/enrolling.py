"""The desk enrols cadres. A PIN is made by us, shown once, and stands nowhere else.

`by` is the officer who does it; all of it is for those who manage an office's people.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final
from uuid import uuid4

from domain import cadres as rules
from domain import gsm7, msisdn
from domain.people import full_name
from services.context import Work
from services.officers import passwords
from services.officers.rights import Right, may
from storage import audit, cadres, places
from storage.cadres import Cadre, NewCadre
from storage.officers import Officer

__all__ = ["MOST_DAILY", "Enrolled", "Refusal", "end", "enrol", "is_known", "new_pin", "of_office"]

MOST_DAILY: Final = 99
"""People a day that an office can allow a cadre: the screens have two digits for it."""

_LONGEST: Final = 40


class Refusal(StrEnum):
    """Why nothing was done."""

    RIGHT = "right"
    """Whoever asked may not do that."""
    NAME = "name"
    """There is no name, or none of letters."""
    VILLAGE = "village"
    """There is no village, or it is too long."""
    PHONE = "phone"
    """It is no mobile number of Indonesia."""
    TAKEN = "taken"
    """The number is an active cadre's."""
    DAILY = "daily"
    """It is no number of people, 1 to 99."""
    UNKNOWN = "unknown"
    """The office has no such cadre, or a colleague was faster."""


@dataclass(frozen=True, slots=True)
class Enrolled:
    """A cadre and his new PIN, to be told to him and to nobody else."""

    cadre_id: str
    name: str
    pin: str


@dataclass(frozen=True, slots=True)
class Wish:
    """Who is to be enrolled, as an officer typed it."""

    name: str
    village: str
    phone: str
    daily: str


def enrol(work: Work, wish: Wish, by: Officer) -> Enrolled | Refusal:
    """Make somebody a cadre of the officer's office."""
    number = msisdn.mobile(wish.phone)
    if (flaw := _flaw(wish, by)) or not isinstance(number, str):
        return flaw or Refusal.PHONE
    cadre_id, pin, name = str(uuid4()), _pin(), " ".join(wish.name.split())
    row = NewCadre(
        id=cadre_id,
        office=by.office,
        name=name,
        village=" ".join(wish.village.split()),
        phone_sealed=work.vault.seal(number, where=places.cadre_phone(cadre_id)),
        phone_index=work.vault.index("phone", number),
        phone_last4=msisdn.last4(number),
        pin_hash=passwords.hashed(pin),
        daily=int(wish.daily),
        officer_id=by.id,
    )
    if not cadres.add(work.conn, row, work.now):
        return Refusal.TAKEN
    _note(work, "cadre.enrolled", cadre_id, by)
    return Enrolled(cadre_id, name, pin)


def new_pin(work: Work, cadre_id: str, version: int, by: Officer) -> Enrolled | Refusal:
    """Give a cadre another PIN; the old one opens nothing from now on, and no lock is left."""
    pin = _pin()
    values = {"pin_hash": passwords.hashed(pin), "missed": 0, "locked_until": None}
    changed = _change(work, (cadre_id, version), values, by, "cadre.new_pin")
    return changed if isinstance(changed, Refusal) else Enrolled(cadre_id, changed.name, pin)


def end(work: Work, cadre_id: str, version: int, by: Officer) -> Cadre | Refusal:
    """End somebody's being a cadre; those he registered keep their requests."""
    return _change(work, (cadre_id, version), {"state": "ended"}, by, "cadre.ended")


def of_office(work: Work, by: Officer) -> list[tuple[Cadre, cadres.Helped]]:
    """Return the cadres of the officer's office, each with how many he helped."""
    helped, nobody = cadres.helped(work.conn, by.office), cadres.Helped(0, 0)
    found = cadres.of_office(work.conn, by.office)
    return [(cadre, helped.get(cadre.id, nobody)) for cadre in found]


def is_known(work: Work, cadre_id: str, by: Officer) -> bool:
    """Tell whether the officer's office has or had such a cadre."""
    cadre = cadres.get(work.conn, cadre_id)
    return cadre is not None and cadre.office == by.office


def _change(
    work: Work, seen: tuple[str, int], values: Mapping[str, Any], by: Officer, action: str
) -> Cadre | Refusal:
    cadre = cadres.get(work.conn, seen[0])
    if not may(by, Right.MANAGE_OFFICERS):
        return Refusal.RIGHT
    if cadre is None or not is_known(work, cadre.id, by) or cadre.state != "active":
        return Refusal.UNKNOWN
    if not cadres.change(work.conn, *seen, values, work.now):
        return Refusal.UNKNOWN
    _note(work, action, cadre.id, by)
    return cadre


def _flaw(wish: Wish, by: Officer) -> Refusal | None:
    if not may(by, Right.MANAGE_OFFICERS):
        return Refusal.RIGHT
    if not isinstance(full_name(wish.name), str):
        return Refusal.NAME
    village = gsm7.plain(wish.village).strip()
    if not village or len(village) > _LONGEST or not village.isprintable():
        return Refusal.VILLAGE
    daily = wish.daily
    counted = daily.isascii() and daily.isdigit() and 1 <= int(daily) <= MOST_DAILY
    return None if counted else Refusal.DAILY


def _pin() -> str:
    return f"{secrets.randbelow(10**rules.PIN_DIGITS):0{rules.PIN_DIGITS}}"


def _note(work: Work, action: str, cadre_id: str, by: Officer) -> None:
    audit.add(
        work.conn,
        work.now,
        action=action,
        office=by.office,
        officer_id=by.id,
        details={"cadre": cadre_id},
    )
