"""Find a request from any phone, by code and birth date: few tries a number, and few a code."""

from __future__ import annotations

from datetime import timedelta

from menus.events import Answered
from services import guessing
from services.context import CallContext
from storage import attempts, card_requests, locks, phone_signs

TRIES = 5
WITHIN = timedelta(hours=1)
CODE_TRIES = 10
CODE_WITHIN = timedelta(days=1)
"""Misses at one code, by whatever numbers: a birth date has some 18,000 candidates."""

_CODE = "card.code"


def find(ctx: CallContext) -> Answered:
    """Return the request, or the same answer for an unknown code and a wrong date.

    Only misses count, and a hit forgets none: who owns one code cannot buy tries at another's. A
    code that nobody has is counted like any other, so nothing tells them apart.
    """
    phone, code = ctx.caller.phone_index, ctx.vault.index("code", ctx.known["code"])
    locks.hold(ctx.conn, f"{guessing.CODES}:{phone}")
    if attempts.count(ctx.conn, guessing.CODES, phone, ctx.now - WITHIN) >= TRIES:
        return Answered("locked")
    if attempts.count(ctx.conn, _CODE, code, ctx.now - CODE_WITHIN) >= CODE_TRIES:
        return Answered("locked")
    request = card_requests.by_code(ctx.conn, ctx.known["code"])
    if request and request.born.isoformat() == ctx.known["birth_date"]:
        if request.phone_index == phone:
            phone_signs.prove(ctx.conn, request.id, ctx.now)
        return Answered("found", {"request": request.id})
    attempts.add(ctx.conn, guessing.CODES, phone, ctx.now)
    attempts.add(ctx.conn, _CODE, code, ctx.now)
    guessing.missed(ctx, guessing.CODES)
    return Answered("unknown")
