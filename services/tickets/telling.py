"""What a number hears of its own tickets, and of nobody else's.

A code says nothing by itself: only the number it was given to may ask for it, within half a year.
"""

from __future__ import annotations

from datetime import timedelta

from domain import calendar, tickets
from domain.tickets import TOLD_FOR, State
from menus.events import Answered
from services.context import CallContext, Work
from services.tickets import whose
from storage import offices, places
from storage import tickets as stored
from storage.tickets import Ticket
from storage.vault import Unsealable


def begin(ctx: CallContext) -> Answered:
    """Choose how to begin: judge an answer, see one's own, choose an office, or just complain."""
    if ctx.caller.msisdn is None or not ctx.caller.registrable:
        return Answered("foreign")
    own = _own(ctx)
    if answered := next((one for one in own if unrated(one, ctx)), None):
        return Answered("rate", {"code": answered.code, "said": said(ctx, answered)})
    if own:
        return Answered("some")
    choices = whose.choices(ctx)
    if len(choices) > 1:
        return Answered("which", {}, {"tickets.offices": choices})
    return Answered("fresh")


def mine(ctx: CallContext) -> Answered:
    """Give the one ticket of this number, or the list of several."""
    own = _own(ctx)
    if len(own) > 1:
        lines = [{"value": one.code, "code": one.code, "about": one.kind.value} for one in own]
        return Answered("several", {}, {"tickets.mine": lines})
    return Answered("one", {"code": own[0].code}) if own else Answered("none")


def tell(ctx: CallContext) -> Answered:
    """Tell how a ticket stands; ``none`` for a code that this number was not given."""
    found = stored.by_code(ctx.conn, ctx.known["code"], ctx.caller.phone_index)
    if found is None or found.created_at <= ctx.now - TOLD_FOR:
        return Answered("none")
    return standing(ctx, found)


def standing(work: Work, ticket: Ticket) -> Answered:
    """Return how a ticket stands, with all that its screen or its SMS says."""
    facts = {"code": ticket.code, "about": ticket.kind.value}
    if ticket.state is State.CLOSED:
        rated = "rate" if unrated(ticket, work) else "closed"
        return Answered(rated, {**facts, "said": said(work, ticket)})
    if ticket.due_at <= work.now:
        return Answered("late", facts)
    return Answered(ticket.state.value, {**facts, "last_day": _last_day(work, ticket)})


def unrated(ticket: Ticket, work: Work) -> bool:
    """Tell whether an answer was given that nobody has judged yet, and not too long ago."""
    judged = ticket.satisfied is not None
    if ticket.state is not State.CLOSED or judged:
        return False
    return tickets.may_be_rated(ticket.answered_at, work.now)


def said(work: Work, ticket: Ticket) -> str:
    """Return what an officer answered; nothing when its key is lost."""
    if ticket.answer_sealed is None:
        return ""
    try:
        return work.vault.open(ticket.answer_sealed, where=places.ticket_answer(ticket.id))
    except Unsealable:
        return ""


def _own(ctx: CallContext) -> list[Ticket]:
    return stored.of_phone(ctx.conn, ctx.caller.phone_index, ctx.now - TOLD_FOR)


def _last_day(work: Work, ticket: Ticket) -> str:
    """Return the last day on which an answer would be in time, as the office counts days."""
    office = offices.get(work.conn, ticket.office)
    last = ticket.due_at - timedelta(seconds=1)
    return calendar.local_day(last, office.zone if office else "WIB").isoformat()
