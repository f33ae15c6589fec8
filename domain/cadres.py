"""What a cadre sends: ``DAFTAR PIN NIK NAMA``, with the person's own number where there is one.

Written by people in a hurry, so forgiving in what parts the words: spaces, ``#``, ``*``, commas,
semicolons and new lines; a NIK may come in groups of digits.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from domain.faults import Fault

PIN_DIGITS: Final = 6
TRIES: Final = 3
"""Wrong PINs in a row after which none is heard for a while."""

LOCK_MINUTES: Final = 15
DAILY: Final = 20
"""People a cadre may register a day unless the office says otherwise."""

_NIK_DIGITS: Final = 16
_APART: Final = re.compile(r"[\s#*,;:/|]+")
_NUMBER: Final = re.compile(r"[0-9][0-9.-]*")
_PHONE: Final = re.compile(r"\+?[0-9][0-9.()-]{7,18}")
_PIN: Final = re.compile(rf"[0-9]{{{PIN_DIGITS}}}")


@dataclass(frozen=True, slots=True)
class Wish:
    """A registration as it was sent, read but not judged; `phone` is empty where none came."""

    pin: str
    nik: str
    name: str
    phone: str


def pin(text: str) -> str | Fault:
    """Return a PIN of six digits as it was typed.  Fault: ``shape``."""
    typed = text.strip(" ")
    return typed if _PIN.fullmatch(typed) else Fault("shape")


def wish(text: str) -> Wish:
    """Read ``DAFTAR`` and what stands after it; what is missing is empty.

    The PIN is the first word after it; the NIK is all numbers after that up to sixteen digits; a
    number after the name is the person's phone.
    """
    _, pin, *rest = [*(word for word in _APART.split(text) if word), "", ""]
    digits, words = _leading_digits([word for word in rest if word])
    phone = words.pop() if words and _PHONE.fullmatch(words[-1]) else ""
    return Wish(pin, digits, " ".join(words), phone)


def _leading_digits(words: list[str]) -> tuple[str, list[str]]:
    """Join groups of digits to a NIK; a phone that follows it at once stays apart."""
    digits = ""
    for place, word in enumerate(words):
        if not _NUMBER.fullmatch(word) or len(digits) >= _NIK_DIGITS:
            return digits, words[place:]
        digits += re.sub("[.-]", "", word)
    return digits, []
