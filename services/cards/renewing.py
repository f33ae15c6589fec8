"""A new card for whoever had one: the same person, a new request with its own day, nothing typed.

Cards are made anew when they have expired, and when a report window was missed (the rule of the
offices that were read: docs/decisions, and `domain.card.late`). The old request ends in the same
transaction, so that the new one may hold the NIK.
"""

from __future__ import annotations

from typing import Final

from msgspec import structs

from domain.card import State
from menus.events import Answered
from services.cards import booked, changes, contested, entering
from services.context import CallContext, Caller
from storage import alert_profiles, card_requests, places
from storage.card_requests import CardRequest
from storage.offices import Office

ENDED: Final = frozenset({State.EXPIRED, State.EMPLOYED, State.WITHDRAWN})
"""Ends after which the same data make a new request; after a refusal they do not."""


class _NotBooked(Exception):  # noqa: N818 - said as what it is
    """Nothing was booked; whatever was done for it goes with the savepoint."""

    def __init__(self, answered: Answered) -> None:
        super().__init__()
        self.answered = answered


def renew(ctx: CallContext, request: CardRequest, office: Office) -> Answered:
    """Book a visit for a new card of a locked request that has ended, or whose holder is late.

    Answers as `services.cards.booking.book` does.
    """
    asking = _asking(ctx, request)
    if office.code not in ctx.offices:
        return Answered("unserved", {"regency": office.regency})
    try:
        with ctx.conn.begin_nested():
            return _renewed(ctx, asking, request, office)
    except _NotBooked as nothing:
        return nothing.answered


def _renewed(
    ctx: CallContext, asking: CallContext, request: CardRequest, office: Office
) -> Answered:
    if request.state not in ENDED:
        changes.move(ctx, request, State.EXPIRED)
        contested.move_up(ctx, request.id)
    phone = asking.caller.phone_index
    if own := card_requests.of_phone_and_nik(ctx.conn, phone, request.nik_index):
        raise _NotBooked(Answered("already", {"request": own.id}))
    if not asking.caller.registrable or entering.too_many(asking, office):
        raise _NotBooked(Answered("too_many"))
    entered = entering.enter(asking, office, request.nik_index)
    if entered is None:
        raise _NotBooked(Answered("taken"))
    alert_profiles.follow(ctx.conn, request.id, entered.id, entered.office)
    changes.note(ctx, entered, "renewed", details={"of": request.id})
    return booked.finish(ctx, entered, office)


def _asking(ctx: CallContext, request: CardRequest) -> CallContext:
    """Return the call as if its person had registered anew, from the number the card has."""
    known = {
        **ctx.known,
        "nik": ctx.vault.open(request.nik_sealed, where=places.nik(request.id)),
        "name": request.call_name,
        "home": request.home,
    }
    return structs.replace(ctx, known=known, caller=_caller(ctx, request))


def _caller(ctx: CallContext, request: CardRequest) -> Caller:
    """Keep the number of the card; one that is gone or fell silent gives way to who calls.

    A code and a birth date do not move a card to another phone unseen.
    """
    index, sealed = request.phone_index, request.phone_sealed
    if sealed is None or index is None or request.phone_silent_at:
        return ctx.caller
    if index == ctx.caller.phone_index:
        return ctx.caller
    number = ctx.vault.open(sealed, where=places.phone(request.id))
    return Caller(msisdn=number, phone_index=index, registrable=True)
