"""The request that a caller speaks of, locked and as it stands now, with its office.

A session may be old: whatever became of the request since, and whatever an officer may still take
back, is told before anything is changed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from domain import calendar
from services.cards import contested
from services.context import CallContext
from storage import card_requests, decisions, offices
from storage.card_requests import CardRequest
from storage.offices import Office


@dataclass(frozen=True, slots=True)
class Case:
    """A request, its office, the day it is there; ``own``: its phone is the one that calls."""

    request: CardRequest
    office: Office
    today: date
    own: bool


def locked(ctx: CallContext) -> Case | None:
    """Lock the request of this session; None while an officer's step can be taken back.

    Raises LookupError when the request is gone.
    """
    found = card_requests.get(ctx.conn, ctx.known["request"])
    case = _case(ctx, contested.lock(ctx, found) if found else None)
    return None if decisions.unsettled(ctx.conn, case.request.id, ctx.now) else case


def seen(ctx: CallContext) -> Case | None:
    """Return the same without a lock, for a look."""
    case = _case(ctx, card_requests.get(ctx.conn, ctx.known["request"]))
    return None if decisions.unsettled(ctx.conn, case.request.id, ctx.now) else case


def _case(ctx: CallContext, request: CardRequest | None) -> Case:
    office = offices.get(ctx.conn, request.office) if request else None
    if request is None or office is None:
        raise LookupError("the request of this session is gone")
    today = calendar.local_day(ctx.now, office.zone)
    return Case(request, office, today, request.phone_index == ctx.caller.phone_index)
