"""*Nomor HP* on the phone: whose number this is, let it go, put this one in another's place.

Who calls from the card's own number may let it go; who calls from another has told code and birth
date, or chosen the card among those of a phone.
"""

from __future__ import annotations

from menus.events import Answered
from services.cards import entering, numbers, spoken_of
from services.cards.spoken_of import Case
from services.context import CallContext
from storage import phone_changes


def look(ctx: CallContext) -> Answered:
    """Tell whether the caller's number is the card's own, and whether it is about to leave."""
    if not ctx.caller.registrable:
        return Answered("foreign")
    case = spoken_of.seen(ctx)
    if case is None or not case.own:
        return Answered("other")
    leaving = phone_changes.waiting_of(ctx.conn, case.request.id)
    return Answered("leaving" if leaving else "own")


def detach(ctx: CallContext) -> Answered:
    """Let the caller's number go from this card; nothing about it is sent there any more."""
    case = spoken_of.locked(ctx)
    if case is None or not case.own:
        return Answered("other")
    numbers.let_go(ctx, case.request)
    return Answered("detached")


def stop(ctx: CallContext) -> Answered:
    """Stop a change of number from the number that is to leave."""
    case = spoken_of.locked(ctx)
    change = phone_changes.waiting_of(ctx.conn, ctx.known["request"])
    if case is None or change is None or not case.own:
        return Answered("other")
    numbers.stop(ctx, change, case.request, case.office)
    ctx.after_commit.append(ctx.nudge)
    return Answered("stopped")


def take(ctx: CallContext) -> Answered:
    """Put the caller's number in the place of the card's: at once where it has none."""
    case = spoken_of.locked(ctx)
    phone = ctx.caller.msisdn
    if case is None or phone is None or not ctx.caller.registrable or case.own:
        return Answered("other")
    if entering.too_many(ctx, case.office):
        return Answered("too_many")
    return _taken(ctx, case, phone)


def _taken(ctx: CallContext, case: Case, phone: str) -> Answered:
    if case.request.phone_index is None:
        numbers.give(ctx, case.request, phone)
        return Answered("taken")
    day = numbers.wait(ctx, case, phone)
    return Answered("waits", {"from_day": day}) if day else Answered("other")
