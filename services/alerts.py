"""The consent to hear of vacancies: separate from the request, each answer saved alone.

UU 27/2022 art. 20-22 asks for a consent that stands apart; the request itself rests on public
duty and needs none.
"""

from __future__ import annotations

from menus.events import Answered
from services.context import CallContext
from storage import alert_profiles, audit, card_requests, optouts


def consent(ctx: CallContext) -> Answered:
    """Keep that the applicant wants to hear of vacancies; it ends an earlier STOP of the number."""
    optouts.end(ctx.conn, ctx.caller.phone_index)
    return _keep(ctx, log="alerts.consented")


def education(ctx: CallContext) -> Answered:
    """Keep the last school."""
    return _keep(ctx, education=ctx.known["education"])


def sector(ctx: CallContext) -> Answered:
    """Keep the work wanted."""
    return _keep(ctx, sector=ctx.known["sector"])


def place(ctx: CallContext) -> Answered:
    """Keep where work is wanted: near, other or abroad."""
    return _keep(ctx, reach=ctx.known["reach"])


def _keep(ctx: CallContext, log: str | None = None, **answer: str) -> Answered:
    request = card_requests.by_code(ctx.conn, ctx.known["code"])
    # A code alone is no proof of anything: only the phone that asked speaks for the applicant.
    if request is None or request.phone_index != ctx.caller.phone_index:
        raise LookupError("no request of this phone has the code of this session")
    alert_profiles.keep(ctx.conn, request.id, request.office, ctx.now, **answer)
    if log:
        audit.add(ctx.conn, ctx.now, action=log, office=request.office, request_id=request.id)
    return Answered("kept")
