"""An SMS that did not arrive, sent once more because an officer asks for it."""

from __future__ import annotations

from services.cards.outcomes import Desk
from services.desk.person import of_office
from storage import audit, outbox_results
from storage.vault import Unsealable


def resend(desk: Desk, request_id: str, message_id: str) -> bool:
    """Queue an SMS about a request of the officer's office again; write down who asked for it.

    False when it may still arrive, is no longer so, was repeated before, cannot be opened, or is
    another's.
    """
    request = of_office(desk.conn, desk.officer.office, request_id)
    found = outbox_results.not_arrived(desk.conn, message_id, desk.now)
    if request is None or found is None or found.request_id != request.id:
        return False
    try:
        queued = outbox_results.resend(desk.conn, desk.vault, found, desk.now)
    except Unsealable:
        return False
    if queued:
        audit.add(
            desk.conn,
            desk.now,
            action="sms.resent",
            office=request.office,
            officer_id=desk.officer.id,
            request_id=request.id,
            details={"template": found.template},
        )
    return queued
