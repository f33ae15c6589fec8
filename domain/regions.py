"""Provinces, regencies and sub-districts of Indonesia (Kemendagri codes, not those of BPS).

Data: ``data/wilayah_kecamatan.csv`` from cahyadsn/wilayah (MIT, notice beside it), after
Kepmendagri 300.2.2-2430/2025: 38 provinces, 514 regencies, 7,285 sub-districts.  Read once, at
first use, and shared; a few tens of milliseconds.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

from domain import gsm7

FEWEST_LETTERS: Final = 3
_SHORTENED: Final = (("Kepulauan ", "Kep. "), ("Administrasi ", ""))


@dataclass(frozen=True, slots=True)
class District:
    """A sub-district (kecamatan) and the regency it belongs to; names are in GSM-7.

    ``short`` is the regency for small screens: ``Majalengka``, but ``Kota Semarang`` and
    ``Kab. Semarang``, since there a regency and a city share their name.
    """

    code: str
    name: str
    regency_code: str
    regency: str
    short: str
    province: str


def districts() -> tuple[District, ...]:
    """Return every sub-district, in the order of the codes."""
    return tuple(_by_code().values())


def by_code(code: str) -> District | None:
    """Return the sub-district of a dotted code such as ``32.10.11``; ``None`` when unknown."""
    return _by_code().get(code)


def known_province(code: str) -> bool:
    """Tell whether two digits are the code of a province."""
    return code in _provinces()


def regency_name(code: str) -> str | None:
    """Return the full name of a regency such as ``32.10``; ``None`` when unknown."""
    found = _regencies().get(code)
    return found.regency if found else None


def regency_short(code: str) -> str | None:
    """Return a regency for small screens, as :class:`District` has it; ``None`` when unknown."""
    found = _regencies().get(code)
    return found.short if found else None


def find(
    letters: str, served: Collection[str], near: str | None, limit: int = 18
) -> list[District]:
    """Return sub-districts whose name begins with or holds ``letters``, the likeliest first.

    Those of the ``served`` regencies come first, then those of ``near`` (the NIK's own regency),
    then the rest; within each, names that begin with the letters, then by name.  Case, spaces
    and marks do not count.  Fewer than three letters find nothing.
    """
    wanted = _plain(letters)
    if len(wanted) < FEWEST_LETTERS:
        return []
    found = [
        (_rank(district, served, near), not plain.startswith(wanted), plain, district.code)
        for plain, district in _searchable()
        if wanted in plain
    ]
    return [_by_code()[code] for *_, code in sorted(found)[:limit]]


def find_regencies(letters: str, limit: int = 18) -> list[tuple[str, str]]:
    """Return regencies, (code, short name), whose name holds ``letters``.

    Names that begin with the letters come first, then by name.  Case, spaces and marks do not
    count.  Fewer than three letters find nothing.
    """
    wanted = _plain(letters)
    if len(wanted) < FEWEST_LETTERS:
        return []
    names = [(_plain(_town(one.short)), code, one.short) for code, one in _regencies().items()]
    found = [
        (not name.startswith(wanted), name, code, short)
        for name, code, short in names
        if wanted in name
    ]
    return [(code, short) for _, _, code, short in sorted(found)[:limit]]


def _town(short: str) -> str:
    """Drop what a city or a regency is called besides its name."""
    return short.removeprefix("Kota ").removeprefix("Kab. ")


def _rank(district: District, served: Collection[str], near: str | None) -> int:
    if district.regency_code in served:
        return 0
    return 1 if district.regency_code == near else 2


def _plain(name: str) -> str:
    return "".join(char for char in gsm7.plain(name).lower() if char.isalnum())


@cache
def _by_code() -> dict[str, District]:
    shorts = _shorts({row[3].strip() for row in _rows()})
    return {row[4]: _district(row, shorts) for row in _rows()}


def _rows() -> Iterator[list[str]]:
    """Yield the rows one by one: all at once they take 6 MB that no process gives back."""
    source = files("domain.data").joinpath("wilayah_kecamatan.csv")
    with source.open(encoding="utf-8") as file:
        rows = csv.reader(file)
        next(rows)  # the names of the columns
        yield from rows


def _district(row: list[str], shorts: Mapping[str, str]) -> District:
    _, province, regency_code, regency, code, _, name, *_ = row
    # A regency has a dozen sub-districts: what they share is kept once.
    regency, regency_code, province = map(sys.intern, (regency.strip(), regency_code, province))
    return District(code, gsm7.fold(name), regency_code, regency, shorts[regency], province)


def _shorts(regencies: Collection[str]) -> dict[str, str]:
    cities = {name.removeprefix("Kota ") for name in regencies if name.startswith("Kota ")}
    return {name: _short(name, cities) for name in regencies}


def _short(regency: str, cities: Collection[str]) -> str:
    if regency.startswith("Kabupaten "):
        plain = regency.removeprefix("Kabupaten ")
        regency = f"Kab. {plain}" if plain in cities else plain
    for long, brief in _SHORTENED:
        regency = regency.replace(long, brief)
    return gsm7.fold(regency)


@cache
def _regencies() -> dict[str, District]:
    return {district.regency_code: district for district in districts()}


@cache
def _provinces() -> frozenset[str]:
    return frozenset(code[:2] for code in _by_code())


@cache
def _searchable() -> tuple[tuple[str, District], ...]:
    return tuple((_plain(district.name), district) for district in districts())
