"""The happy ending of a call: the same for a new request, another day and a contested NIK."""

from __future__ import annotations

from menus.events import Answered
from services import callers
from services.cards import notices
from services.context import CallContext
from storage.card_requests import CardRequest
from storage.offices import Office


def finish(ctx: CallContext, request: CardRequest, office: Office) -> Answered:
    """Tell the applicant, on the screen and by SMS.

    ``moved`` when another phone asked for the card, so that what only its owner can answer for
    (SMS on vacancies) is not asked of whoever lent a hand.
    """
    notices.tell(ctx, "booked", request, office)
    callers.speaks(ctx)
    ctx.after_commit.append(ctx.nudge)
    facts = {
        "request": request.id,
        "code": request.code,
        "day": request.day.isoformat() if request.day else "",
        "hour": request.hour or "",
        "place": office.place,
        "papers": office.papers,
    }
    own = request.phone_index == ctx.caller.phone_index
    return Answered("booked" if own else "moved", facts)
