"""*Lapor dan perubahan*: what card holders did by phone, in one plain list, the newest first."""

from __future__ import annotations

from typing import Final

from sqlalchemy import Connection

from storage import card_news
from storage.card_news import News

__all__ = ["ACTIONS", "News", "count", "page"]

ACTIONS: Final = (
    "card.reported",
    "card.employed",
    "card.withdrawn",
    "card.renewed",
    "card.left",
    "card.phone_asked",
    "card.phone_stopped",
    "card.phone_given",
    "card.phone_let_go",
)
"""What the audit calls it; with an officer it was done at the counter."""


def page(conn: Connection, office: str, number: int, rows: int) -> list[News]:
    """Return a page of the list, counted from 1."""
    return card_news.of_office(conn, office, ACTIONS, rows, (number - 1) * rows)


def count(conn: Connection, office: str) -> int:
    """Count the list."""
    return card_news.count(conn, office, ACTIONS)
