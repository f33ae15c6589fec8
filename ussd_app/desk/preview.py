"""The SMS that a step would send, as its reader would see it, and what it costs in segments."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection

from domain import gsm7
from domain.card import State
from services.cards import previewing
from services.cards.notices import Notice
from services.delivery import Delivery
from services.desk import Action, Person
from ussd_app.desk.forms import Attempt

TELLS = {
    Action.INCOMPLETE: State.INCOMPLETE,
    Action.REFUSE: State.REFUSED,
    Action.READY: State.READY,
    Action.REBOOK: State.BOOKED,
}
"""The steps that send an SMS."""


@dataclass(frozen=True, slots=True)
class Preview:
    """One SMS; `text` is empty when there is no phone to send it to."""

    text: str
    language: str
    phone: str
    segments: int = 0
    septets: int = 0
    limit: int = gsm7.SMS_SEPTETS


def preview(
    conn: Connection, delivery: Delivery, person: Person, attempt: Attempt
) -> Preview | None:
    """Give the SMS of a step as entered; None when it sends none or nothing was chosen yet."""
    if attempt.action not in TELLS or (attempt.action is not Action.READY and not attempt.choice):
        return None
    if person.phone is None or person.phone_silent:
        return Preview("", person.language, "")
    notice = _notice(conn, person, attempt)
    if notice is None:
        return None
    line = delivery.gateway.line
    text = delivery.render(notice.template, notice.facts, notice.language, line)
    parts = gsm7.segments(text).parts
    return Preview(text, notice.language, person.phone, len(parts), gsm7.septets(text))


def _notice(conn: Connection, person: Person, attempt: Attempt) -> Notice | None:
    given = attempt.given
    notice = previewing.preview(
        conn,
        person.request_id,
        TELLS[attempt.action],
        missing=",".join(given.missing),
        reason=given.reason,
    )
    chosen = given.day_and_hour
    if notice is None or attempt.action is not Action.REBOOK or chosen is None:
        return notice
    day, hour = chosen
    return Notice(notice.template, notice.language, {**notice.facts, "day": day, "hour": hour})
