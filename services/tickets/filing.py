"""A ticket comes in: its row, its code and the SMS that tells it, in one transaction."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import Final
from uuid import uuid4

from domain import calendar, request_code
from domain.msisdn import last4
from domain.tickets import CLOCK, MOST_A_DAY, OPEN, Kind
from menus.events import Answered
from services.callbacks.whose import card_of
from services.context import CallContext
from services.tickets import notices, whose
from storage import audit, locks, offices, places, tickets
from storage.offices import Office
from storage.tickets import NewTicket, Ticket

_CODES_TRIED: Final = 20


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked: in the caller's own words, or to be told in a call back."""

    kind: Kind
    office: Office
    text: str | None = None
    callback_id: str | None = None


def file(ctx: CallContext) -> Answered:
    """Write a complaint down; ``too_many`` above three tickets a day."""
    office = whose.offices(ctx)[0]
    filed = write(ctx, Wish(Kind.COMPLAINT, office, text=ctx.known["complaint"]))
    return Answered("filed", {"code": filed.code}) if filed else Answered("too_many")


def for_call(ctx: CallContext, office_code: str, callback_id: str) -> None:
    """Write down that a complaint will be told in a call back.

    Whoever was told that his ticket is late speaks of that one: no second is filed.
    """
    office = offices.get(ctx.conn, office_code)
    late = tickets.by_code(ctx.conn, ctx.known.get("code", ""), ctx.caller.phone_index)
    if late and late.state in OPEN and late.office == office_code:
        rung = {"callback_id": callback_id}
        tickets.change(ctx.conn, late.id, late.version, rung, ctx.now)
    elif office is not None:
        write(ctx, Wish(Kind.COMPLAINT, office, callback_id=callback_id))


def write(ctx: CallContext, wish: Wish) -> Ticket | None:
    """Insert a ticket and tell its code; None when this number has asked enough today."""
    if ctx.caller.msisdn is None or not ctx.caller.registrable:
        return None
    # Of two sessions of one number at once both would be the last that is allowed.
    locks.hold(ctx.conn, f"phone:{ctx.caller.phone_index}")
    if _too_many(ctx, wish.office):
        return None
    filed = _added(ctx, wish, ctx.caller.msisdn)
    audit.add(
        ctx.conn,
        ctx.now,
        action="ticket.filed",
        office=filed.office,
        request_id=filed.request_id,
        details={"ticket": filed.id, "kind": filed.kind.value},
    )
    notices.tell(ctx, "ticket_filed", filed, wish.office)
    ctx.after_commit.append(ctx.nudge)
    return filed


def _too_many(ctx: CallContext, office: Office) -> bool:
    today = calendar.day_begins(calendar.local_day(ctx.now, office.zone), office.zone)
    return tickets.count_since(ctx.conn, ctx.caller.phone_index, today) >= MOST_A_DAY


def _added(ctx: CallContext, wish: Wish, phone: str) -> Ticket:
    """Insert the ticket under a code that nobody has."""
    ticket_id = str(uuid4())
    for _ in range(_CODES_TRIED):
        code = request_code.make(secrets.randbelow, request_code.OF_A_TICKET)
        if tickets.add(ctx.conn, _row(ctx, wish, ticket_id, code, phone), ctx.now):
            break
    added = tickets.get(ctx.conn, ticket_id, wish.office.code)
    if added is None:
        raise RuntimeError("no free ticket code was found")
    return added


def _row(ctx: CallContext, wish: Wish, ticket_id: str, code: str, phone: str) -> NewTicket:
    seal, card = ctx.vault.seal, card_of(ctx.conn, ctx.caller.phone_index, wish.office.code)
    return NewTicket(
        id=ticket_id,
        office=wish.office.code,
        code=code,
        kind=wish.kind,
        request_id=card.id if card else None,
        callback_id=wish.callback_id,
        text_sealed=seal(wish.text, where=places.ticket_text(ticket_id)) if wish.text else None,
        phone_sealed=seal(phone, where=places.ticket_phone(ticket_id)),
        phone_index=ctx.caller.phone_index,
        phone_last4=last4(phone),
        language=ctx.language,
        gateway=ctx.gateway,
        due_at=ctx.now + CLOCK,
    )
