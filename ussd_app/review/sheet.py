"""The sheet as a file: semicolons and a byte order mark, as spreadsheets here open it at once.

It comes back from whatever program the reader has, so commas and tabs are understood as well.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from ussd_app.review.rows import Row

CHANGE: Final = "ubah menjadi"
"""The column that is left empty for the reader: what to say instead."""
COLUMNS: Final = (
    "di mana",
    "nama",
    "Indonesia",
    "terjemahan",
    CHANGE,
    "layar Indonesia",
    "layar terjemahan",
    "paling lebar",
)
_MARK: Final = "\ufeff"


class SheetError(ValueError):
    """A file that is no sheet of ours; says why."""


@dataclass(frozen=True, slots=True)
class Line:
    """What came back of one row; ``change`` is empty where the words, ``said``, are good."""

    where: str
    key: str
    source: str
    said: str
    change: str


def written(rows: Iterable[Row]) -> str:
    """Return the sheet of these rows."""
    into = io.StringIO()
    sheet = csv.writer(into, delimiter=";", lineterminator="\r\n")
    sheet.writerow(COLUMNS)
    for row in rows:
        size = str(row.septets or "")
        texts = (row.source, row.said, "", row.source_example, row.example)
        sheet.writerow((row.where, row.key, *texts, size))
    return _MARK + into.getvalue()


def read(text: str) -> tuple[Line, ...]:
    """Return the lines of a sheet. Raises SheetError for another file."""
    text = text.removeprefix(_MARK)
    head = text.partition("\n")[0]
    delimiter = max(";,\t", key=head.count)
    sheet = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter)
    if not set(COLUMNS[:5]) <= set(sheet.fieldnames or ()):
        raise SheetError("the first line does not name the columns of a sheet of ours")
    try:
        return tuple(_line(row) for row in sheet)
    except csv.Error as error:  # a quotation mark that is left open swallows the rest
        raise SheetError(f"line {sheet.line_num}: {error}") from None


def _line(row: Mapping[str, str | None]) -> Line:
    where, key, source, said, change = ((row.get(name) or "") for name in COLUMNS[:5])
    return Line(where, key, source, said, " ".join(change.split()))
