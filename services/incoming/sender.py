"""Who sent an SMS, and what we may tell that number about anybody.

Numbers are given to others once they are silent: who holds one today need not be whom we wrote
to last year. A card is told only within six months of a sign that the number is its owner's.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import Connection

from domain import msisdn
from services import callers as callers_of
from storage import callers
from storage.card_requests import CardRequest
from storage.vault import Vault

__all__ = ["Sender", "cards", "language", "sender"]

_LONGEST: Final = 40
"""Characters of a sender that is no number; a name has eleven."""


@dataclass(frozen=True, slots=True)
class Sender:
    """Whoever sent an SMS. `phone` is E.164, or the sender's name as it came.

    Only an `answerable` one is ever sent anything: a mobile number of a region we serve.
    """

    phone: str
    index: str
    last4: str | None
    answerable: bool


def sender(vault: Vault, told: str, regions: frozenset[str]) -> Sender:
    """Read the sender that a gateway names; alphanumeric ones keep an index of their own kind."""
    number = msisdn.read(told, regions)
    if number is None:
        return Sender(told[:_LONGEST], vault.index("sender", told), None, answerable=False)
    index, last4 = vault.index("phone", number.e164), msisdn.last4(number.e164)
    return Sender(number.e164, index, last4, number.registrable)


def cards(conn: Connection, who: Sender, now: datetime) -> list[CardRequest]:
    """Return what a number may hear of, newest first; nothing once it fell silent.

    Where several people's cards hang on it, each speaks for itself: the newest may be a new
    owner's.
    """
    return list(callers_of.own(conn, who.index, now))


def language(conn: Connection, who: Sender, own: list[CardRequest]) -> str:
    """Return the language to answer in: the number's, its card's, else Indonesian."""
    known = callers.get(conn, who.index)
    return known.language if known else next((one.language for one in own), "id")
