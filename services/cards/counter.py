"""What officers do with a request at the counter, each one move of the table.

Every move names the version of the request that the officer saw.  Whoever comes second is told who
was first and what was done; nothing is done twice.  A move writes its audit row and queues its SMS
in the same transaction.  The SMS waits for ten seconds, in which the move can be taken back
(`services.cards.undoing`).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final, NamedTuple

from domain import calendar, card, people
from domain.card import State
from services import slots
from services.cards import changes, contested, notices, numbers, rebooking
from services.cards.handing_over import Issued, hand_over
from services.cards.outcomes import (
    AlreadyHandled,
    BadNumber,
    Contested,
    Desk,
    Moved,
    NotAllowed,
    NumberTaken,
    Outcome,
    Refusal,
    Taken,
    Unknown,
)
from services.cards.remembering import undoable
from storage import card_requests, offices, phone_changes
from storage.card_requests import CardRequest
from storage.offices import Office

__all__ = [
    "AlreadyHandled",
    "BadNumber",
    "Contested",
    "Desk",
    "Moved",
    "NotAllowed",
    "NumberTaken",
    "Outcome",
    "Taken",
    "Unknown",
    "came",
    "employed",
    "incomplete",
    "issue",
    "keep",
    "number",
    "ready",
    "rebook",
    "refuse",
    "report",
    "to_sign",
    "withdraw",
]

_TELLS_OF_ANOTHER: Final = frozenset({"duplicate", "has_card"})


class _Case(NamedTuple):
    """A request that is locked and stands as the officer saw it."""

    request: CardRequest
    office: Office


@undoable
def came(desk: Desk, request_id: str, version: int, full_name: str | None = None) -> Outcome:
    """The applicant is at the counter and his KTP was seen; ``full_name`` is the one on it.

    Also the way back from incomplete.  Of two requests with one NIK, this one then holds it.
    """
    case = _case(desk, request_id, version, State.CAME)
    if not isinstance(case, _Case):
        return case
    request = contested.take_over(desk, case.request, desk.officer.id)
    if request is None:
        return Contested(case.request.contested_with or "")
    values = {"came_at": request.came_at or desk.now, "seen_ktp_at": desk.now, "missing": None}
    return _moved(desk, _Case(request, case.office), State.CAME, values | _named(full_name))


@undoable
def incomplete(desk: Desk, request_id: str, version: int, missing: str) -> Outcome:
    """Something is missing: keys of terms (``ktp,diploma``), told by SMS.  No new slot is needed.

    Raises:
        ValueError: when nothing is missing.
    """
    if not missing.strip(" ,"):
        raise ValueError("an incomplete request must say what is missing")
    return _move(desk, request_id, version, State.INCOMPLETE, {"missing": missing})


@undoable
def to_sign(desk: Desk, request_id: str, version: int) -> Outcome:
    """The card waits for a signature; the applicant goes home."""
    return _move(desk, request_id, version, State.SIGNING)


@undoable
def ready(desk: Desk, request_id: str, version: int) -> Outcome:
    """The card is signed and can be fetched; told by SMS."""
    return _move(
        desk, request_id, version, State.READY, {"signed_at": desk.now, "ready_at": desk.now}
    )


@undoable
def issue(desk: Desk, request_id: str, version: int, number: str | None = None) -> Outcome:
    """Hand the card over; ``number`` is typed where the office does not number its own."""
    case = _case(desk, request_id, version, State.ISSUED)
    if not isinstance(case, _Case):
        return case
    if other := contested.rival(desk, case.request):
        return Contested(other)
    issued = hand_over(desk, case.request, case.office, number)
    if isinstance(issued, Issued):
        request = issued.request
        return Moved(request.state, request.version, sequence=issued.sequence)
    return issued


@undoable
def rebook(desk: Desk, request_id: str, version: int, day: date, hour: str) -> Outcome:
    """Give another day and hour (``09:00``); told by SMS."""
    case = _case(desk, request_id, version, State.BOOKED)
    if not isinstance(case, _Case):
        return case
    place = slots.find(desk.conn, case.office, desk.now, f"{day} {hour}")
    if place is None:
        return Taken()
    changed = rebooking.put(desk, case.request, case.office, place, desk.officer.id)
    if changed is None:
        return Taken()
    sms = notices.tell(desk, "booked", changed, case.office, hold=card.UNDO)
    return Moved(changed.state, changed.version, sms)


@undoable
def refuse(desk: Desk, request_id: str, version: int, reason: str) -> Outcome:
    """No card can be made; ``reason`` is a key of terms, told by SMS.

    Whose NIK it is must be settled before a reason may speak of another request or card: until
    then the SMS could tell a stranger who is registered.

    Raises:
        ValueError: when no reason is given.
    """
    if not reason.strip():
        raise ValueError("a refusal must say why")
    case = _case(desk, request_id, version, State.REFUSED)
    if not isinstance(case, _Case):
        return case
    if reason in _TELLS_OF_ANOTHER and (other := contested.rival(desk, case.request)):
        return Contested(other)
    return _ended(desk, case, State.REFUSED, {"reason": reason})


@undoable
def withdraw(desk: Desk, request_id: str, version: int) -> Outcome:
    """The applicant does not want the card any more."""
    case = _case(desk, request_id, version, State.WITHDRAWN)
    return _ended(desk, case, State.WITHDRAWN) if isinstance(case, _Case) else case


@undoable
def keep(desk: Desk, request_id: str, version: int) -> Outcome:
    """Of several requests with one NIK keep this one, whose KTP was seen; withdraw the rest."""
    case = _case(desk, request_id, version)
    if not isinstance(case, _Case):
        return case
    if case.request.state not in card.LIVE:
        return NotAllowed(case.request.state)
    request = contested.take_over(desk, case.request, desk.officer.id)
    if request is None:
        return Contested(case.request.contested_with or "")
    contested.dismiss_rivals(desk, request, desk.officer.id)
    request = changes.change(desk, request, {"seen_ktp_at": desk.now})
    changes.note(desk, request, "settled", desk.officer.id)
    if request.state is State.REQUESTED:
        request = contested.book(desk, request, desk.officer.id)
    return Moved(request.state, request.version)


@undoable
def report(desk: Desk, request_id: str, version: int) -> Outcome:
    """The holder reported that he still looks for work; a report missed before is forgiven.

    The next one falls on the next of the days that count from the card's issue.
    """
    case = _case(desk, request_id, version, State.REPORTED)
    if not isinstance(case, _Case):
        return case
    issued = case.request.issued_at or desk.now
    zone = case.office.zone
    days = calendar.local_day(issued, zone), calendar.local_day(desk.now, zone)
    return _moved(desk, case, State.REPORTED, {"next_report_on": card.next_report(*days)})


@undoable
def employed(desk: Desk, request_id: str, version: int) -> Outcome:
    """The holder found work; the card ends."""
    case = _case(desk, request_id, version, State.EMPLOYED)
    return _ended(desk, case, State.EMPLOYED) if isinstance(case, _Case) else case


def number(desk: Desk, request_id: str, version: int, e164: str) -> Outcome:
    """Give the card another phone number at once: the KTP was seen. A change by phone falls."""
    case = _case(desk, request_id, version)
    if not isinstance(case, _Case):
        return case
    if waiting := phone_changes.waiting_of(desk.conn, request_id):
        phone_changes.settle(desk.conn, waiting.id, "stopped", desk.now)
    given = numbers.give(desk, case.request, e164, desk.officer.id)
    return Moved(given.state, given.version)


def _move(
    desk: Desk,
    request_id: str,
    version: int,
    then: State,
    values: Mapping[str, Any] | None = None,
) -> Outcome:
    case = _case(desk, request_id, version, then)
    return _moved(desk, case, then, values) if isinstance(case, _Case) else case


def _ended(desk: Desk, case: _Case, then: State, values: Mapping[str, Any] | None = None) -> Moved:
    """Move to an end of the table; who contested the request then moves up."""
    ended = _moved(desk, case, then, values)
    contested.move_up(desk, case.request.id)
    return ended


def _case(desk: Desk, request_id: str, version: int, then: State | None = None) -> _Case | Refusal:
    """Lock a request of the officer's office that still stands as it was seen."""
    found = card_requests.get(desk.conn, request_id)
    if found is None or found.office != desk.officer.office:
        return Unknown()
    request = contested.lock(desk, found)
    office = offices.get(desk.conn, found.office)
    if request is None or office is None:
        return Unknown()
    if request.version != version:
        return changes.handled(desk, request)
    if then and not card.may(request.state, then):
        return NotAllowed(request.state)
    return _Case(request, office)


def _moved(desk: Desk, case: _Case, then: State, values: Mapping[str, Any] | None = None) -> Moved:
    changed = changes.move(desk, case.request, then, values, desk.officer.id)
    template = notices.OF_STATE.get(then)
    sms = template is not None and notices.tell(
        desk, template, changed, case.office, hold=card.UNDO
    )
    return Moved(changed.state, changed.version, sms)


def _named(full_name: str | None) -> dict[str, str]:
    if full_name is None:
        return {}
    return {"full_name": full_name, "full_name_folded": people.folded(full_name)}
