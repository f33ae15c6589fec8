"""Questions by phone: an answer in pages, the nearest three, or an officer's SMS.

What an officer has to answer goes into the inbox of SMS, where questions are answered from.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Final
from uuid import uuid4

from domain import msisdn, terms
from domain.faq import Answered as Fits
from domain.faq import Nearest
from domain.vacancies import piece
from menus.events import Answered
from services.context import CallContext
from services.info import answering, doors
from services.info.answering import Entry
from storage import incoming, locks, places
from storage.incoming import Incoming
from storage.offices import Office

__all__ = ["NONE_OF_THESE", "answer", "ask", "listed", "turn"]

NONE_OF_THESE: Final = "-"
"""What is picked when none of the nearest answers was meant."""

A_DAY: Final = 5
"""Questions of one phone that officers are asked to answer in a day."""


def ask(ctx: CallContext) -> Answered:
    """Answer what was typed, or list what may be meant, or leave it to an officer."""
    office = doors.asked_of(ctx)
    entries = answering.every(ctx.conn, office)
    match answering.find(entries, ctx.known["typed"]):
        case Fits(key):
            return Answered("told", {"rest": answering.say(entries[key], office, ctx.spoken)})
        case Nearest(keys):
            lines = [_line(entries[key], ctx.spoken) for key in keys]
            none = {"value": NONE_OF_THESE, "title": terms.term("none_of_these", ctx.spoken)}
            return Answered("near", items={"info.near": [*lines, none]})
        case _:
            return _keep(ctx, office)


def listed(ctx: CallContext) -> Answered:
    """List all that is often asked."""
    entries = answering.every(ctx.conn, doors.asked_of(ctx)).values()
    lines = [_line(one, ctx.spoken) for one in entries if not one.hidden]
    return Answered("some", items={"info.questions": lines})


def answer(ctx: CallContext) -> Answered:
    """Tell the answer that was picked; ``gone`` when the office has taken it away since."""
    office = doors.asked_of(ctx)
    if ctx.known["question"] == NONE_OF_THESE:
        return _keep(ctx, office)
    found = answering.every(ctx.conn, office).get(ctx.known["question"])
    if found is None or found.hidden:
        return Answered("gone")
    return Answered("told", {"rest": answering.say(found, office, ctx.spoken)})


def turn(ctx: CallContext) -> Answered:
    """Cut the next screen off what is told.  No database."""
    detail, rest = piece(ctx.known["rest"])
    return Answered("more" if rest else "last", {"detail": detail, "rest": rest})


def _line(entry: Entry, language: str) -> dict[str, str]:
    return {"value": entry.key, "title": answering.titled(entry, language)}


def _keep(ctx: CallContext, office: Office) -> Answered:
    """Put the question where officers answer; one that came before stands there already."""
    if ctx.caller.msisdn is None or not ctx.caller.registrable:
        return Answered("unanswerable", doors.where(office))
    locks.hold(ctx.conn, f"sms.in:{ctx.caller.phone_index}")
    if _asked_today(ctx) >= A_DAY:
        return Answered("many")
    incoming.add(ctx.conn, _row(ctx, office, ctx.caller.msisdn))
    return Answered("kept")


def _asked_today(ctx: CallContext) -> int:
    return incoming.heard_since(ctx.conn, ctx.caller.phone_index, ctx.now - timedelta(days=1))


def _row(ctx: CallContext, office: Office, phone: str) -> Incoming:
    message_id, typed = str(uuid4()), ctx.known["typed"]
    return Incoming(
        id=message_id,
        gateway=ctx.gateway,
        gateway_id=_once(ctx),
        sent_to="",
        phone_sealed=ctx.vault.seal(phone, where=places.incoming_phone(message_id)),
        phone_index=ctx.caller.phone_index,
        phone_last4=msisdn.last4(phone),
        text_sealed=ctx.vault.seal(typed, where=places.incoming_text(message_id)),
        kind="free",
        state="new",
        office=office.code,
        request_id=None,
        received_at=ctx.now,
        created_at=ctx.now,
        updated_at=ctx.now,
    )


def _once(ctx: CallContext) -> str:
    """Name a question by its call and words, so that a repeated answer is the same question."""
    typed = ctx.known["typed"]
    return f"ask:{ctx.vault.index('question', f'{ctx.session_id} {typed}')}"
