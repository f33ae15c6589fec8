"""Two phones, one NIK: who holds it, and what becomes of the other.

A NIK is held by one live request; others for it point at that one and hold no slot.  Whose it is
the KTP tells, at the counter.  When the holder's request ends, the oldest other one moves up.
"""

from __future__ import annotations

from typing import Final

from domain.card import State
from services import slots
from services.cards import changes
from services.context import Work
from storage import card_requests, locks, offices
from storage.card_requests import CardRequest

BEFORE_COUNTER: Final = frozenset({State.REQUESTED, State.BOOKED, State.NO_SHOW})
"""States in which nobody's KTP was seen yet, so the request gives way to one whose was."""


def lock(work: Work, request: CardRequest) -> CardRequest | None:
    """Lock a request and all others of its NIK; return it as it stands now."""
    locks.hold(work.conn, f"nik:{request.nik_index}")
    return card_requests.lock(work.conn, request.id)


def move_up(work: Work, ended: str) -> None:
    """Let the oldest request that contested the one of id ``ended`` hold the NIK, and book it."""
    rivals = card_requests.rivals(work.conn, ended)
    if not rivals:
        return
    heir = rivals[0]
    card_requests.point(work.conn, ended, heir.id)
    heir = changes.change(work, heir, {"contested_with": None})
    changes.note(work, heir, "settled")
    if heir.state is State.REQUESTED:
        book(work, heir)


def book(work: Work, request: CardRequest, officer_id: str | None = None) -> CardRequest:
    """Book the day that a request was promised, when there is room; else leave it to an officer."""
    office = offices.get(work.conn, request.office)
    if office is None or request.day is None or request.hour is None:
        return request
    place = slots.find(work.conn, office, work.now, f"{request.day} {request.hour}")
    if place is None or not slots.take(work.conn, office, place):
        return request
    return changes.move(work, request, State.BOOKED, {"holds_slot": True}, officer_id)


def rival(work: Work, request: CardRequest) -> str | None:
    """Return the id of another live request for the same NIK, the one that holds it if any."""
    if request.contested_with is not None:
        return request.contested_with
    return next((other.id for other in card_requests.rivals(work.conn, request.id)), None)


def take_over(work: Work, request: CardRequest, officer_id: str) -> CardRequest | None:
    """Let ``request`` hold its NIK, its owner's KTP having been seen; the holder is withdrawn.

    ``None`` when the holder's KTP was seen too, or he has a card: that is no slip of the phone,
    and an officer must look first.
    """
    if request.contested_with is None:
        return request
    holder = card_requests.holder_of_nik(work.conn, request.nik_index)
    if holder and holder.state not in BEFORE_COUNTER:
        return None
    if holder:
        changes.move(work, holder, State.WITHDRAWN, officer_id=officer_id)
        card_requests.point(work.conn, holder.id, request.id)
    card_requests.point(work.conn, request.contested_with, request.id)
    return changes.change(work, request, {"contested_with": None})


def dismiss_rivals(work: Work, request: CardRequest, officer_id: str) -> None:
    """Withdraw all that contest ``request``."""
    for rival in card_requests.rivals(work.conn, request.id):
        changes.move(work, rival, State.WITHDRAWN, officer_id=officer_id)
