"""The NIK asked for in three parts, 6-6-4: each is answered with what it says.  No database."""

from __future__ import annotations

from domain import calendar, nik, regions
from menus.events import Answered
from services.context import CallContext

# The middle is read before the home, and with it the zone, is known; a day matters to nobody here.
_ZONE = "WIB"


def way(ctx: CallContext) -> Answered:
    """Ask for it whole, or in parts when the call before was cut while it was asked for.

    Whoever asks for a card here asks for himself, also a cadre who came back from his own flow.
    """
    return Answered("parts" if "cut" in ctx.known else "whole", {"cadre": ""})


def first(ctx: CallContext) -> Answered:
    """Name the sub-district of the first six digits; a whole NIK typed there is taken as such."""
    digits = ctx.known["nik_first"]
    if len(digits) == nik.DIGITS:
        return Answered("whole", {"nik": digits})
    return Answered("part", {"district": _label(digits)})


def middle(ctx: CallContext) -> Answered:
    """Tell the birth date that the middle six digits speak of."""
    today = calendar.local_day(ctx.now, _ZONE)
    born = nik.birth_date(ctx.known["nik_middle"], today)
    return Answered("heard", {"born": born.isoformat()})


def join(ctx: CallContext) -> Answered:
    """Put the three parts together."""
    parts = (ctx.known[name] for name in ("nik_first", "nik_middle", "nik_last"))
    return Answered("whole", {"nik": "".join(parts)})


def _label(digits: str) -> str:
    """Return "Kec. Jatiwangi", or the bare code: many old sub-districts are in no list."""
    code = ".".join((digits[:2], digits[2:4], digits[4:6]))
    found = regions.by_code(code)
    return f"Kec. {found.name}" if found else f"Kode {digits}"
