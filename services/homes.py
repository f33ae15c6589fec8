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
    home = regions.by_code(ctx.known["home"])
    serving = serving_office(ctx, home.regency_code) if home else None
    if serving is None:
        return Answered("unserved", {"regency": home.short if home else ""})
    if too_young(ctx, serving, date.fromisoformat(ctx.known["born"])):
        return Answered("young", {"minimum": str(serving.minimum_age)})
    return Answered("served", {"office": serving.code, "place": serving.place})


def serving_office(ctx: CallContext, regency: str) -> Office | None:
    """Return the office of a regency that this installation serves."""
    return offices.get(ctx.conn, regency) if regency in ctx.offices else None


def office_of(ctx: CallContext, district: str) -> Office:
    """Return the office that serves a sub-district, when an earlier state found that one does."""
    home = regions.by_code(district)
    serving = serving_office(ctx, home.regency_code) if home else None
    if serving is None:
        raise LookupError("the booking was reached with a home that nobody serves")
    return serving


def too_young(ctx: CallContext, serving: Office, born: date) -> bool:
    """Tell whether someone has not reached the age at which this office gives a card."""
    today = calendar.local_day(ctx.now, serving.zone)
    return nik.age(born, today) < serving.minimum_age
