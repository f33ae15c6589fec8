"""Whose card a call may be about."""

from __future__ import annotations

from sqlalchemy import Connection

from domain.card import LIVE
from storage import card_requests
from storage.card_requests import CardRequest


def card_of(conn: Connection, phone_index: str, office: str) -> CardRequest | None:
    """Return the one live request of a phone at an office; of several, nobody knows who calls."""
    live = card_requests.of_phone(conn, phone_index, LIVE)
    here = [request for request in live if request.office == office]
    return here[0] if len(here) == 1 else None
