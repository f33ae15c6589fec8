"""Who calls in the stories, and who serves them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with a KTP and a phone; `place` is the office that serves his home."""

    name: str
    full_name: str
    nik: str
    phone: str
    born: str
    home: str
    place: str
    counter: str
    officer: str
    number: str
    """The card's number, as the office gives it or as it is printed on the card."""

    @property
    def last4(self) -> str:
        """The end of the phone number, which an officer may search for."""
        return self.phone[-4:]


SITI = Person(
    name="Siti",
    full_name="Siti Aminah",
    nik="3210115508980001",
    phone="+6281200000001",
    born="15-08-1998",
    home="Jatiwangi",
    place="Disnaker Majalengka",
    counter="loket 2",
    officer="sari@example.go.id",
    number="3210231126000001",
)
WATI = Person(
    name="Wati",
    full_name="Wati Setyaningsih",
    nik="3374105508980003",
    phone="+6281200000003",
    born="15-08-1998",
    home="Tembalang",
    place="Disnaker Semarang",
    counter="loket 1",
    officer="dewi@example.go.id",
    number="AK1/2026-0077",
)
