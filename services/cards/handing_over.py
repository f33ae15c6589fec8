"""The card in the applicant's hand: its number, its two years, its report days.

An office that numbers its own cards leaves no gap: the running number of the day is taken in the
transaction that issues the card, and goes back with it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import uuid4

from domain import calendar, card
from domain.card import State
from domain.card_number import Pattern, is_number
from services.cards import changes
from services.cards.outcomes import BadNumber, Desk, NumberTaken
from storage import cards
from storage.card_requests import CardRequest
from storage.cards import Card
from storage.offices import Office


@dataclass(frozen=True, slots=True)
class Issued:
    """The request as it now stands, and the running number its card took, if any."""

    request: CardRequest
    sequence: int | None


def hand_over(
    desk: Desk, request: CardRequest, office: Office, typed: str | None
) -> Issued | BadNumber | NumberTaken:
    """Issue the card of a locked request that may be issued.

    ``typed`` is the number of an office whose cards are numbered elsewhere, else nothing.
    """
    wanted = (typed or "").strip(" ")
    own = office.card_source == "own"
    if own == bool(wanted) or not (own or is_number(wanted)):
        return BadNumber()
    today = calendar.local_day(desk.now, office.zone)
    sequence = _number_and_add(desk, request, office, today) if own else None
    if not own and not cards.add(desk.conn, _card(desk, request, wanted, today)):
        return NumberTaken(wanted)
    issued = changes.move(desk, request, State.ISSUED, _dates(desk, today), desk.officer.id)
    return Issued(issued, sequence)


def _number_and_add(desk: Desk, request: CardRequest, office: Office, today: date) -> int:
    """Add the card under the next number of the day that no card has; return that number.

    One may have been typed, before the office numbered its own: that leaves no gap, it is a card.
    """
    pattern = Pattern.parse(office.card_pattern)
    while True:
        seq = cards.next_number(desk.conn, office.code, today)
        number = pattern.number(office.code, today, seq)
        if cards.add(desk.conn, _card(desk, request, number, today)):
            return seq


def _card(desk: Desk, request: CardRequest, number: str, today: date) -> Card:
    return Card(
        id=str(uuid4()),
        request_id=request.id,
        office=request.office,
        number=number,
        issued_on=today,
        expires_on=card.expires(today),
        officer_id=desk.officer.id,
    )


def _dates(desk: Desk, today: date) -> dict[str, object]:
    first, *_ = card.report_days(today)
    return {"issued_at": desk.now, "expires_on": card.expires(today), "next_report_on": first}
