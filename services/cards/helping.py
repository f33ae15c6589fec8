"""Help at the visit: whoever wants it says so, and nobody asks why.

Why somebody needs help would be data on his health, which UU 27/2022 art. 4 holds apart; that he
wants it is all that an officer has to know.
"""

from __future__ import annotations

from typing import Final

from domain.card import State
from menus.events import Answered
from services.cards import spoken_of
from services.cards.spoken_of import Case
from services.context import CallContext
from storage import audit, card_requests

_TO_COME: Final = frozenset({State.REQUESTED, State.BOOKED})


def want(ctx: CallContext) -> Answered:
    """Keep whether the applicant wants help when he comes; ``over`` when no visit is to come.

    What an officer sees beside it stays as it is: no page that is open is outdated by this.
    """
    case = spoken_of.locked(ctx)
    if case is None or not _comes(case):
        return Answered("over", {"request": ctx.known["request"]})
    helped = ctx.known["help"] == "yes"
    if case.request.needs_help is not helped:
        card_requests.set_help(ctx.conn, case.request.id, needs_help=helped)
        _note(ctx, case, "help.wanted" if helped else "help.declined")
    return Answered("helped" if helped else "alone", _facts(case))


def _comes(case: Case) -> bool:
    request = case.request
    return request.state in _TO_COME and request.day is not None and request.day >= case.today


def _note(ctx: CallContext, case: Case, what: str) -> None:
    office, request = case.office.code, case.request.id
    audit.add(ctx.conn, ctx.now, action=what, office=office, request_id=request)


def _facts(case: Case) -> dict[str, str]:
    request, office = case.request, case.office
    return {
        "name": request.call_name,
        "day": request.day.isoformat() if request.day else "",
        "hour": request.hour or "",
        "place": office.place,
        "papers": office.papers,
    }
