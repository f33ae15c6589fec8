"""Keep, in the transaction of an officer's move, all that it takes to take the move back.

What a move changes is not told by the move: how all requests for the NIK and their waiting messages
stood before it is compared with how they stand after it.  So a move that is new is remembered too.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import Concatenate, ParamSpec
from uuid import uuid4

from domain import card
from services.cards import asked, contested
from services.cards.outcomes import Desk, Moved, Outcome
from storage import card_requests, decisions, outbox_holding
from storage.card_requests import CardRequest
from storage.decisions import Decision, Was

P = ParamSpec("P")
Move = Callable[Concatenate[Desk, str, int, P], Outcome]


@dataclass(frozen=True, slots=True)
class _Before:
    """The live requests for one NIK, the one in hand among them, and the messages about them.

    `waiting` have not left; `left` have, and are of use until then.
    """

    requests: tuple[CardRequest, ...]
    waiting: frozenset[str]
    left: Mapping[str, datetime | None]

    @property
    def ids(self) -> frozenset[str]:
        """The requests' ids."""
        return frozenset(one.id for one in self.requests)


def undoable(move: Move[P]) -> Move[P]:
    """Wrap a move of an officer so that `services.cards.undoing` can take it back."""

    @wraps(move)
    def remembered(
        desk: Desk, request_id: str, version: int, /, *args: P.args, **kwargs: P.kwargs
    ) -> Outcome:
        before = _before(desk, request_id)
        outcome = move(desk, request_id, version, *args, **kwargs)
        if before is not None and isinstance(outcome, Moved):
            _remember(desk, request_id, move.__name__, before, outcome)
        return outcome

    return remembered


def _before(desk: Desk, request_id: str) -> _Before | None:
    """Look under the same lock that the move will take; None where it will find nothing."""
    found = card_requests.get(desk.conn, request_id)
    if found is None or found.office != desk.officer.office:
        return None
    request = contested.lock(desk, found)
    if request is None:
        return None
    live = card_requests.of_nik(desk.conn, request.nik_index)
    requests = (request, *(one for one in live if one.id != request.id))
    ids = [one.id for one in requests]
    left = outbox_holding.left(desk.conn, ids)
    return _Before(requests, outbox_holding.waiting(desk.conn, ids), left)


def _remember(desk: Desk, request_id: str, move: str, before: _Before, moved: Moved) -> None:
    cancelled = outbox_holding.cancelled(desk.conn, before.waiting)
    asked.answer(desk, cancelled)
    queued = outbox_holding.added(desk.conn, before.ids, desk.now) - before.waiting
    decision = Decision(
        id=str(uuid4()),
        request_id=request_id,
        office=desk.officer.office,
        officer_id=desk.officer.id,
        officer=desk.officer.name,
        move=move,
        version=moved.version,
        made_at=desk.now,
        until=desk.now + card.UNDO,
        changed=tuple(_changed(desk, before)),
        beside=before.ids,
        queued=tuple(sorted(queued)),
        cancelled=cancelled,
        outdated=outbox_holding.outdated(desk.conn, before.left, desk.now),
        sequence=moved.sequence,
    )
    decisions.add(desk.conn, decision)


def _changed(desk: Desk, before: _Before) -> list[Was]:
    """Return how those stood that stand otherwise now; who only points at another is one, too."""
    pairs = [(one, card_requests.get(desk.conn, one.id)) for one in before.requests]
    return [
        decisions.was(one, now.version)
        for one, now in pairs
        if now and (now.version, now.contested_with) != (one.version, one.contested_with)
    ]
