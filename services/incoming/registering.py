"""`DAFTAR PIN NIK NAMA` from a cadre: the whole registration in one SMS.

The home is the sub-district of the NIK, the day the first that is free; who lives elsewhere or
wants another day is registered through the menus. What was sent is not kept: it holds the PIN and a
NIK, and all that came of it stands in the request.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from msgspec import structs

from domain import cadres as rules
from domain import msisdn, nik, people
from domain.cadres import Wish
from domain.faults import Fault
from menus.events import Answered
from services import callers, homes, slots
from services.cadres import entering, helping
from services.cadres.entering import Entered, Full, Locked, Refused, Stranger, Wrong
from services.context import CallContext, Caller
from services.incoming.answers import Answer, Heard
from storage import offices

__all__ = ["KEPT", "register"]

KEPT: Final = "DAFTAR"
"""What is kept of the words of such an SMS."""

_TRIES: Final = 3
"""Free hours that are tried while others take them."""


@dataclass(frozen=True, slots=True)
class _Person:
    """Somebody to be registered, as far as one SMS tells; `number` is empty without a phone."""

    nik: str
    name: str
    number: str

    @property
    def known(self) -> Mapping[str, str]:
        """What a session would know by now."""
        own = "yes" if self.number else "no"
        return {"nik": self.nik, "name": self.name, "number": self.number, "own_phone": own}


def register(heard: Heard, text: str) -> Answer:
    """Register whom a cadre names after his PIN, and say what came of it.

    Whoever is no cadre is told how to register himself, whatever he wrote.
    """
    wish = rules.wish(text)
    found = entering.enter(heard, heard.sender.index, wish.pin)
    if not isinstance(found, Entered):
        return _refused(found)
    person = _person(wish)
    if person is None:
        return Answer("cadre_write", {})
    return _placed(_context(heard, person), found.cadre.id)


def _refused(why: Refused) -> Answer:
    match why:
        case Wrong(left):
            return Answer("cadre_pin", {"count": str(left)})
        case Locked():
            return Answer("cadre_locked", {})
        case Full(daily):
            return Answer("cadre_full", {"count": str(daily)})
        case Stranger():
            return Answer("dial", {})


def _person(wish: Wish) -> _Person | None:
    """Check what was written as the menus would; None when any of it will not do."""
    digits, name = nik.check(wish.nik), people.call_name(wish.name)
    number = msisdn.mobile(wish.phone) if wish.phone else ""
    if isinstance(digits, Fault) or isinstance(name, Fault) or isinstance(number, Fault):
        return None
    return _Person(digits, name, number)


def _context(heard: Heard, person: _Person) -> CallContext:
    who = heard.sender
    return CallContext(
        conn=heard.conn,
        vault=heard.vault,
        caller=Caller(who.phone, who.index, registrable=who.answerable),
        known=person.known,
        language=heard.language,
        now=heard.now,
        offices=frozenset(office.code for office in offices.every(heard.conn)),
        tariff="",
        gateway=heard.gateway,
        session_id=f"sms:{heard.id}",
    )


def _placed(ctx: CallContext, cadre_id: str) -> Answer:
    """Ask what the menus would ask, each answered by the NIK, and stop where it does not tell."""
    for step in (callers.read_person, homes.suggest, homes.office):
        answered = step(ctx)
        if answered.outcome not in {"sound", "here", "served"}:
            return _elsewhere(answered)
        ctx = _knowing(ctx, answered)
    for _ in range(_TRIES):
        offered = slots.offer(ctx)
        if offered.outcome == "full":
            return Answer("cadre_no_day", {"until": offered.facts["until"]})
        booked = helping.book(_knowing(ctx, offered), cadre_id)
        if booked.outcome != "taken":
            return _booked(booked)
    return Answer("cadre_no_day", {"until": ctx.now.date().isoformat()})


def _knowing(ctx: CallContext, answered: Answered) -> CallContext:
    return structs.replace(ctx, known={**ctx.known, **answered.facts})


def _elsewhere(answered: Answered) -> Answer:
    match answered.outcome:
        case "young":
            return Answer("cadre_young", {"minimum": answered.facts["minimum"]})
        case "implausible":
            return Answer("cadre_write", {})
        case _:
            return Answer("cadre_dial", {})


def _booked(booked: Answered) -> Answer:
    match booked.outcome:
        case "told":
            return Answer("cadre_told", booked.facts)
        case "helped":
            return Answer("cadre_saved", booked.facts)
        case "young":
            return Answer("cadre_young", {"minimum": booked.facts["minimum"]})
        case _:
            return Answer("cadre_many", {})
