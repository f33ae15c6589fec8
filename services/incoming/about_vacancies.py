"""SMS in answer to news of a vacancy: YA, and the vacancy is wanted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from services.incoming.answers import Answer, Heard
from services.vacancies import wanting
from services.vacancies.wanting import Wisher
from sms import keywords
from storage import alert_messages

__all__ = ["Agreed", "agreed", "say"]

_ASKED_FOR: Final = timedelta(days=7)
"""How long a YA is an answer to the last vacancy that a number was told of."""

_ASK: Final = frozenset(
    {"reply", "answers_near", "ticket_closed", "ticket_late", "report_reminder", "redial"}
)
"""Templates that ask something too: a YA after one of them is for an officer to read."""


@dataclass(frozen=True, slots=True)
class Agreed:
    """The sender wants the vacancy that he was told of last."""

    vacancy_id: str


def agreed(heard: Heard, text: str) -> Agreed | None:
    """Read whether an SMS says yes to a vacancy; None where nothing of one was asked last."""
    if not keywords.agrees(text):
        return None
    since = heard.now - _ASKED_FOR
    told = alert_messages.last_told(heard.conn, heard.sender.index, since, _ASK)
    return Agreed(told) if told else None


def say(heard: Heard, agreed: Agreed) -> Iterator[Answer]:
    """Keep the wish, which queues where to go; yield what is said where it cannot be kept."""
    who = heard.sender
    wisher = Wisher(who.phone, who.index, heard.language, heard.gateway, who.answerable)
    match wanting.want(heard, agreed.vacancy_id, wisher):
        case wanting.Wanted.GONE:
            yield Answer("vacancy_over", {})
        case wanting.Wanted.MANY:
            yield Answer("heard", {})
