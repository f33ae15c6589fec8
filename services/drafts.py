"""Going on after a cut: the offer names nobody, and after half an hour the birth year is asked.

A phone may be lent or lost; a draft holds a NIK and a name.  An hour that was offered is offered
again only while it is free.
"""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import Final

from domain import calendar, nik
from menus.events import Answered
from menus.leaving import REGISTERING
from menus.session import Session
from services import guessing, slots
from services.context import CallContext
from services.dialogue import drafts as dialogue_drafts
from storage import attempts, card_requests, drafts, locks
from storage.drafts import Draft
from storage.vault import Unsealable

KEPT: Final = dialogue_drafts.LIVES
UNASKED: Final = timedelta(minutes=30)
LASTING: Final = REGISTERING
"""Flows in which much was typed: offered as long as kept, any other while nothing need be proved.

After that, whoever dials is more likely to want something else.
"""
MISSES: Final = 3
_KIND = guessing.YEARS
_ZONE = "WIB"
_log = logging.getLogger(__name__)


def find(ctx: CallContext) -> Draft | None:
    """Return the caller's draft of the last seven days."""
    return drafts.find(ctx.conn, ctx.caller.phone_index, ctx.now - KEPT)


def resume(ctx: CallContext) -> Answered:
    """Go on with the draft, or ask the birth year first when it has lain for half an hour."""
    draft = find(ctx)
    session = _open(ctx, draft)
    if draft is None or session is None:
        return _gone(ctx)
    if ctx.now - draft.saved_at > UNASKED and session.known.get("cadre"):
        forget(ctx)  # no birth year stands for the PIN that let him in
        return _gone(ctx)
    if ctx.now - draft.saved_at > UNASKED and _birth_years(ctx, session):
        return Answered("ask_year")
    return _resumed(ctx, session)


def prove(ctx: CallContext) -> Answered:
    """Go on when the year typed is the one in the draft's NIK; the third miss ends the draft."""
    locks.hold(ctx.conn, f"{_KIND}:{ctx.caller.phone_index}")
    draft = find(ctx)
    session = _open(ctx, draft)
    if draft is None or session is None:
        return _gone(ctx)
    if ctx.known["year"] in _birth_years(ctx, session):
        attempts.clear(ctx.conn, _KIND, ctx.caller.phone_index)
        return _resumed(ctx, session)
    return _missed(ctx, draft)


def discard(ctx: CallContext) -> Answered:
    """Forget the draft."""
    forget(ctx)
    return Answered("discarded", {"tariff": ctx.tariff})


def forget(ctx: CallContext) -> None:
    """Delete the caller's draft, and with it the misses at proving it."""
    drafts.clear(ctx.conn, ctx.caller.phone_index, ctx.now)
    attempts.clear(ctx.conn, _KIND, ctx.caller.phone_index)


def _resumed(ctx: CallContext, session: Session) -> Answered:
    return Answered("resumed", restore=slots.without_stale_offer(ctx, session))


def _missed(ctx: CallContext, draft: Draft) -> Answered:
    """Count the misses at this very draft: those at one before it are nothing to it."""
    phone = ctx.caller.phone_index
    attempts.add(ctx.conn, _KIND, phone, ctx.now)
    guessing.missed(ctx, guessing.YEARS)
    if attempts.count(ctx.conn, _KIND, phone, draft.saved_at) < MISSES:
        return Answered("wrong")
    forget(ctx)
    return _gone(ctx)


def _gone(ctx: CallContext) -> Answered:
    return Answered("gone", {"tariff": ctx.tariff})


def _open(ctx: CallContext, draft: Draft | None) -> Session | None:
    """Open a draft; one that cannot be read (a lost key, another release) is forgotten."""
    if draft is None:
        return None
    try:
        return dialogue_drafts.open_draft(ctx.vault, ctx.caller.phone_index, draft.sealed)
    except (Unsealable, ValueError, TypeError) as error:
        _log.warning("a draft cannot be read and is forgotten: %s", type(error).__name__)
        forget(ctx)
        return None


def _birth_years(ctx: CallContext, session: Session) -> frozenset[str]:
    """Return the years of birth that a draft speaks of, none when it speaks of nobody yet.

    Two when a NIK was typed wrong and its middle again before the cut: either proves enough.
    """
    known, today = session.known, calendar.local_day(ctx.now, _ZONE)
    middles = {known.get("nik", "")[6:12], known.get("nik_middle", "")} - {""}
    if middles:
        return frozenset(str(nik.birth_date(middle, today).year) for middle in middles)
    if known.get("request"):
        request = card_requests.get(ctx.conn, known["request"])
        return frozenset({str(request.born.year)} if request else ())
    return frozenset({known["born"][:4]} if "born" in known else ())
