"""Find a request from any phone, by its code and the birth date; five tries an hour."""

from __future__ import annotations

from datetime import timedelta

from menus.events import Answered
from services.context import CallContext
from storage import attempts, card_requests, locks, phone_signs

TRIES = 5
WITHIN = timedelta(hours=1)
_KIND = "card.find"


def find(ctx: CallContext) -> Answered:
    """Return the request, or the same answer for an unknown code and a wrong date.

    Only misses count, and a hit forgets none: who owns one code cannot buy tries at another's.
    """
    phone = ctx.caller.phone_index
    locks.hold(ctx.conn, f"{_KIND}:{phone}")
    if attempts.count(ctx.conn, _KIND, phone, ctx.now - WITHIN) >= TRIES:
        return Answered("locked")
    request = card_requests.by_code(ctx.conn, ctx.known["code"])
    if request and request.born.isoformat() == ctx.known["birth_date"]:
        if request.phone_index == phone:
            phone_signs.prove(ctx.conn, request.id, ctx.now)
        return Answered("found", {"request": request.id})
    attempts.add(ctx.conn, _KIND, phone, ctx.now)
    return Answered("unknown")
