"""The cadre's way through the menus: his PIN, whose NIK it is, and the booking in another's name.

That a cadre is on the line is the fact `cadre`, which only a right PIN brings: no answer is saved
under that name.
"""

from __future__ import annotations

from menus.events import Answered
from services import callers
from services.cadres import entering, helping
from services.cadres.entering import Entered, Full, Locked, Refused, Stranger, Wrong
from services.cards import booking
from services.context import CallContext

__all__ = ["book", "enter", "know", "read"]


def know(ctx: CallContext) -> Answered:
    """Tell whether this number is a cadre's: ``known``, ``locked``, ``full``, ``stranger``."""
    found = entering.whether(ctx, ctx.caller.phone_index)
    return Answered("known") if isinstance(found, Entered) else _refused(found)


def enter(ctx: CallContext) -> Answered:
    """Try a PIN: ``good``, or what is in the way. What was typed is forgotten at once."""
    found = entering.enter(ctx, ctx.caller.phone_index, ctx.known["pin"])
    if isinstance(found, Entered):
        return Answered("good", {"cadre": found.cadre.id, "pin": "", "request": ""})
    return _refused(found)


def read(ctx: CallContext) -> Answered:
    """Say whom a NIK speaks of; never whether it is held."""
    return callers.read_person(ctx)


def book(ctx: CallContext) -> Answered:
    """Book a visit: for the caller, or for whom a cadre registers (``told``, ``helped``)."""
    cadre, own = ctx.known.get("cadre"), ctx.known.get("request")
    return helping.book(ctx, cadre) if cadre and not own else booking.book(ctx)


def _refused(why: Refused) -> Answered:
    match why:
        case Wrong(left):
            return Answered("wrong", {"count": str(left)})
        case Full(daily):
            return Answered("full", {"count": str(daily)})
        case Locked():
            return Answered("locked")
        case Stranger():
            return Answered("stranger")
