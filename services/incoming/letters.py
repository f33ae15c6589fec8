"""SMS that somebody must read, as officers see them: the list, and one of them opened.

An office sees its own and those of which nobody knows whose they are. Numbers stay masked, and so
does a NIK that somebody wrote.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy import Connection

from domain import nik
from services.cards.outcomes import Desk
from services.incoming.sender import sender
from storage import card_requests, incoming, outbox, places
from storage.card_requests import CardRequest
from storage.incoming import Incoming
from storage.vault import Unsealable, Vault

__all__ = ["Letter", "Line", "count", "of_office", "phone_of", "show", "waiting"]

_GLIMPSE: Final = 60


@dataclass(frozen=True, slots=True)
class Line:
    """One SMS in the list: the end of its number, the name of its card, how it begins."""

    id: str
    last4: str | None
    name: str | None
    glimpse: str
    new: bool
    received_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """One SMS, opened. `answerable`: its sender can be sent an SMS. `sms` is the answer's status.

    A NIK in it is masked; `until` is when the answer leaves, None without one.
    """

    id: str
    version: int
    state: str
    last4: str | None
    name: str | None
    request_id: str | None
    words: str
    received_at: datetime
    answerable: bool
    handled_by: str | None
    updated_at: datetime
    sms: str | None
    until: datetime | None


def waiting(conn: Connection, vault: Vault, office: str, limit: int) -> tuple[Line, ...]:
    """Return what waits to be answered, the oldest first."""
    return tuple(_line(vault, row) for row in incoming.waiting(conn, office, limit))


def count(conn: Connection, office: str) -> int:
    """Return how many wait."""
    return incoming.count(conn, office)


def show(desk: Desk, message_id: str, regions: frozenset[str]) -> Letter | None:
    """Open an SMS, which then is new no more; None when the officer's office has no such one."""
    message = of_office(desk, message_id)
    if message is None:
        return None
    if message.state == "new":
        incoming.change(desk.conn, message.id, message.version, {"state": "read"}, desk.now)
        message = incoming.get(desk.conn, message.id) or message
    return _letter(desk, message, regions)


def of_office(desk: Desk, message_id: str) -> Incoming | None:
    """Return an SMS that the officer's office may handle, locked."""
    message = incoming.lock(desk.conn, str(UUID(message_id)))
    if message is None or message.kind != "free":
        return None
    return message if message.office in {None, desk.officer.office} else None


def _letter(desk: Desk, message: Incoming, regions: frozenset[str]) -> Letter:
    phone = phone_of(desk.vault, message)
    request = _card(desk, message)
    left = outbox.standing(desk.conn, message.reply_id) if message.reply_id else None
    return Letter(
        id=message.id,
        version=message.version,
        state=message.state,
        last4=message.phone_last4,
        name=(request.full_name or request.call_name) if request else None,
        request_id=request.id if request else None,
        words=_words(desk.vault, message.id, message.text_sealed),
        received_at=message.received_at,
        answerable=phone is not None and sender(desk.vault, phone, regions).answerable,
        handled_by=incoming.handled_by(desk.conn, message.officer_id),
        updated_at=message.updated_at,
        sms=left[0] if left else None,
        until=left[1] if left else None,
    )


def _card(desk: Desk, message: Incoming) -> CardRequest | None:
    """Return the card it is about, to the office of that card only."""
    found = card_requests.get(desk.conn, message.request_id) if message.request_id else None
    return found if found and found.office == desk.officer.office else None


def _line(vault: Vault, row: incoming.Waiting) -> Line:
    words = " ".join(_words(vault, row.id, row.text_sealed).split())
    glimpse = words if len(words) <= _GLIMPSE else f"{words[:_GLIMPSE].rstrip()}..."
    return Line(row.id, row.phone_last4, row.name, glimpse, row.state == "new", row.received_at)


def _words(vault: Vault, message_id: str, sealed: str) -> str:
    """Open what was written; a NIK in it is shown as everywhere."""
    try:
        words = vault.open(sealed, where=places.incoming_text(message_id))
    except Unsealable:
        return ""
    return nik.hide(words)


def phone_of(vault: Vault, message: Incoming) -> str | None:
    """Return who sent an SMS; None when that cannot be opened."""
    try:
        return vault.open(message.phone_sealed, where=places.incoming_phone(message.id))
    except Unsealable:
        return None
