"""Complaints for SP4N-LAPOR!, the national complaints desk: as text to paste, or as CSV.

Nobody is named: neither a number nor a NIK leaves the office this way. What looks like a formula
is kept from a spreadsheet (OWASP, CSV injection: a cell that begins with = + - @, tab or return).
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator
from typing import Final

from domain import calendar
from domain.tickets import State
from services.cards.outcomes import Desk
from services.tickets.showing import words_of
from storage import audit, offices, tickets
from storage.offices import Office
from storage.tickets import Ticket
from storage.vault import Vault

__all__ = ["MOST", "as_csv", "as_text"]

MOST: Final = 2000
"""Complaints in one file; an office that has more passes them on more often."""

COLUMNS: Final = ("kode", "tanggal", "instansi", "isi", "keadaan", "diteruskan")
_STATES: Final = {State.NEW: "baru", State.WORKING: "diproses", State.CLOSED: "selesai"}
_NUMBER: Final = re.compile(r"(?<!\d)(?:\+?62[ .-]?|0)8[\d .-]{7,14}\d")
_NIK: Final = re.compile(r"\d{4}\*{8}\d{4}")  # as `showing` masks it
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


def as_text(vault: Vault, ticket: Ticket, office: Office) -> str:
    """Return one complaint as it can be pasted into SP4N-LAPOR!."""
    day = calendar.local_day(ticket.created_at, office.zone)
    words = _nameless(words_of(vault, ticket))
    return f"Aduan {ticket.code}, {day:%d-%m-%Y}, {office.name} ({office.regency}): {words}"


def as_csv(desk: Desk) -> str:
    """Return the complaints of the officer's office, the oldest first, and write it down."""
    office = offices.get(desk.conn, desk.officer.office)
    found = tickets.complaints(desk.conn, desk.officer.office, frozenset(State), MOST)
    written = io.StringIO()
    rows = _rows(desk.vault, found, office) if office else ()
    csv.writer(written).writerows([COLUMNS, *rows])
    audit.add(
        desk.conn,
        desk.now,
        action="ticket.exported",
        office=desk.officer.office,
        officer_id=desk.officer.id,
        details={"count": str(len(found))},
    )
    return written.getvalue()


def safe(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def _rows(vault: Vault, found: Iterable[Ticket], office: Office) -> Iterator[tuple[str, ...]]:
    for one in found:
        day = calendar.local_day(one.created_at, office.zone).isoformat()
        said, passed = _nameless(words_of(vault, one)), "ya" if one.forwarded_at else "belum"
        cells = (one.code, day, office.place, said, _STATES[one.state], passed)
        yield tuple(map(safe, cells))


def _nameless(words: str) -> str:
    return _NUMBER.sub("(nomor)", _NIK.sub("(NIK)", words))
