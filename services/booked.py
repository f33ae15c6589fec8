"""The one happy ending of a call: the same for a new request, another day and a contested NIK."""

from __future__ import annotations

from menus.events import Answered
from services import callers, drafts, notices
from services.context import CallContext
from storage.card_requests import CardRequest
from storage.offices import Office


def finish(ctx: CallContext, request: CardRequest, office: Office) -> Answered:
    """Tell the applicant, on the screen and by SMS; forget the draft."""
    notices.tell(ctx, "booked", request, office)
    callers.speaks(ctx)
    drafts.forget(ctx)
    ctx.after_commit.append(ctx.nudge)
    facts = {
        "request": request.id,
        "code": request.code,
        "day": request.day.isoformat() if request.day else "",
        "hour": request.hour or "",
        "place": office.place,
        "papers": office.papers,
    }
    return Answered("booked", facts)
