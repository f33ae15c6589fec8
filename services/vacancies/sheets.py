"""A file of vacancies as offices send it: a table with one vacancy a line (CSV).

Spreadsheets here separate columns by semicolons and write a mark at the beginning; older ones
write Windows' own letters. All of it is read.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

COLUMNS: Final[Mapping[str, str]] = {
    "nomor": "reference",
    "jabatan": "title",
    "perusahaan": "employer",
    "diperiksa": "employer_checked",
    "bidang": "sector",
    "pendidikan": "education",
    "tempat": "place",
    "kecamatan": "district",
    "jumlah": "seats",
    "upah": "wage",
    "uraian": "description",
    "lamar_di": "apply_place",
    "jam_buka": "apply_open",
    "bawa": "bring",
    "sampai": "closes_on",
}
"""The names of the columns, and what they bring."""

_OPTIONAL: Final = frozenset({"diperiksa", "pendidikan", "kecamatan", "jumlah", "upah", "uraian"})
_SEPARATORS: Final = ";,\t"
_NAMES: Final = {field: column for column, field in COLUMNS.items()}
MOST_LINES: Final = 2000


class Reader(Protocol):
    """Rows of a table, and the number of the line where the last one ended."""

    @property
    def line_num(self) -> int:
        """The line, counted from 1."""

    def __iter__(self) -> Iterator[list[str]]:
        """Yield rows."""


@dataclass(frozen=True, slots=True)
class Mistake:
    """What is wrong, in which line (the first is 1) and column; ``limit`` is the most allowed."""

    line: int
    column: str
    why: str
    limit: int = 0


@dataclass(frozen=True, slots=True)
class Line:
    """One vacancy of a file: where it begins, and what stands in each field."""

    number: int
    fields: Mapping[str, str]


def lines(file: bytes) -> list[Line] | tuple[Mistake, ...]:
    """Read a file's lines, or tell what keeps it from being read."""
    text = _text(file)
    head, _, _ = text.partition("\n")
    separator = max(_SEPARATORS, key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        names = [name.strip().casefold() for name in next(reader, [])]
        return _columns(names) or _lines(reader, names)
    except csv.Error:
        return (Mistake(reader.line_num, "", "quotes"),)


def column(field: str) -> str:
    """Return the name of the column that brings a field."""
    return _NAMES[field]


def _text(file: bytes) -> str:
    try:
        return file.decode("utf-8-sig")
    except UnicodeDecodeError:
        return file.decode("cp1252", errors="replace")


def _columns(names: Sequence[str]) -> tuple[Mistake, ...]:
    missing = [name for name in COLUMNS if name not in names and name not in _OPTIONAL]
    unknown = [name for name in names if name and name not in COLUMNS]
    twice = {name for name in names if name and names.count(name) > 1}
    return (
        *(Mistake(1, name, "missing") for name in missing),
        *(Mistake(1, name, "unknown_column") for name in unknown),
        *(Mistake(1, name, "twice") for name in sorted(twice)),
    )


def _lines(reader: Reader, names: Sequence[str]) -> list[Line] | tuple[Mistake, ...]:
    found, begins = list[Line](), reader.line_num + 1
    for cells in reader:
        if any(cell.strip() for cell in cells):
            given = dict(zip(names, cells, strict=False))
            fields = {field: given.get(name, "") for name, field in COLUMNS.items()}
            found.append(Line(begins, fields))
        begins = reader.line_num + 1
    return found if len(found) <= MOST_LINES else (Mistake(begins, "", "many", MOST_LINES),)
