"""One switch: how it stands, off at once, and what is said at the end."""

from __future__ import annotations

from domain import matching
from menus.events import Answered
from services.alerts.whose import held, of_caller
from services.context import CallContext, Work
from storage import alert_messages, alert_profiles, audit, card_requests, offices, optouts
from storage.alert_profiles import AlertProfile
from storage.card_requests import CardRequest

__all__ = ["finish", "open_", "switch_off", "withdraw"]


def open_(ctx: CallContext) -> Answered:
    """Say how the switch stands for the applicant this session speaks of, if this phone is his.

    ``several`` to choose from, ``nobody`` where nobody of this phone has a card or asks for one.
    """
    own = held(ctx)
    meant = [one for one in own if one.id == ctx.known.get("request")] or own
    match meant:
        case []:
            return Answered("nobody")
        case [one]:
            return _stands(ctx, one)
        case _:
            lines = [{"value": one.id, "name": one.call_name} for one in meant]
            return Answered("several", items={"alerts.people": lines})


def switch_off(ctx: CallContext) -> Answered:
    """Send nothing more of vacancies to this applicant, not even what is on its way."""
    withdraw(ctx, of_caller(ctx).id)
    return Answered("off")


def withdraw(work: Work, request_id: str) -> int:
    """End a consent and take back what has not left; how many SMS. Repeating it changes nothing."""
    request = card_requests.get(work.conn, request_id)
    if request is None or not alert_profiles.withdraw(work.conn, request_id, work.now):
        return 0
    audit.add(
        work.conn,
        work.now,
        action="alerts.withdrawn",
        office=request.office,
        request_id=request_id,
    )
    return alert_messages.cancel_of(work.conn, request_id, work.now)


def finish(ctx: CallContext) -> Answered:
    """Say what is kept: to who has just booked, his visit; to others, how often they will hear."""
    request = of_caller(ctx)
    office = offices.get(ctx.conn, request.office)
    just_booked = ctx.known.get("just_booked") == request.id
    if just_booked and request.day and request.hour and office:
        facts = {
            "name": request.call_name,
            "day": request.day.isoformat(),
            "hour": request.hour,
            "place": office.place,
            "papers": office.papers,
        }
        return Answered("visit", facts)
    profile = alert_profiles.get(ctx.conn, request.id)
    return Answered(profile.pace if profile else matching.WEEKLY)


def _stands(ctx: CallContext, request: CardRequest) -> Answered:
    profile = alert_profiles.get(ctx.conn, request.id)
    facts = {"request": request.id, "name": request.call_name}
    if optouts.stands(ctx.conn, ctx.caller.phone_index):
        return Answered("stopped", facts)
    if profile is None or profile.withdrawn_at:
        return Answered("off", facts)
    return Answered("on", {**facts, **_wishes(profile)})


def _wishes(profile: AlertProfile) -> dict[str, str]:
    return {
        "sectors": ",".join(profile.wanted) or matching.ANYTHING,
        "reach": profile.reach or matching.NEAR,
    }
