"""Where an applicant lives, and which office serves that place.

The NIK tells where its holder was first registered, not where he lives: it is only offered.
"""

from __future__ import annotations

from datetime import date

from domain import calendar, nik, regions
from menus.events import Answered
from services.context import CallContext
from storage import offices
from storage.offices import Office

_MOST_FOUND = 18


def suggest(ctx: CallContext) -> Answered:
    """Offer the sub-district of the NIK, when it still exists."""
    digits = ctx.known["nik"]
    found = regions.by_code(f"{digits[:2]}.{digits[2:4]}.{digits[4:6]}")
    if not found:
        return Answered("unknown")
    return Answered("here", {"district": found.name, "home": found.code})


def search(ctx: CallContext) -> Answered:
    """Find sub-districts by letters, those of the served regencies first.  No database."""
    digits = ctx.known.get("nik", "")
    near = f"{digits[:2]}.{digits[2:4]}" if digits else None
    found = regions.find(ctx.known["letters"], ctx.offices, near, _MOST_FOUND)
    if not found:
        return Answered("none")
    lines = [
        {"value": place.code, "district": place.name, "regency": place.short} for place in found
    ]
    return Answered("found", items={"home.matches": lines})


def office(ctx: CallContext) -> Answered:
    """Tell which office serves the home, or that none does, or that it wants another age."""
    serving = find_office(ctx)
    if isinstance(serving, Answered):
        return serving
    return Answered("served", {"office": serving.code, "place": serving.place})


def find_office(ctx: CallContext) -> Office | Answered:
    """Return the office of the home, or ``unserved`` or ``young``.

    Asked again when the visit is booked: a draft may be a week old, and what an office wants of
    its applicants, or whether it is served at all, may have changed.
    """
    home = regions.by_code(ctx.known["home"])
    served = home is not None and home.regency_code in ctx.offices
    serving = offices.get(ctx.conn, home.regency_code) if home and served else None
    if serving is None:
        return Answered("unserved", {"regency": home.short if home else ""})
    age = nik.age(date.fromisoformat(ctx.known["born"]), calendar.local_day(ctx.now, serving.zone))
    if age < serving.minimum_age:
        return Answered("young", {"minimum": str(serving.minimum_age)})
    return serving
