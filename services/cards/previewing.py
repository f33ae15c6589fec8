"""What a move would tell the applicant, before it is made."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import Connection

from domain.card import State
from services.cards import notices
from services.cards.notices import Notice
from storage import card_requests, offices


def preview(
    conn: Connection, request_id: str, then: State, *, missing: str = "", reason: str = ""
) -> Notice | None:
    """Return the message that moving a request to ``then`` would queue; ``None`` when none.

    Its template, language and facts go to ``sms.templates.render``; nothing is written.
    """
    template = notices.OF_STATE.get(then)
    request = card_requests.get(conn, request_id)
    office = offices.get(conn, request.office) if request else None
    if template is None or request is None or office is None:
        return None
    return notices.notice(template, replace(request, missing=missing, reason=reason), office)
