"""What people type about themselves: a name to be called by, a date, a year, letters of a place."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from typing import Final

from domain import gsm7
from domain.faults import Fault
from domain.regions import FEWEST_LETTERS

SHORTEST_NAME: Final = 2
LONGEST_NAME: Final = 20
_LONGEST_FULL: Final = 60
MOST_LETTERS: Final = 30
_NAME_MARKS: Final = " '."
# The Latin letters of GSM-7; its Greek ones are no letters of a name here.
_LATIN: Final = frozenset("èéùìòÇØøÅåÆæßÉÄÖÑÜäöñüà")
_DATE: Final = re.compile(r"([0-9]{1,2})[ ./-]([0-9]{1,2})[ ./-]([0-9]{4})|([0-9]{8})")
_YEAR: Final = re.compile(r"(?:19|20)[0-9]{2}")
_TITLE: Final = re.compile(r"(?i)^kec(?:amatan)?[. ]+")


def call_name(text: str) -> str | Fault:
    """Return the name a person is called by: 2 to 20 letters, space, ``'`` and ``.``.

    Marks outside GSM-7 are folded.  A name all in one case gets capitals, any other is kept as
    typed.  Faults: ``shape`` (no letters, or other signs), ``length`` (with the count).
    """
    name = " ".join(gsm7.fold(text).split())
    if not name or not all(_letter(char) or char in _NAME_MARKS for char in name):
        return Fault("shape")
    if not any(_letter(char) for char in name):
        return Fault("shape")
    if not SHORTEST_NAME <= len(name) <= LONGEST_NAME:
        return Fault("length", min(len(name), 99))
    return _capitals(name)


def full_name(text: str) -> str | Fault:
    """Return a name as the KTP writes it, typed by an officer: 2 to 60 letters and ``' . , -``.

    Faults: ``shape``, ``length`` (with the count).
    """
    name = " ".join(unicodedata.normalize("NFC", text).split())
    if not all(char.isalpha() or char in " '.,-" for char in name):
        return Fault("shape")
    count = sum(char.isalpha() for char in name)
    return name if count >= SHORTEST_NAME and len(name) <= _LONGEST_FULL else Fault("length", count)


def birth_date(text: str) -> str | Fault:
    """Return ``15081998`` or ``15-08-1998`` as ``1998-08-15``.  Fault: ``shape``."""
    found = _DATE.fullmatch(text.strip(" "))
    if not found:
        return Fault("shape")
    whole = found[4]
    day, month, year = (whole[:2], whole[2:4], whole[4:]) if whole else found.groups()[:3]
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return Fault("shape")


def year(text: str) -> str | Fault:
    """Return a year of four digits, 1900 to 2099.  Fault: ``shape``."""
    digits = text.strip(" ")
    return digits if _YEAR.fullmatch(digits) else Fault("shape")


def letters(text: str) -> str | Fault:
    """Return the letters of a place to look for, in lower case; ``Kec.`` before it is dropped.

    Faults: ``shape`` (no letters, or other signs), ``length`` (fewer than 3, with the count).
    What is longer than any name is cut: the beginning is enough.
    """
    plain = _TITLE.sub("", gsm7.fold(text).strip(" ")).lower()
    if not any(_letter(char) for char in plain):
        return Fault("shape")
    if not all(_letter(char) or char in " '.-" for char in plain):
        return Fault("shape")
    count = sum(_letter(char) for char in plain)
    return plain[:MOST_LETTERS] if count >= FEWEST_LETTERS else Fault("length", count)


def folded(name: str) -> str:
    """Return a name as it is searched: plain ASCII lower case, one space between words."""
    plain = "".join(char for char in gsm7.plain(name).lower() if char not in "'.")
    return " ".join(plain.split())


def _letter(char: str) -> bool:
    return (char.isascii() and char.isalpha()) or char in _LATIN


def _capitals(name: str) -> str:
    if not (name.islower() or name.isupper()):
        return name
    return " ".join(word[:1].upper() + word[1:].lower() for word in name.split(" "))
