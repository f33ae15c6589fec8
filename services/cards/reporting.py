"""The report of every six months by phone: one key, one transaction; work found ends the card.

Where the work is, and in which sector, is asked afterwards for the statistics, each answer kept
alone.
"""

from __future__ import annotations

from typing import Final

from domain import calendar, card
from domain.card import HOLDER, State
from menus.events import Answered
from services.cards import changes, contested, spoken_of, status
from services.cards.spoken_of import Case
from services.context import CallContext
from storage import card_reports

EMPLOYED: Final = "employed"
ANSWERS: Final = frozenset({"looking", "training", EMPLOYED})


def report(ctx: CallContext) -> Answered:
    """Keep a report: still looking or in training (the next day is told), or employed.

    ``late`` when a whole window was missed, for then the card must be made anew; ``other`` when no
    report is due any more, or an officer is at work on it.
    """
    answer = ctx.known["report"]
    case = spoken_of.locked(ctx)
    if case is None or case.request.state not in HOLDER or answer not in ANSWERS:
        return Answered("other")
    if answer == EMPLOYED:
        return _employed(ctx, case)
    if case.request.state is not State.REPORT_DUE:
        return Answered("other")
    if status.is_late(case.request, case.office, case.today):
        return Answered("late")
    return _reported(ctx, case, answer)


def sector(ctx: CallContext) -> Answered:
    """Keep the sector of the work that was found."""
    return _told(ctx, sector=ctx.known["sector"])


def place(ctx: CallContext) -> Answered:
    """Keep where the work is: near, other or abroad."""
    return _told(ctx, place=ctx.known["reach"])


def _reported(ctx: CallContext, case: Case, answer: str) -> Answered:
    at = case.request.issued_at
    issued = calendar.local_day(at, case.office.zone) if at else case.today
    following = card.next_report(issued, case.today)
    _keep(ctx, case, answer)
    changed = changes.move(ctx, case.request, State.REPORTED, {"next_report_on": following})
    if answer != "looking":
        changes.note(ctx, changed, answer)
    if following is not None:
        return Answered("reported", {"report_day": following.isoformat()})
    until = changed.expires_on
    return Answered("last", {"until": until.isoformat() if until else ""})


def _employed(ctx: CallContext, case: Case) -> Answered:
    _keep(ctx, case, EMPLOYED)
    changes.move(ctx, case.request, State.EMPLOYED)
    contested.move_up(ctx, case.request.id)
    return Answered(EMPLOYED)


def _keep(ctx: CallContext, case: Case, answer: str) -> None:
    """Keep the answer under the day it is for: after the third report, the end of the card."""
    request = case.request
    card_reports.add(
        ctx.conn,
        request_id=request.id,
        office=request.office,
        due_on=request.next_report_on or request.expires_on or case.today,
        answer=answer,
        now=ctx.now,
    )


def _told(ctx: CallContext, **answer: str) -> Answered:
    if not card_reports.keep(ctx.conn, ctx.known["request"], ctx.now, **answer):
        raise LookupError("no report of work stands for the request of this session")
    return Answered("kept")
