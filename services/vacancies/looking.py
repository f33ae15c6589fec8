"""Looking through vacancies on a phone, registered or not: the nearest first, then the newest.

Where a caller is and what he wants is taken from his card and his wishes, until he chooses
otherwise; of a phone nothing is known of, what is newest comes first.
"""

from __future__ import annotations

from domain import calendar, regions
from domain.card import LIVE
from domain.vacancies import ABROAD, ANY_WORK, ANYWHERE, piece
from menus.events import Answered
from services.cards import silence
from services.context import CallContext
from services.vacancies import telling
from storage import alert_profiles, card_requests, vacancies
from storage.alert_profiles import AlertProfile
from storage.card_requests import CardRequest
from storage.vacancies import Sought

MOST: int = 20
"""Lines of the list: four pages; whoever wants others chooses work or place."""

_ZONE = "WIB"


def look(ctx: CallContext) -> Answered:
    """Find what is open for this caller; ``near`` where his regency is known."""
    sought = _sought(ctx)
    found = vacancies.open_for(ctx.conn, sought, calendar.local_day(ctx.now, _ZONE), MOST)
    facts = {"sector": ",".join(sought.sectors) or ANY_WORK, "area": _area(sought.place)}
    if not found:
        return Answered("none", facts)
    lines = [
        {"value": one.id, "job": one.title, "where": telling.where(one.place)} for one in found
    ]
    outcome = "found" if sought.place in (ABROAD, ANYWHERE) else "near"
    return Answered(
        outcome, {**facts, "count": str(min(found[0].count, 999))}, {"vacancies.open": lines}
    )


def places(ctx: CallContext) -> Answered:
    """Find regencies by letters.  No database."""
    found = regions.find_regencies(ctx.known["work_letters"])
    lines = [{"value": code, "area": short} for code, short in found]
    return Answered("found", items={"vacancies.places": lines}) if found else Answered("none")


def read(ctx: CallContext) -> Answered:
    """Tell of one vacancy; ``gone`` when it was closed meanwhile."""
    vacancy = telling.shown(ctx, ctx.known["vacancy"])
    return Answered("told", telling.facts(vacancy)) if vacancy else Answered("gone")


def terms(ctx: CallContext) -> Answered:
    """Tell whether a text follows what is wanted of whoever applies.  No database."""
    return Answered("more" if ctx.known["rest"] else "last")


def turn(ctx: CallContext) -> Answered:
    """Cut the next screen off the text.  No database."""
    detail, rest = piece(ctx.known["rest"])
    return Answered("more" if rest else "last", {"detail": detail, "rest": rest})


def _sought(ctx: CallContext) -> Sought:
    """Return what was chosen in this call, else what the card and its wishes say."""
    work, place = ctx.known.get("work"), ctx.known.get("work_place")
    chosen = place if place and (place in (ABROAD, ANYWHERE) or regions.regency_name(place)) else ""
    if work and chosen:
        return Sought((work,), chosen)
    own = _own(ctx)
    wishes = alert_profiles.get(ctx.conn, own.id) if own else None
    sectors = (work,) if work else (wishes.wanted if wishes else ())
    return Sought(sectors, chosen or _place(ctx, own, wishes))


def _place(ctx: CallContext, own: CardRequest | None, wishes: AlertProfile | None) -> str:
    """Return where somebody would work: abroad if he said so, else near his home."""
    if wishes and wishes.reach == ABROAD:
        return ABROAD
    return own.home[:5] if own else _only(ctx)


def _own(ctx: CallContext) -> CardRequest | None:
    """Return this phone's request: the one being talked of, else the newest.

    None while the number may be somebody else's by now.
    """
    held = card_requests.of_phone(ctx.conn, ctx.caller.phone_index, LIVE)
    own = [request for request in held if silence.known(ctx.conn, request, ctx.now)]
    meant = [request for request in own if request.id == ctx.known.get("request")]
    return next(iter(meant or own), None)


def _only(ctx: CallContext) -> str:
    """Return the one regency served here: whoever dials it is near."""
    return next(iter(ctx.offices)) if len(ctx.offices) == 1 else ANYWHERE


def _area(place: str) -> str:
    return place if place in (ABROAD, ANYWHERE) else telling.where(place)
