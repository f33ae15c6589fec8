"""The officers of the stories: Sari and Tono in Majalengka, Dewi in Semarang."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import Connection

from storage import officers
from storage.officers import Officer
from tests.support.applicants import NOW


def _officer(number: int, office: str, name: str, role: str = "officer") -> Officer:
    email = f"{name.lower()}@example.go.id"
    return Officer(str(UUID(int=number)), office, email, name, role, "id", active=True)


SARI = _officer(1, "32.10", "Sari")
TONO = _officer(2, "32.10", "Tono", "head")
DEWI = _officer(3, "33.74", "Dewi", "head")
ADI = _officer(4, "32.10", "Adi", "admin")


def employ(conn: Connection, hashed: str = "none") -> None:
    """Put all of them into the table, with a password nobody can type unless a hash is given."""
    for officer in (SARI, TONO, DEWI, ADI):
        officers.add(conn, officer, hashed, NOW)
