"""The number of a card: let go of, or given to another phone with a word to the old one.

Numbers are given to others once they fall silent, and people lose their phones. A new number is
proved by code and birth date; the old one hears of it, without a name, and may stop it for two
days. At the counter, where the KTP is seen, it changes at once.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final
from uuid import uuid4

from domain import calendar
from domain.msisdn import last4
from services.cards import changes, notices
from services.cards.spoken_of import Case
from services.context import CallContext, Work
from storage import (
    card_requests,
    forgetting,
    offices,
    optouts,
    outbox_silencing,
    phone_changes,
    places,
)
from storage.card_requests import CardRequest
from storage.offices import Office
from storage.phone_changes import PhoneChange

DELAY: Final = timedelta(days=2)
"""So long the old number can stop a change: a phone may be switched off for a day."""


def let_go(work: Work, request: CardRequest, officer_id: str | None = None) -> CardRequest:
    """Take the number off a locked request: it hears no more of it. Code and birth date stay.

    With its last card a number loses all else that was asked for with it.
    """
    index = request.phone_index
    if index is None:
        return request
    outbox_silencing.silence(work.conn, phone_index=index, now=work.now, request_id=request.id)
    gone = {"phone_sealed": None, "phone_index": None, "phone_last4": None, "phone_silent_at": None}
    changed = changes.change(work, request, gone)
    changes.note(work, changed, "phone_let_go", officer_id)
    if not card_requests.count_live(work.conn, index):
        forgetting.forget(work.conn, index, work.now)
    return changed


def disowned(work: Work, phone_index: str) -> bool:
    """Hear that a number is not its person's: stop what would move a card away from it.

    Where nothing does, it lets the number go from all it has with us, and sends it nothing more;
    True when there was something to let go.
    """
    leaving = phone_changes.waiting_from(work.conn, phone_index)
    if sum(_stopped(work, change) for change in leaving):
        return False
    ids = sorted(card_requests.ids_of_phone(work.conn, phone_index))
    held = [one for one in (card_requests.lock(work.conn, one) for one in ids) if one]
    for request in held:
        let_go(work, request)
    let = len(held) + forgetting.forget(work.conn, phone_index, work.now)
    if let:
        optouts.add(work.conn, phone_index=phone_index, source="not_me", now=work.now)
    return bool(let)


def _stopped(work: Work, change: PhoneChange) -> bool:
    request = card_requests.lock(work.conn, change.request_id)
    office = offices.get(work.conn, request.office) if request else None
    return bool(request and office and stop(work, change, request, office))


def give(work: Work, request: CardRequest, e164: str, officer_id: str | None = None) -> CardRequest:
    """Give a locked request another number, or its own again, proved to be its owner's."""
    index = work.vault.index("phone", e164)
    if request.phone_index not in {None, index}:
        request = let_go(work, request, officer_id)
    values: dict[str, Any] = {
        "phone_sealed": work.vault.seal(e164, where=places.phone(request.id)),
        "phone_index": index,
        "phone_last4": last4(e164),
        "phone_silent_at": None,
        "phone_since": work.now,
    }
    changed = changes.change(work, request, values)
    changes.note(work, changed, "phone_given", officer_id)
    return changed


def wait(ctx: CallContext, case: Case, e164: str) -> str | None:
    """Let a number wait for its turn, and tell the old one; return the day it comes into force.

    None while another number waits: the first that asked is the one that comes.
    """
    request = case.request
    change = _change(ctx, request, e164)
    if phone_changes.add(ctx.conn, change, ctx.now):
        changes.note(ctx, request, "phone_asked")
        notices.tell_phone_change(ctx, request, case.office, change.due_at)
        ctx.after_commit.append(ctx.nudge)
    standing = phone_changes.waiting_of(ctx.conn, request.id) or change
    if standing.phone_index != change.phone_index:
        return None
    return calendar.local_day(standing.due_at, case.office.zone).isoformat()


def stop(work: Work, change: PhoneChange, request: CardRequest, office: Office) -> bool:
    """Let a change not happen, because the old number said so; both numbers are told."""
    if not phone_changes.settle(work.conn, change.id, "stopped", work.now):
        return False
    changes.note(work, request, "phone_stopped")
    notices.tell_phone_stopped(work, request, office, change)
    return True


def _change(ctx: CallContext, request: CardRequest, e164: str) -> PhoneChange:
    change_id = str(uuid4())
    return PhoneChange(
        id=change_id,
        request_id=request.id,
        office=request.office,
        phone_sealed=ctx.vault.seal(e164, where=places.new_phone(change_id)),
        phone_index=ctx.caller.phone_index,
        phone_last4=last4(e164),
        old_index=request.phone_index,
        language=ctx.language,
        due_at=ctx.now + DELAY,
    )
