"""The two offices of the demo, in one database: a regency and a city, with all they need.

Their telephones are placeholders that nobody has; whoever goes on from here edits them.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from sqlalchemy import Connection

from services.founding import establish, typical
from storage.offices import Office

MAJALENGKA: Final = "32.10"
SEMARANG: Final = "33.74"


def offices() -> tuple[Office, ...]:
    """Return Majalengka (32.10), which numbers its cards itself, and Semarang (33.74)."""
    return (
        replace(
            typical(MAJALENGKA),
            counter="loket 2",
            phone="0233 000000",
            callback_daily=10,
        ),
        replace(
            typical(SEMARANG),
            phone="024 000000",
            callback_daily=10,
            card_source="external",
        ),
    )


def plant(conn: Connection) -> None:
    """Add the demo's offices where they are not there yet; what is there is never overwritten."""
    for office in offices():
        establish(conn, office)
