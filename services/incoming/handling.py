"""What officers do with SMS that somebody must read: answer, close, take back.

Whoever handles an SMS of which nobody knew whose it was makes it his office's. An answer waits ten
seconds before it leaves, and may be taken back until it has.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from services.cards.outcomes import AlreadyHandled, Desk, Unknown
from services.incoming.letters import of_office, phone_of
from services.incoming.sender import sender
from sms.message import Lane
from storage import audit, callers, incoming, offices, outbox
from storage.incoming import Incoming
from storage.vault import Unsealable

__all__ = [
    "HOLD",
    "Done",
    "Outcome",
    "TooLate",
    "Unanswerable",
    "close",
    "reply",
    "stands",
    "take_back",
]

HOLD: Final = timedelta(seconds=10)
"""How long an answer waits, to be taken back."""


@dataclass(frozen=True, slots=True)
class Done:
    """It is done."""


@dataclass(frozen=True, slots=True)
class Unanswerable:
    """Its sender is no number that we write to, or the number cannot be opened."""


@dataclass(frozen=True, slots=True)
class TooLate:
    """The answer has left."""


Outcome = Done | Unknown | Unanswerable | TooLate | AlreadyHandled


def reply(desk: Desk, message_id: str, version: int, said: str, regions: frozenset[str]) -> Outcome:
    """Answer an SMS in the officer's own words (at most what the template `reply` takes)."""
    message = _as_seen(desk, message_id, version)
    if isinstance(message, AlreadyHandled) and _said_so(desk, message_id, version, said):
        return Done()
    if not isinstance(message, Incoming):
        return message
    phone = phone_of(desk.vault, message)
    if phone is None or not sender(desk.vault, phone, regions).answerable:
        return Unanswerable()
    reply_id = _queue(desk, message, phone, said)
    return _settle(desk, message, "answered", reply_id)


def stands(desk: Desk, message_id: str, version: int) -> Outcome:
    """Tell whether an SMS still waits as an officer saw it: `Done`, else what became of it."""
    message = _as_seen(desk, message_id, version)
    return Done() if isinstance(message, Incoming) else message


def close(desk: Desk, message_id: str, version: int) -> Outcome:
    """Put an SMS away without an answer."""
    message = _as_seen(desk, message_id, version)
    if isinstance(message, AlreadyHandled) and _own(desk, message_id, version, "closed"):
        return Done()
    return _settle(desk, message, "closed") if isinstance(message, Incoming) else message


def take_back(desk: Desk, message_id: str, version: int) -> Outcome:
    """Open an SMS again; an answer that has not left is cancelled, one that has stands."""
    message = of_office(desk, message_id)
    if message is None:
        return Unknown()
    if (message.version, message.state) == (version + 1, "read"):
        return Done()
    if message.version != version:
        return _handled(desk, message)
    if message.reply_id and not outbox.cancel_one(desk.conn, message.reply_id, now=desk.now):
        return TooLate()
    back = {"state": "read", "reply_id": None, "officer_id": None}
    incoming.change(desk.conn, message.id, version, back, desk.now)
    _note(desk, message, "undone")
    return Done()


def _queue(desk: Desk, message: Incoming, phone: str, said: str) -> str | None:
    office = offices.get(desk.conn, desk.officer.office)
    known = callers.get(desk.conn, message.phone_index)
    key = f"reply:{message.id}:{message.version}"
    outbox.add(
        desk.conn,
        desk.vault,
        office=desk.officer.office,
        request_id=message.request_id,
        lane=Lane.URGENT,
        template="reply",
        language=known.language if known else "id",
        params={"place": office.place if office else "", "said": said},
        to=phone,
        dedupe_key=key,
        now=desk.now,
        not_before=desk.now + HOLD,
    )
    return outbox.find(desk.conn, key)


def _settle(desk: Desk, message: Incoming, state: str, reply_id: str | None = None) -> Outcome:
    """Write down who did it, in whose name; another one that was faster is named instead."""
    values = {
        "state": state,
        "office": desk.officer.office,
        "officer_id": desk.officer.id,
        "reply_id": reply_id,
    }
    if not incoming.change(desk.conn, message.id, message.version, values, desk.now):
        raise LookupError("a locked SMS has another version")
    _note(desk, message, state)
    return Done()


def _as_seen(desk: Desk, message_id: str, version: int) -> Incoming | Outcome:
    """Lock an SMS that still waits as the officer saw it."""
    message = of_office(desk, message_id)
    if message is None:
        return Unknown()
    if message.version != version or message.state not in {"new", "read"}:
        return _handled(desk, message)
    return message


def _own(desk: Desk, message_id: str, version: int, state: str) -> Incoming | None:
    """Return an SMS that stands as this very officer has just put it: he presses twice."""
    message = of_office(desk, message_id)
    stands = message and (message.version, message.state, message.officer_id)
    return message if stands == (version + 1, state, desk.officer.id) else None


def _said_so(desk: Desk, message_id: str, version: int, said: str) -> bool:
    """Tell whether he has just answered in the same words; others, from another page, are lost."""
    message = _own(desk, message_id, version, "answered")
    answer = outbox.get(desk.conn, message.reply_id) if message and message.reply_id else None
    try:
        return answer is not None and answer.params(desk.vault)["said"] == said
    except Unsealable:
        return False


def _handled(desk: Desk, message: Incoming) -> AlreadyHandled:
    by = incoming.handled_by(desk.conn, message.officer_id)
    return AlreadyHandled(by, f"message.{message.state}", message.updated_at)


def _note(desk: Desk, message: Incoming, what: str) -> None:
    audit.add(
        desk.conn,
        desk.now,
        action=f"message.{what}",
        office=desk.officer.office,
        officer_id=desk.officer.id,
        request_id=message.request_id,
        details={"message": message.id},
    )
