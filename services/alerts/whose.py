"""Whose news it is: the applicant a session speaks of, if this very phone is his."""

from __future__ import annotations

from services.context import CallContext
from storage import card_requests
from storage.card_requests import CardRequest


def of_caller(ctx: CallContext) -> CardRequest:
    """Return the request of this session; LookupError when it is not this phone's.

    A code alone is no proof of anything: only the phone that asked speaks for the applicant.
    """
    request = card_requests.get(ctx.conn, ctx.known["request"])
    if request is None or request.phone_index != ctx.caller.phone_index:
        raise LookupError("the request of this session is not of this phone")
    return request
