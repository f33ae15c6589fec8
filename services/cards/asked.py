"""Who asked how a request stands, while an officer changed it: the answer is made anew.

The one that waited was taken back as untrue.  The new one is held as long as the step can be taken
back; it is left out where the step's own SMS says the same.
"""

from __future__ import annotations

import logging
from collections.abc import Collection
from typing import Final

from domain import card
from services.cards import notices, status
from services.cards.outcomes import Desk
from sms.message import Lane
from sms.templates import wanted
from storage import card_requests, offices, outbox, outbox_holding
from storage.card_requests import CardRequest
from storage.offices import Office
from storage.outbox_holding import Held
from storage.vault import Unsealable

_log = logging.getLogger(__name__)

_ASKED: Final = frozenset(f"status_{outcome}" for outcome in status.OUTCOMES)


def answer(desk: Desk, cancelled: Collection[str]) -> None:
    """Queue another answer for each that was among the messages a step took back."""
    for message in outbox_holding.held(desk.conn, cancelled):
        if message.template in _ASKED and message.request_id:
            _anew(desk, message, message.request_id)


def _anew(desk: Desk, message: Held, request_id: str) -> None:
    request = card_requests.get(desk.conn, request_id)
    office = offices.get(desk.conn, request.office) if request else None
    if request is None or office is None or request.state in notices.OF_STATE:
        return
    try:
        _queue(desk, message, request, office)
    except Unsealable as error:
        _log.warning("an answer is not made anew, it cannot be opened: %s", error)


def _queue(desk: Desk, message: Held, request: CardRequest, office: Office) -> None:
    told = status.settled(request, office, desk.now)
    template = f"status_{told.outcome}"
    facts = {**told.facts, "phone": office.phone}
    outbox.add(
        desk.conn,
        desk.vault,
        office=request.office,
        request_id=request.id,
        lane=Lane.URGENT,
        template=template,
        language=message.language,
        params={name: facts[name] for name in wanted(template)},
        to=message.phone(desk.vault),
        dedupe_key=f"{message.dedupe_key}:{request.version}",
        now=desk.now,
        not_before=desk.now + card.UNDO,
        expires_at=message.expires_at,
    )
