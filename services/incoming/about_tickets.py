"""SMS about one's own ticket: "1" or "2" after an answer of ours, and STATUS with its code."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from domain import request_code
from domain.tickets import TOLD_FOR
from services.incoming.answers import Answer, Heard
from services.tickets import rating, telling
from sms import keywords
from storage import offices, sms_questions, tickets
from storage.tickets import Ticket

__all__ = ["AboutTicket", "Judged", "Wanted", "judged", "say", "wanted"]

_CODE: Final = re.compile(r"(?<!\d)\d{3}[ .-]?\d{3}(?!\d)", re.ASCII)
_TEMPLATES: Final = {
    "new": "ticket_waiting",
    "working": "ticket_waiting",
    "late": "ticket_late",
    "rate": "ticket_closed",
    "closed": "ticket_content",
}


@dataclass(frozen=True, slots=True)
class Judged:
    """Our answer to a ticket was of use, or not."""

    ticket: Ticket
    content: bool


@dataclass(frozen=True, slots=True)
class Wanted:
    """How does this ticket stand?"""

    ticket: Ticket


AboutTicket = Judged | Wanted


def judged(heard: Heard, text: str) -> Judged | None:
    """Read whether an SMS judges an answer; None where it does not, or nothing waits for it.

    A digit speaks of what this number was last asked; PUAS and BELUM can mean nothing else.
    """
    content = keywords.judges(text)
    if content is None or (text.strip(" .)").isdigit() and not _was_asked(heard)):
        return None
    own = tickets.of_phone(heard.conn, heard.sender.index, heard.now - TOLD_FOR)
    ticket = next((one for one in own if telling.unrated(one, heard)), None)
    return Judged(ticket, content) if ticket else None


def wanted(heard: Heard, text: str) -> Wanted | None:
    """Return the ticket whose code stands in an SMS, to the number alone that it was given to."""
    found = _CODE.search(text)
    code = request_code.check(found[0], request_code.OF_A_TICKET) if found else None
    if not isinstance(code, str):
        return None
    ticket = tickets.by_code(heard.conn, code, heard.sender.index)
    young = ticket is not None and ticket.created_at > heard.now - TOLD_FOR
    return Wanted(ticket) if ticket and young else None


def say(heard: Heard, about: AboutTicket) -> Iterator[Answer]:
    """Do what an SMS about a ticket asks for, and yield what is said to it."""
    match about:
        case Judged(ticket, content):
            if after := rating.judge(heard, ticket.id, content=content):
                rating.forget(heard, after)
                told = "ticket_content" if content else "ticket_reopened"
                yield Answer(told, {**_facts(heard, after), "about": after.kind.value})
        case Wanted(ticket):
            answered = telling.standing(heard, ticket)
            if answered.outcome == "rate":
                rating.ask(heard, ticket)
            yield Answer(_TEMPLATES[answered.outcome], {**answered.facts, **_facts(heard, ticket)})


def _was_asked(heard: Heard) -> bool:
    asked = sms_questions.standing(heard.conn, heard.sender.index, heard.now)
    return asked is not None and asked.about == rating.ABOUT


def _facts(heard: Heard, ticket: Ticket) -> dict[str, str]:
    office = offices.get(heard.conn, ticket.office)
    return {"code": ticket.code, "place": office.place if office else ""}
