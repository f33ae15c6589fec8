"""Vacancies that stand open while somebody is on the line: how many, and their names by SMS.

The number said is the number there is; where there are none, nothing is offered.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from domain import calendar, matching
from menus.events import Answered
from services.alerts import telling
from services.alerts.whose import of_caller
from services.context import CallContext
from sms.message import Lane
from storage import alert_matching, offices, outbox
from storage.alert_messages import Told
from storage.card_requests import CardRequest

__all__ = ["matches", "nearby", "send", "send_asked"]

ASKED: Final = "send"
"""What a session knows when the caller said yes to an SMS with what is near."""

_MOST: Final = 99
_GOOD_FOR: Final = timedelta(hours=12)


def nearby(ctx: CallContext) -> Answered:
    """Count what is open near the home of who has just booked; of the work he looked for, if any.

    ``of_work`` with that work, ``some`` of any, ``none`` when there is nothing to offer.
    """
    request = of_caller(ctx)
    work, found = _near(ctx, request.home)
    facts = {"just_booked": request.id}
    match len(found), work:
        case 0, _:
            return Answered("none", facts)
        case count, None:
            return Answered("some", {**facts, "count": str(count)})
        case count, work:
            return Answered("of_work", {**facts, "count": str(count), "sectors": work or ""})


def matches(ctx: CallContext) -> Answered:
    """Count what is open and fits the wishes just kept; ``near`` where none of it is far."""
    request = of_caller(ctx)
    found = [] if _asked(ctx) else alert_matching.fitting(ctx.conn, request.id, ctx.now, _MOST)
    if not found:
        return Answered("none")
    facts = {"count": str(len(found)), "sectors": ",".join(_kinds(found))}
    home = all(one.place == request.home[:5] for one in found)
    return Answered("near" if home else "some", facts)


def send(ctx: CallContext) -> Answered:
    """Send the names of what fits, by an SMS at once: it was asked for."""
    request = of_caller(ctx)
    _send(ctx, request, alert_matching.fitting(ctx.conn, request.id, ctx.now, _MOST))
    return Answered("sent")


def send_asked(ctx: CallContext, request: CardRequest) -> None:
    """Send the names of what is near, if that was said yes to with the consent."""
    if _asked(ctx):
        _send(ctx, request, _near(ctx, request.home)[1])


def _asked(ctx: CallContext) -> bool:
    return ctx.known.get(ASKED) == "yes"


def _near(ctx: CallContext, home: str) -> tuple[str | None, list[Told]]:
    """Return what is open in the regency of a home, and the one kind of work it was narrowed to."""
    work = ctx.known.get("work")
    work = None if work in (None, matching.ANYTHING) else work
    return work, alert_matching.open_in(ctx.conn, home[:5], work, ctx.now, _MOST)


def _kinds(found: Sequence[Told]) -> list[str]:
    kinds = dict.fromkeys(one.sector for one in found)
    return [kind for kind in kinds if kind != matching.ANYTHING] or [matching.ANYTHING]


def _send(ctx: CallContext, request: CardRequest, found: Sequence[Told]) -> None:
    """Queue the SMS, once a day for a request; none where there is nothing to tell."""
    office = offices.get(ctx.conn, request.office)
    if not found or office is None or ctx.caller.msisdn is None:
        return
    outbox.add(
        ctx.conn,
        ctx.vault,
        office=request.office,
        request_id=request.id,
        lane=Lane.URGENT,
        template="vacancies",
        language=ctx.language,
        params={"place": office.place, **telling.several(found)},
        to=ctx.caller.msisdn,
        dedupe_key=f"{request.id}:{calendar.local_day(ctx.now, office.zone)}:vacancies",
        now=ctx.now,
        expires_at=ctx.now + _GOOD_FOR,
    )
    ctx.after_commit.append(ctx.nudge)
