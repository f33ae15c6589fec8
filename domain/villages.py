"""Villages of the two regencies of the demo, each with the number of its poster.

Data: ``data/wilayah_desa.csv`` from cahyadsn/wilayah (MIT, notice beside it), after Kepmendagri
300.2.2-2430/2025. A poster's number is ``9`` and the village's place in that file: posters hang for
years, so villages are only ever added at its end.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from domain import gsm7

_FIRST = 9001


@dataclass(frozen=True, slots=True)
class Village:
    """A village (desa) or ward (kelurahan), in its sub-district; ``poster`` is four digits."""

    code: str
    name: str
    kind: str
    district_code: str
    district: str
    regency_code: str
    poster: str


def every() -> Mapping[str, Village]:
    """Return all villages by their code, such as ``32.10.01.2001``, in the order of the file."""
    return _by_code()


def of_poster(number: str) -> Village | None:
    """Return the village on whose poster a number stands; ``None`` for any other number."""
    return _by_poster().get(number)


def off_the_poster(history: str) -> tuple[str, str]:
    """Part what was dialled from a poster: its number and the rest, ``("", history)`` else.

    ``*123*9042#`` comes as ``9042``, and then before every answer: ``9042*1``.
    """
    if not history.startswith("9"):
        return "", history
    number, _, rest = history.partition("*")
    return (number, rest) if number in _by_poster() else ("", history)


@cache
def _by_code() -> Mapping[str, Village]:
    path = files("domain.data").joinpath("wilayah_desa.csv")
    with path.open(encoding="utf-8") as lines:
        found = [_read(row, number) for number, row in enumerate(csv.DictReader(lines), _FIRST)]
    return MappingProxyType({village.code: village for village in found})


@cache
def _by_poster() -> Mapping[str, Village]:
    return MappingProxyType({village.poster: village for village in _by_code().values()})


def _read(row: Mapping[str, str], number: int) -> Village:
    return Village(
        code=row["kode"],
        name=gsm7.fold(row["nama"]),
        kind=row["jenis"],
        district_code=row["kode_kec"],
        district=gsm7.fold(row["kecamatan"]),
        regency_code=row["kode_kab"],
        poster=str(number),
    )
