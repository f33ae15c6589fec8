"""The search box: one field for a name, a code, a phone, a NIK or a card's number."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Final

from sqlalchemy import Connection

from domain import msisdn, people
from services.desk.lists import Row, shown
from storage import desk
from storage.desk import Line
from storage.vault import Vault

RESULTS: Final = 20
_LONGEST: Final = 60
_FILLING: Final = re.compile(r"[\s.-]")
_NEWEST_NAMES: Final = 5000
_SPELLINGS: Final = 5
_LIKENESS: Final = 0.72  # "sity" finds "siti", "budy" finds "budi", "ani" does not find "budi"


@dataclass(frozen=True, slots=True)
class Found:
    """What was found, cards in progress first; `alike`: no name is so, but nearly."""

    rows: tuple[Row, ...]
    alike: bool = False


def search(conn: Connection, vault: Vault, office: str, text: str, limit: int = RESULTS) -> Found:
    """Find requests of an office by whatever the officer has in hand.

    Four digits are the end of a phone number, nine a code, sixteen a NIK or a card's number,
    anything else of digits a phone number; letters are a name or a part of one.
    """
    asked = text.strip()[:_LONGEST]
    digits = _FILLING.sub("", asked)
    if digits.removeprefix("+").isdecimal():
        return Found(shown(_by_digits(conn, vault, office, digits, limit)))
    return _by_name(conn, office, people.folded(asked), limit)


def _by_digits(conn: Connection, vault: Vault, office: str, digits: str, limit: int) -> list[Line]:
    match len(digits):
        case 4:
            return desk.by_last4(conn, office, digits, limit)
        case 9:
            return desk.by_code(conn, office, digits, limit)
        case 16:
            found = desk.by_nik(conn, office, vault.index("nik", digits), limit)
            return found or desk.by_card(conn, office, digits, limit)
    phone = msisdn.read(digits)
    if phone is None:
        return desk.by_card(conn, office, digits, limit)
    return desk.by_phone(conn, office, vault.index("phone", phone.e164), limit)


def _by_name(conn: Connection, office: str, folded: str, limit: int) -> Found:
    if not folded:
        return Found(())
    if lines := desk.by_name(conn, office, folded, limit):
        return Found(shown(lines))
    return Found(shown(_alike(conn, office, folded, limit)), alike=True)


def _alike(conn: Connection, office: str, folded: str, limit: int) -> list[Line]:
    """Look among the words of the newest names: PostgreSQL's trigrams would be an extension."""
    names = desk.names(conn, office, _NEWEST_NAMES)
    words = names | {word for name in names for word in name.split()}
    close = get_close_matches(folded, sorted(words), n=_SPELLINGS, cutoff=_LIKENESS)
    found = {
        line.request_id: line
        for spelling in close
        for line in desk.by_name(conn, office, spelling, limit)
    }
    return list(found.values())[:limit]
