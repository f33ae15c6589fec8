"""Another day, or another office, for an applicant: the same request, the same code.

Who missed his day is offered one at once; who has one still says first that he wants another.
"""

from __future__ import annotations

from domain import calendar, card, nik
from domain.card import State
from domain.slots import Place
from menus.events import Answered
from services import slots
from services.cards import booked, changes, contested, notices, renewing, status
from services.context import CallContext, Work
from storage import card_requests, decisions, locks, offices
from storage.card_requests import CardRequest
from storage.offices import Office


def rebook(ctx: CallContext, request_id: str) -> Answered:
    """Book the day chosen for a request that missed its own, or whose owner wants another.

    The session knows the request because this phone made it, or its code and birth date were told.
    One that has ended is made anew (`services.cards.renewing`). Whatever else became of it in the
    meantime, the status screen tells.
    """
    # As in a registration: the phone first, then the NIK.
    locks.hold(ctx.conn, f"phone:{ctx.caller.phone_index}")
    request = _locked(ctx, request_id)
    office = _office(ctx, request.office)
    today = calendar.local_day(ctx.now, office.zone)
    if request.state in renewing.ENDED or status.is_late(request, office, today):
        return renewing.renew(ctx, request, office)
    if _wants_another(ctx, request):
        return _moved(ctx, request, _office(ctx, ctx.known["office"]))
    if not card.missed(request.state, request.day, today):
        return Answered("already", {"request": request.id})
    place = slots.find(ctx.conn, office, ctx.now, ctx.known["slot"])
    changed = put(ctx, request, office, place) if place else None
    return booked.finish(ctx, changed, office) if changed else Answered("taken")


def _wants_another(ctx: CallContext, request: CardRequest) -> bool:
    """Tell whether the caller said so of this request, and nobody is at work on it."""
    said = ctx.known.get("changing") == request.id and request.state in contested.BEFORE_COUNTER
    return said and not decisions.unsettled(ctx.conn, request.id, ctx.now)


def _moved(ctx: CallContext, request: CardRequest, office: Office) -> Answered:
    """Move a visit to another day, or to another office that is served."""
    age = nik.age(request.born, calendar.local_day(ctx.now, office.zone))
    if office.code not in ctx.offices:
        return Answered("unserved", {"regency": office.regency})
    if office.code != request.office and age < office.minimum_age:
        return Answered("young", {"minimum": str(office.minimum_age)})
    place = slots.find(ctx.conn, office, ctx.now, ctx.known["slot"])
    changed = put(ctx, request, office, place) if place else None
    if changed is None:
        return Answered("taken")
    return Answered("moved", booked.finish(ctx, changed, office).facts)


def put(
    work: Work, request: CardRequest, office: Office, place: Place, officer_id: str | None = None
) -> CardRequest | None:
    """Move a locked request to another place, giving back its own; ``None`` when that is full.

    A contested request takes no room, as on its first day, unless its rival is gone.
    """
    holder = _holder(work, request)
    slots.hold(work.conn, office, place, request)
    if not slots.reserve(work.conn, office, place, contested=holder is not None):
        return None
    changes.release(work, request)
    notices.take_back(work, request.id)
    when = {"day": place.day, "hour": place.hour, "holds_slot": holder is None}
    if office.code != request.office:
        changes.note(work, request, "left", officer_id, {"to": office.code})
        when["office"] = office.code
    if holder is None:
        values = {**when, "contested_with": None}
        return changes.move(work, request, State.BOOKED, values, officer_id)
    if request.state is State.REQUESTED:
        changed = changes.change(work, request, when)
        changes.note(work, changed, "rebooked", officer_id, changes.told(when))
        return changed
    return changes.move(work, request, State.REQUESTED, when, officer_id)


def _office(ctx: CallContext, code: str) -> Office:
    office = offices.get(ctx.conn, code)
    if office is None:
        raise LookupError("the office of this request is gone")
    return office


def _locked(ctx: CallContext, request_id: str) -> CardRequest:
    found = card_requests.get(ctx.conn, request_id)
    request = contested.lock(ctx, found) if found else None
    if request is None:
        raise LookupError("the request of this session is gone")
    return request


def _holder(work: Work, request: CardRequest) -> CardRequest | None:
    if request.contested_with is None:
        return None
    return card_requests.holder_of_nik(work.conn, request.nik_index)
