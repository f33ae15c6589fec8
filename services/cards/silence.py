"""Numbers that fell silent: who holds one now need not be whom we spoke with.

Such a number is told no name and no status, and is sent nothing that names anybody, until code and
birth date, or the counter, prove it again.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Connection

from storage import audit, offices, phone_signs
from storage.card_requests import CardRequest
from storage.database import Database
from storage.phone_signs import Chain, Look

__all__ = ["known", "note"]

_LOOKED_AT: Final = timedelta(days=60)
"""A number known later than this is not looked at: it cannot be silent yet."""

_AT_ONCE: Final = 500


def known(conn: Connection, request: CardRequest, now: datetime) -> bool:
    """Tell whether the number of a request is still its owner's, as far as its signs say."""
    return phone_signs.holds(conn, request.id, now)


def note(database: Database, now: datetime) -> int:
    """Mark the numbers that fell silent, and keep how far the chains of others reach; how many.

    For the clock: signs are forgotten one day, and what is marked stays so.
    """
    with database.begin() as conn:
        served = offices.every(conn)
    return sum(_note(database, office.code, now) for office in served)


def _note(database: Database, office: str, now: datetime) -> int:
    """Go through an office's numbers, each page in a transaction of its own."""
    look = Look(office, now - _LOOKED_AT, now, _AT_ONCE)
    noted, page = 0, [phone_signs.FIRST]
    while page:
        with database.begin() as conn:
            page = phone_signs.page(conn, look, page[-1])
            noted += sum(_kept(conn, office, number, now) for number in page)
    return noted


def _kept(conn: Connection, office: str, number: Chain, now: datetime) -> bool:
    """Keep what became of a number; False where that is nothing new."""
    if number.broken:
        phone_signs.silence(conn, number.id, now)
        what = "card.phone_silent"
        audit.add(conn, now, action=what, office=office, request_id=number.id)
    elif number.grown:
        phone_signs.since(conn, number.id, number.last)
    return number.broken or number.grown
