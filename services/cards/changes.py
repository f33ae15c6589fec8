"""Change a card request: allowed by the one table, released, written down; nothing else may."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from domain.card import State, may
from services.cards import notices
from services.cards.outcomes import AlreadyHandled
from services.context import Work
from storage import audit, card_requests, slots
from storage.card_requests import CardRequest

_GIVES_BACK: Final = frozenset({State.NO_SHOW, State.REFUSED, State.WITHDRAWN})


class ForbiddenMove(Exception):  # noqa: N818 - said as a fact about the request
    """The table of moves has no such move."""


class LostRace(Exception):  # noqa: N818 - said as a fact: somebody was first
    """The request changed under our hands, though it was locked."""


def move(
    work: Work,
    request: CardRequest,
    then: State,
    values: Mapping[str, Any] | None = None,
    officer_id: str | None = None,
) -> CardRequest:
    """Move a locked request to ``then``, set ``values`` with it, and return it as it now stands.

    A slot that was not used goes back, and an SMS about how it stood before, if it has not left,
    is taken back (a day that is only booked now was promised before, and stands).  Without an
    officer, the service moved it by itself.

    Raises:
        ForbiddenMove: when the table has no such move.
    """
    if not may(request.state, then):
        raise ForbiddenMove(f"{request.state} to {then}")
    if then is not State.BOOKED:
        notices.take_back(work, request.id)
    given = {"state": then, **(values or {}), **_slot(work, request, then)}
    changed = change(work, request, given)
    note(work, changed, then.value, officer_id, told(given))
    return changed


def change(work: Work, request: CardRequest, values: Mapping[str, Any]) -> CardRequest:
    """Set columns of a locked request, whose version grows; return it as it now stands."""
    if not card_requests.move(work.conn, request.id, request.version, values, work.now):
        raise LostRace("a locked request has another version")
    changed = card_requests.get(work.conn, request.id)
    if changed is None:
        raise LostRace("a locked request is gone")
    return changed


def note(
    work: Work,
    request: CardRequest,
    what: str,
    officer_id: str | None = None,
    details: Mapping[str, str] | None = None,
) -> None:
    """Write ``card.<what>`` into the audit of a request; ``details`` hold keys, never a person."""
    audit.add(
        work.conn,
        work.now,
        action=f"card.{what}",
        office=request.office,
        officer_id=officer_id,
        request_id=request.id,
        details=details,
    )


def handled(work: Work, request: CardRequest) -> AlreadyHandled:
    """Say who changed a request last, and what was done."""
    entries = audit.of_request(work.conn, request.id)
    last = [entry for entry in entries if entry.action.startswith("card.")][-1]
    return AlreadyHandled(last.officer, last.action.removeprefix("card."), last.at)


def told(values: Mapping[str, Any]) -> dict[str, str]:
    """Return those of the values that the audit keeps."""
    kept = ("day", "hour", "missing", "reason")
    return {name: str(values[name]) for name in kept if values.get(name)}


def _slot(work: Work, request: CardRequest, then: State) -> dict[str, bool]:
    if then not in _GIVES_BACK or request.state is not State.BOOKED:
        return {}
    release(work, request)
    return {"holds_slot": False}


def release(work: Work, request: CardRequest) -> None:
    """Give the slot of a request back, when it holds one."""
    if request.holds_slot and request.day and request.hour:
        slots.release(work.conn, request.office, request.day, request.hour)
