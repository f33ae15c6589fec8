"""Whether an answer helped: "1 Puas" ends a ticket, "2 Belum" opens it again with a new clock."""

from __future__ import annotations

from domain.tickets import CLOCK, State
from menus.events import Answered
from services.context import CallContext, Work
from services.tickets.telling import unrated
from storage import audit, sms_questions, tickets
from storage.tickets import Ticket

ABOUT = "ticket"
"""What `sms_questions` calls the question of an answer's SMS."""


def rate(ctx: CallContext) -> Answered:
    """Keep what the caller says of an answer; ``over`` when there is nothing to judge any more."""
    found = tickets.by_code(ctx.conn, ctx.known["code"], ctx.caller.phone_index)
    content = ctx.known["satisfied"] == "yes"
    told = judge(ctx, found.id, content=content) if found else None
    return Answered(_outcome(told), {"code": ctx.known["code"]})


def judge(work: Work, ticket_id: str, *, content: bool) -> Ticket | None:
    """Let the answer to a ticket stand or open it again; None when it cannot be judged now.

    Who says the same a second time changes nothing and hears the same.
    """
    ticket = tickets.lock(work.conn, ticket_id)
    if ticket is None or (not unrated(ticket, work) and not _said_so(ticket, content=content)):
        return None
    if unrated(ticket, work):
        _write(work, ticket, content=content)
    return tickets.lock(work.conn, ticket_id)


def ask(work: Work, ticket: Ticket) -> None:
    """From now on a lone digit by SMS from this number judges this answer."""
    sms_questions.ask(work.conn, ticket.phone_index, ABOUT, (ticket.id, ticket.id), work.now)


def forget(work: Work, ticket: Ticket) -> None:
    """Let a digit mean nothing any more, if this ticket was what it spoke of."""
    asked = sms_questions.standing(work.conn, ticket.phone_index, work.now)
    if asked and asked.about == ABOUT and ticket.id in asked.refs:
        sms_questions.forget(work.conn, ticket.phone_index)


def _write(work: Work, ticket: Ticket, *, content: bool) -> None:
    values: dict[str, object] = {"satisfied": content}
    if not content:
        again = {"state": State.NEW, "reopened": ticket.reopened + 1, "due_at": work.now + CLOCK}
        values |= again
    tickets.change(work.conn, ticket.id, ticket.version, values, work.now)
    audit.add(
        work.conn,
        work.now,
        action="ticket.content" if content else "ticket.reopened",
        office=ticket.office,
        request_id=ticket.request_id,
        details={"ticket": ticket.id},
    )


def _said_so(ticket: Ticket, *, content: bool) -> bool:
    closed = ticket.state is State.CLOSED
    return ticket.satisfied is content and closed is content


def _outcome(told: Ticket | None) -> str:
    if told is None:
        return "over"
    return "content" if told.satisfied else "reopened"
