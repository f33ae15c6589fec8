"""Going on after a cut: the offer names nobody, and after half an hour the birth year is asked.

A phone may be lent or lost; a draft holds a NIK and a name.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from domain import calendar, nik
from menus.events import Answered
from menus.session import Session
from services.context import CallContext
from services.dialogue import drafts as dialogue_drafts
from storage import attempts, card_requests, drafts, locks
from storage.drafts import Draft

KEPT: Final = timedelta(days=7)
UNASKED: Final = timedelta(minutes=30)
MISSES: Final = 3
_KIND = "draft.prove"
_ZONE = "WIB"


def find(ctx: CallContext) -> Draft | None:
    """Return the caller's draft of the last seven days."""
    return drafts.find(ctx.conn, ctx.caller.phone_index, ctx.now - KEPT)


def resume(ctx: CallContext) -> Answered:
    """Go on with the draft, or ask the birth year first when it has lain for half an hour."""
    draft = find(ctx)
    if draft is None:
        return _gone(ctx)
    session = _open(ctx, draft)
    if ctx.now - draft.saved_at > UNASKED and _birth_year(ctx, session):
        return Answered("ask_year")
    return Answered("resumed", restore=session)


def prove(ctx: CallContext) -> Answered:
    """Go on when the year typed is the one in the draft's NIK; the third miss ends the draft."""
    locks.hold(ctx.conn, f"{_KIND}:{ctx.caller.phone_index}")
    draft = find(ctx)
    if draft is None:
        return _gone(ctx)
    session = _open(ctx, draft)
    if ctx.known["year"] == _birth_year(ctx, session):
        attempts.clear(ctx.conn, _KIND, ctx.caller.phone_index)
        return Answered("resumed", restore=session)
    return _missed(ctx)


def discard(ctx: CallContext) -> Answered:
    """Forget the draft."""
    forget(ctx)
    return Answered("discarded", {"tariff": ctx.tariff})


def forget(ctx: CallContext) -> None:
    """Delete the caller's draft, and with it the misses at proving it."""
    drafts.clear(ctx.conn, ctx.caller.phone_index, ctx.now)
    attempts.clear(ctx.conn, _KIND, ctx.caller.phone_index)


def _missed(ctx: CallContext) -> Answered:
    phone = ctx.caller.phone_index
    attempts.add(ctx.conn, _KIND, phone, ctx.now)
    if attempts.count(ctx.conn, _KIND, phone, ctx.now - KEPT) < MISSES:
        return Answered("wrong")
    forget(ctx)
    return _gone(ctx)


def _gone(ctx: CallContext) -> Answered:
    return Answered("gone", {"tariff": ctx.tariff})


def _open(ctx: CallContext, draft: Draft) -> Session:
    return dialogue_drafts.open_draft(ctx.vault, ctx.caller.phone_index, draft.sealed)


def _birth_year(ctx: CallContext, session: Session) -> str:
    """Return the year of birth that a draft knows of; empty when it speaks of nobody yet."""
    known = session.known
    middle = known.get("nik", "")[6:12] or known.get("nik_middle", "")
    if middle:
        return str(nik.birth_date(middle, calendar.local_day(ctx.now, _ZONE)).year)
    if known.get("request"):
        request = card_requests.get(ctx.conn, known["request"])
        return str(request.born.year) if request else ""
    return known.get("born", "")[:4]
