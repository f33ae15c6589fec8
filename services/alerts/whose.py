"""Whose news it is: the applicant a session speaks of, if this very phone is his."""

from __future__ import annotations

from domain.card import LIVE
from services.cards import silence
from services.context import CallContext
from storage import card_requests
from storage.card_requests import CardRequest


def held(ctx: CallContext) -> list[CardRequest]:
    """Return the live requests of this phone; none while the number may be somebody else's."""
    found = card_requests.of_phone(ctx.conn, ctx.caller.phone_index, LIVE)
    return [one for one in found if silence.known(ctx.conn, one, ctx.now)]


def of_caller(ctx: CallContext) -> CardRequest:
    """Return the request of this session; LookupError when it is not this phone's.

    A code alone is no proof of anything: only the phone that asked speaks for the applicant, and
    only as long as its number is still his.
    """
    request = card_requests.get(ctx.conn, ctx.known["request"])
    if request is None or request.phone_index != ctx.caller.phone_index:
        raise LookupError("the request of this session is not of this phone")
    if not silence.known(ctx.conn, request, ctx.now):
        raise LookupError("the number of this request was silent and may be another's")
    return request
