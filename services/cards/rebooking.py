"""Another day for an applicant who missed his: the same request, the same code."""

from __future__ import annotations

from domain import calendar, card
from domain.card import State
from domain.slots import Place
from menus.events import Answered
from services import slots
from services.cards import booked, changes, contested, notices
from services.context import CallContext, Work
from storage import card_requests, offices
from storage.card_requests import CardRequest
from storage.offices import Office


def rebook(ctx: CallContext, request_id: str) -> Answered:
    """Book the day chosen for a request that missed its own.

    The session knows the request because this phone made it, or its code and birth date were told.
    Whatever else became of it in the meantime, the status screen tells.
    """
    request = _locked(ctx, request_id)
    office = offices.get(ctx.conn, request.office)
    if office is None:
        raise LookupError("the office of this request is gone")
    if not card.missed(request.state, request.day, calendar.local_day(ctx.now, office.zone)):
        return Answered("already", {"request": request.id})
    place = slots.find(ctx.conn, office, ctx.now, ctx.known["slot"])
    changed = put(ctx, request, office, place) if place else None
    return booked.finish(ctx, changed, office) if changed else Answered("taken")


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
    if holder is None:
        values = {**when, "contested_with": None}
        return changes.move(work, request, State.BOOKED, values, officer_id)
    if request.state is State.REQUESTED:
        changed = changes.change(work, request, when)
        changes.note(work, changed, "rebooked", officer_id, changes.told(when))
        return changed
    return changes.move(work, request, State.REQUESTED, when, officer_id)


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
