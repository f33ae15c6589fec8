"""Tickets as officers see them: the list with its clock, and one of them opened.

Numbers stay masked, and so does a NIK that somebody typed into his complaint.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import Connection

from domain import nik
from domain.tickets import hours_left
from services.cards.outcomes import Desk
from services.tickets import notices
from storage import card_requests, places, tickets
from storage.card_requests import CardRequest
from storage.tickets import Ticket
from storage.vault import Unsealable, Vault

__all__ = ["Line", "Opened", "count", "show", "waiting", "words_of"]

_GLIMPSE: Final = 60


@dataclass(frozen=True, slots=True)
class Line:
    """One ticket in the list: how it begins, and the hours that are left (0 or less: none)."""

    ticket: Ticket
    glimpse: str
    hours_left: int


@dataclass(frozen=True, slots=True)
class Opened:
    """One ticket, opened: the caller's words, our answer, and the one card of his number here.

    `reachable` tells whether an SMS can go to whoever filed it.
    """

    ticket: Ticket
    words: str
    answer: str
    card: CardRequest | None
    hours_left: int
    reachable: bool


def waiting(
    conn: Connection, vault: Vault, office: str, now: datetime, limit: int
) -> tuple[Line, ...]:
    """Return what an office has to answer: overdue first, then what is due next."""
    return tuple(_line(vault, one, now) for one in tickets.waiting(conn, office, limit))


def count(conn: Connection, office: str, now: datetime) -> tuple[int, int]:
    """Count what an office has to answer, and how much of it is overdue."""
    return tickets.count(conn, office, now)


def show(desk: Desk, ticket_id: str) -> Opened | None:
    """Open a ticket; None when the officer's office has no such one."""
    ticket = tickets.get(desk.conn, ticket_id, desk.officer.office)
    if ticket is None:
        return None
    card = card_requests.get(desk.conn, ticket.request_id) if ticket.request_id else None
    return Opened(
        ticket=ticket,
        words=words_of(desk.vault, ticket),
        answer=_opened(desk.vault, ticket.answer_sealed, places.ticket_answer(ticket.id)),
        card=card if card and card.office == ticket.office else None,
        hours_left=hours_left(ticket.due_at, desk.now),
        reachable=notices.phone_of(desk.vault, ticket) is not None,
    )


def words_of(vault: Vault, ticket: Ticket) -> str:
    """Return what the caller wrote; a NIK in it is shown as everywhere."""
    return nik.hide(_opened(vault, ticket.text_sealed, places.ticket_text(ticket.id)))


def _line(vault: Vault, ticket: Ticket, now: datetime) -> Line:
    words = words_of(vault, ticket)
    glimpse = words if len(words) <= _GLIMPSE else f"{words[:_GLIMPSE].rstrip()}..."
    return Line(ticket, glimpse, hours_left(ticket.due_at, now))


def _opened(vault: Vault, sealed: str | None, where: str) -> str:
    """Open what is sealed; nothing when its key is lost: the desk's work goes on."""
    if sealed is None:
        return ""
    try:
        return vault.open(sealed, where=where)
    except Unsealable:
        return ""
