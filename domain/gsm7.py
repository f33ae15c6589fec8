"""Count, fold and cut texts in the GSM 03.38 alphabet (3GPP TS 23.038).

A USSD string travels in 160 octets: 182 septets of this alphabet, or 80 UCS-2 characters as soon
as one character lies outside it.  An SMS carries 160 septets, 153 in each part of a longer one;
in UCS-2 it is 70 and 67.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

USSD_SEPTETS: Final = 182
# Some networks take less than the standard's 182; every handset shows 160.
SAFE_SEPTETS: Final = 160
SMS_SEPTETS: Final = 160

BASIC: Final = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
EXTENDED: Final = frozenset("\f^{}\\[~]|€")
ALPHABET: Final = BASIC | EXTENDED

_PART_SEPTETS: Final = 153
_SINGLE_UCS2: Final = 70
_PART_UCS2: Final = 67

# What has no decomposition in Unicode, or one that would lose its sense on a small screen.
_PLAIN: Final = {
    **dict.fromkeys("\u2018\u2019\u201a\u201b\u02bb\u02bc\u00b4\u2032`", "'"),  # apostrophes
    **dict.fromkeys("\u201c\u201d\u201e\u201f\u00ab\u00bb\u2033", '"'),
    **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u00ad", "-"),
    **dict.fromkeys("\u200b\u200c\u200d\u200e\u200f\u2060\ufeff", ""),  # seen by nobody
    **dict.fromkeys("\u2022\u00b7", "-"),
    "\t": " ",
    "\u2044": "/",
    "ł": "l",
    "Ł": "L",
    "đ": "d",
    "Đ": "D",
    "\u0131": "i",  # Turkish dotless i
    "œ": "oe",
    "Œ": "OE",
    "\u00d7": "x",  # multiplication sign
}

# Letters of the alphabet that are marked but have no decomposition.
_UNMARKED: Final = {"Ø": "O", "ø": "o", "Æ": "AE", "æ": "ae", "ß": "ss"}


@dataclass(frozen=True, slots=True)
class Segments:
    """How a text is carried: its encoding and the parts it is sent in, in order."""

    encoding: str
    parts: tuple[str, ...]


def foreign(text: str) -> frozenset[str]:
    """Return the characters that would push ``text`` out of the GSM alphabet."""
    return frozenset(text) - ALPHABET


def septets(text: str) -> int:
    """Return the septets of ``text`` on the air; extended characters cost two."""
    return len(text) + sum(char in EXTENDED for char in text)


def fold(text: str) -> str:
    """Return ``text`` in the GSM alphabet: accents off, quotes straight, the unknown ``?``."""
    if ALPHABET.issuperset(text):
        return text
    composed = unicodedata.normalize("NFC", text)
    return "".join(_fold_char(char) for char in composed)


def plain(text: str) -> str:
    """Return ``text`` without any marks, for searching: ``é`` and ``e`` are one letter."""
    parts = unicodedata.normalize("NFKD", fold(text))
    return "".join(_UNMARKED.get(part, part) for part in parts if not unicodedata.combining(part))


def cut(text: str, width: int) -> str:
    """Return the longest beginning of ``text`` that costs at most ``width`` septets."""
    if septets(text) <= width:
        return text
    room = width
    for place, char in enumerate(text):
        room -= septets(char)
        if room < 0:
            return text[:place].rstrip(" ")
    return text


def segments(text: str) -> Segments:
    """Split ``text`` as a phone company counts it; no escape or surrogate pair is parted."""
    if foreign(text):
        return Segments("UCS-2", tuple(_parts(text, _ucs2_units, _SINGLE_UCS2, _PART_UCS2)))
    return Segments("GSM-7", tuple(_parts(text, septets, SMS_SEPTETS, _PART_SEPTETS)))


def _fold_char(char: str) -> str:
    if char in ALPHABET:
        return char
    if (plain := _PLAIN.get(char)) is not None:
        return plain
    stripped = "".join(
        _PLAIN.get(part, part)
        for part in unicodedata.normalize("NFKD", char)
        if not unicodedata.combining(part)
    )
    if stripped and ALPHABET.issuperset(stripped):
        return stripped
    return "" if unicodedata.combining(char) else "?"


def _ucs2_units(text: str) -> int:
    return sum(2 if ord(char) > 0xFFFF else 1 for char in text)


def _parts(text: str, cost: Callable[[str], int], single: int, part: int) -> Iterator[str]:
    if cost(text) <= single:
        yield text
        return
    begin = room = 0
    for place, char in enumerate(text):
        price = cost(char)
        if room + price > part:
            yield text[begin:place]
            begin, room = place, 0
        room += price
    yield text[begin:]
