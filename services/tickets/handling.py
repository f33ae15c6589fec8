"""What officers do with tickets: take one up, write down what was told, answer it, pass it on.

An answer is one SMS; it leaves ten seconds later, and until then it may be taken back. With it the
caller is asked whether it helped.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from domain.tickets import OPEN, State
from services.cards.outcomes import AlreadyHandled, Desk, Unknown
from services.tickets import notices, rating
from storage import audit, offices, outbox, places, tickets
from storage.tickets import Ticket

__all__ = [
    "HOLD",
    "Done",
    "Outcome",
    "TooLate",
    "answer",
    "forward",
    "may_take_back",
    "stands",
    "take",
    "take_back",
    "write_down",
]

HOLD: Final = timedelta(seconds=10)
"""How long an answer waits, to be taken back."""

_CLOSED: Final = "ticket_closed"


@dataclass(frozen=True, slots=True)
class Done:
    """It is done; ``sms`` tells that the caller will hear of it."""

    sms: bool = False


@dataclass(frozen=True, slots=True)
class TooLate:
    """The answer has left."""


Outcome = Done | Unknown | TooLate | AlreadyHandled


def take(desk: Desk, ticket_id: str, version: int) -> Outcome:
    """Say that this officer is at it; a second press changes nothing."""
    ticket = _open(desk, ticket_id, version, State.WORKING)
    if not isinstance(ticket, Ticket):
        return ticket
    return _set(desk, ticket, {"state": State.WORKING, "officer_id": desk.officer.id}, "taken")


def write_down(desk: Desk, ticket_id: str, version: int, words: str) -> Outcome:
    """Keep what a caller told by phone; the words of whoever typed himself stay as they are."""
    ticket = _open(desk, ticket_id, version, State.WORKING)
    if not isinstance(ticket, Ticket):
        return ticket
    if ticket.text_sealed is not None:
        return _handled(ticket)
    sealed = desk.vault.seal(words, where=places.ticket_text(ticket.id))
    at_it = {"state": State.WORKING, "officer_id": desk.officer.id}
    return _set(desk, ticket, {**at_it, "text_sealed": sealed}, "told")


def stands(desk: Desk, ticket_id: str, version: int) -> Outcome:
    """Tell whether a ticket still waits as an officer saw it: `Done`, else what became of it."""
    ticket = _open(desk, ticket_id, version)
    return Done() if isinstance(ticket, Ticket) else ticket


def answer(desk: Desk, ticket_id: str, version: int, said: str) -> Outcome:
    """Answer in the officer's own words (at most what ``ticket_closed`` takes) and close it."""
    ticket = _open(desk, ticket_id, version, State.CLOSED)
    if isinstance(ticket, Done):
        return Done(sms=_told(desk, ticket_id))
    if not isinstance(ticket, Ticket):
        return ticket
    sealed = desk.vault.seal(said, where=places.ticket_answer(ticket.id))
    values: dict[str, object] = {
        "state": State.CLOSED,
        "officer_id": desk.officer.id,
        "answer_sealed": sealed,
        "answered_at": desk.now,
        "satisfied": None,
    }
    done = _set(desk, ticket, values, "answered")
    return Done(sms=_tell(desk, ticket, said)) if isinstance(done, Done) else done


def forward(desk: Desk, ticket_id: str, version: int) -> Outcome:
    """Write down that a complaint was passed on to SP4N-LAPOR!; it stays with the office too."""
    ticket = _open(desk, ticket_id, version)
    if not isinstance(ticket, Ticket):
        return ticket
    return _set(desk, ticket, {"forwarded_at": desk.now}, "forwarded")


def take_back(desk: Desk, ticket_id: str, version: int) -> Outcome:
    """Open a ticket again whose answer has not left; one that has left stands."""
    ticket = _seen(desk, ticket_id, version)
    if not isinstance(ticket, Ticket):
        return ticket
    if ticket.state is not State.CLOSED:
        return _handled(ticket)
    if not may_take_back(desk, ticket) or not _cancelled(desk, ticket):
        return TooLate()
    rating.forget(desk, ticket)
    back = {"state": State.WORKING, "answer_sealed": None, "answered_at": None}
    return _set(desk, ticket, back, "undone")


def may_take_back(desk: Desk, ticket: Ticket) -> bool:
    """Tell whether an answer is so young that it cannot have left."""
    return ticket.answered_at is not None and desk.now < ticket.answered_at + HOLD


def _cancelled(desk: Desk, ticket: Ticket) -> bool:
    """Cancel the SMS of an answer; True too where none was queued."""
    queued = outbox.find(desk.conn, notices.key(ticket, _CLOSED))
    return queued is None or outbox.cancel_one(desk.conn, queued, now=desk.now)


def _tell(desk: Desk, before: Ticket, said: str) -> bool:
    ticket = tickets.get(desk.conn, before.id, before.office) or before
    office = offices.get(desk.conn, ticket.office)
    if office is None or not notices.tell(desk, _CLOSED, ticket, office, hold=HOLD, said=said):
        return False
    rating.ask(desk, ticket)
    return True


def _told(desk: Desk, ticket_id: str) -> bool:
    """Tell whether the answer that was given has its SMS."""
    ticket = tickets.get(desk.conn, ticket_id, desk.officer.office)
    return ticket is not None and outbox.find(desk.conn, notices.key(ticket, _CLOSED)) is not None


def _open(
    desk: Desk, ticket_id: str, version: int, same: State | None = None
) -> Ticket | Done | Unknown | AlreadyHandled:
    """Lock a ticket that waits as the officer saw it; `Done` where he himself just made it so."""
    ticket = _locked(desk, ticket_id)
    if ticket is None:
        return Unknown()
    if ticket.state in OPEN and ticket.version == version:
        return ticket
    own = (ticket.version, ticket.officer_id) == (version + 1, desk.officer.id)
    return Done() if own and ticket.state is same else _handled(ticket)


def _seen(desk: Desk, ticket_id: str, version: int) -> Ticket | Unknown | AlreadyHandled:
    ticket = _locked(desk, ticket_id)
    if ticket is None:
        return Unknown()
    return ticket if ticket.version == version else _handled(ticket)


def _locked(desk: Desk, ticket_id: str) -> Ticket | None:
    ticket = tickets.lock(desk.conn, ticket_id)
    return ticket if ticket and ticket.office == desk.officer.office else None


def _set(desk: Desk, ticket: Ticket, values: Mapping[str, object], what: str) -> Outcome:
    if not tickets.change(desk.conn, ticket.id, ticket.version, values, desk.now):
        raise LookupError("a locked ticket has another version")
    audit.add(
        desk.conn,
        desk.now,
        action=f"ticket.{what}",
        office=ticket.office,
        officer_id=desk.officer.id,
        request_id=ticket.request_id,
        details={"ticket": ticket.id},
    )
    return Done()


def _handled(ticket: Ticket) -> AlreadyHandled:
    return AlreadyHandled(ticket.officer, f"ticket.{ticket.state}", ticket.updated_at)
