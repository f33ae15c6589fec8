"""Callers for the driver: each with a number, a NIK, a name and a home that are his alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Final

from domain import regions

_OLDEST: Final = date(1970, 1, 1)
_DAYS: Final = 12_000  # born before 2003: of age for every office
_SHOWN: Final = 24  # septets that the screens have for a sub-district
_LETTERS: Final = "abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True, slots=True)
class Person:
    """One caller. `phone` and `other` have no plus sign; `born` is as the screens say it."""

    phone: str
    other: str
    nik: str
    name: str
    born: str
    district: str

    @property
    def line(self) -> str:
        """What the driver reads: the words {0} to {5}."""
        return f"{self.phone}\t{self.other}\t{self.nik}\t{self.name}\t{self.born}\t{self.district}"


def people(count: int, first: int, offices: Sequence[str] = ()) -> Iterator[Person]:
    """Make `count` callers, the `first`th and the following; nobody twice.

    They live in the regencies `offices`, or all over the country.
    """
    homes = [home for home in regions.districts() if _fits(home, offices)]
    return (_person(number, homes[number % len(homes)]) for number in range(first, first + count))


def write(path: Path, callers: Iterator[Person]) -> None:
    """Write callers down for the driver."""
    path.write_text("".join(f"{one.line}\n" for one in callers), "utf-8")


def _fits(home: regions.District, offices: Sequence[str]) -> bool:
    # The driver sends words as they stand, and a NIK must be found again by its first digits.
    plain = home.name.isascii() and len(home.name) <= _SHOWN
    return plain and (not offices or home.regency_code in offices)


def _person(number: int, home: regions.District) -> Person:
    born = _OLDEST + timedelta(days=number % _DAYS)
    region = home.code.replace(".", "")
    return Person(
        phone=f"628{11_0000_0000 + number}",
        other=f"628{52_0000_0000 + number}",
        nik=f"{region}{born:%d%m%y}{number // _DAYS % 9999 + 1:04}",
        name=_name(number),
        born=f"{born:%d-%m-%Y}",
        district=home.name,
    )


def _name(number: int) -> str:
    """Spell a number in letters, after a vowel so that it is no odd name."""
    letters = ""
    while number:
        number, place = divmod(number, len(_LETTERS))
        letters += _LETTERS[place]
    return f"Asih{letters}"
