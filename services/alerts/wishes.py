"""What an applicant wants to hear of: a consent of its own, each answer saved alone.

UU 27/2022 art. 20-22 asks for a consent that stands apart; the request itself rests on public
duty and needs none.
"""

from __future__ import annotations

from domain import matching, terms
from menus.events import Answered
from services.alerts import offering
from services.alerts.whose import of_caller
from services.context import CallContext
from storage import alert_profiles, audit, optouts
from storage.alert_profiles import AlertProfile

__all__ = [
    "another",
    "consent",
    "education",
    "pace",
    "place",
    "renew",
    "rest",
    "sector",
]


def consent(ctx: CallContext) -> Answered:
    """Keep that the applicant wants to hear of vacancies.

    ``stopped`` where the number has said STOP: that is asked about by itself; ``as_before`` where
    all questions were answered before.
    """
    if optouts.stands(ctx.conn, ctx.caller.phone_index):
        return Answered("stopped")
    return renew(ctx)


def renew(ctx: CallContext) -> Answered:
    """Keep the consent though the number has said STOP, which ends."""
    request = of_caller(ctx)
    optouts.end(ctx.conn, ctx.caller.phone_index)
    alert_profiles.keep(ctx.conn, request.id, request.office, ctx.now)
    audit.add(
        ctx.conn,
        ctx.now,
        action="alerts.consented",
        office=request.office,
        request_id=request.id,
    )
    offering.send_asked(ctx, request)
    whole = _whole(alert_profiles.get(ctx.conn, request.id))
    return Answered("as_before" if whole else "kept")


def education(ctx: CallContext) -> Answered:
    """Keep the last school."""
    return _keep(ctx, education=ctx.known["education"])


def sector(ctx: CallContext) -> Answered:
    """Keep the work wanted, instead of all that was wanted before."""
    return _keep(ctx, sectors=(ctx.known["sector"],))


def rest(ctx: CallContext) -> Answered:
    """List what else can be wanted, first of all nothing else; ``full`` after three."""
    wanted = _sectors(ctx)
    if len(wanted) >= matching.MOST_SECTORS or matching.ANYTHING in wanted:
        return Answered("full")
    others = [one for one in terms.sectors() if one not in (*wanted, matching.ANYTHING)]
    lines = [{"value": one, "another": one} for one in (matching.ENOUGH, *others)]
    return Answered("some", items={"alerts.rest": lines})


def another(ctx: CallContext) -> Answered:
    """Keep one more kind of work; ``enough`` when there is none, or no room for more."""
    wanted, more = _sectors(ctx), ctx.known["another"]
    if more == matching.ENOUGH or more in wanted or len(wanted) >= matching.MOST_SECTORS:
        return Answered("enough")
    return _keep(ctx, sectors=(*wanted, more))


def place(ctx: CallContext) -> Answered:
    """Keep how far it may be: near, province, anywhere or abroad."""
    reach = ctx.known["reach"]
    return _keep(ctx, reach=matching.WIDER.get(reach, reach))


def pace(ctx: CallContext) -> Answered:
    """Keep how often: once a week, or each vacancy at once."""
    return _keep(ctx, pace=ctx.known["pace"])


def _keep(ctx: CallContext, **answers: str | tuple[str, ...]) -> Answered:
    request = of_caller(ctx)
    alert_profiles.answer(ctx.conn, request.id, **answers)
    return Answered("kept")


def _sectors(ctx: CallContext) -> tuple[str, ...]:
    profile = alert_profiles.get(ctx.conn, of_caller(ctx).id)
    return profile.wanted if profile else ()


def _whole(profile: AlertProfile | None) -> bool:
    return bool(profile and profile.education and profile.wanted and profile.reach)
