"""Cards that were issued, and their numbers without gaps."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date

from sqlalchemy import Connection, delete, select, update
from sqlalchemy.dialects.postgresql import insert

from storage import rows
from storage.tables import card_sequences, cards


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One card as it was handed over."""

    id: str
    request_id: str
    office: str
    number: str
    issued_on: date
    expires_on: date
    officer_id: str


def add(conn: Connection, card: Card) -> bool:
    """Insert a card; False when its number is taken in this office.

    A second card for one request raises IntegrityError (`uq_cards_request_id`).
    """
    number = ("office", "number")
    statement = insert(cards).values(asdict(card)).on_conflict_do_nothing(index_elements=number)
    return conn.execute(statement.returning(cards.c.id)).first() is not None


def of_request(conn: Connection, request_id: str) -> Card | None:
    """Return the card of a request, None before it is issued."""
    return rows.one(conn, select(cards).where(cards.c.request_id == request_id), Card)


def next_number(conn: Connection, office: str, day: date) -> int:
    """Return the next running number of an office's day, from 1.

    The row stays locked until the transaction ends and a rollback gives the number back, so there
    are no gaps; that is why this comes last before the commit.
    """
    first = insert(card_sequences).values(office=office, day=day, last=1)
    statement = first.on_conflict_do_update(
        index_elements=["office", "day"], set_={"last": card_sequences.c.last + 1}
    )
    number: int = conn.execute(statement.returning(card_sequences.c.last)).scalar_one()
    return number


def remove(conn: Connection, request_id: str) -> date | None:
    """Delete the card of a request; return the day it was issued on, None when it has none."""
    gone = delete(cards).where(cards.c.request_id == request_id).returning(cards.c.issued_on)
    return conn.scalar(gone)


def give_back(conn: Connection, office: str, day: date, number: int) -> bool:
    """Give a running number back; False when a later one was taken: that would leave a gap."""
    still_last = (
        card_sequences.c.office == office,
        card_sequences.c.day == day,
        card_sequences.c.last == number,
    )
    statement = update(card_sequences).where(*still_last).values(last=number - 1)
    return conn.execute(statement).rowcount == 1
