"""The codes we give: of a card request nine digits, of a ticket six, the last a Damm check digit.

Damm (H. M. Damm, 2004) finds every single wrong digit and every swap of two neighbours, the
errors people make when they read a number aloud or copy it from an SMS.
Codes are said in threes.  The two lengths keep one from being taken for the other.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from domain.faults import Fault
from domain.nik import clean

DIGITS: Final = 9
OF_A_TICKET: Final = 6
_TABLE: Final = (
    "0317598642",
    "7092154863",
    "4206871359",
    "1750983426",
    "6123045978",
    "3674209581",
    "5869720134",
    "8945362017",
    "9438617205",
    "2581436790",
)


def make(rng: Callable[[int], int], digits: int = DIGITS) -> str:
    """Return a new code; ``rng(n)`` gives a number from 0 to n - 1 (``secrets.randbelow``).

    It never begins with 0, which spreadsheets drop.
    """
    least = 10 ** (digits - 2)
    body = str(least + rng(9 * least))
    return f"{body}{_damm(body)}"


def check(text: str, count: int = DIGITS) -> str | Fault:
    """Return the ``count`` digits of ``text``; spaces, dots and dashes are forgiven.

    Faults: ``shape`` (not digits), ``length`` (with the count), ``digit`` (check digit).
    """
    digits = clean(text)
    if not (digits.isascii() and digits.isdigit()):
        return Fault("shape" if digits else "length")
    if len(digits) != count:
        return Fault("length", min(len(digits), 99))
    return Fault("digit") if _damm(digits) else digits


def spoken(code: str) -> str:
    """Return the code as people read it: ``482 157 906``."""
    return " ".join(code[place : place + 3] for place in range(0, len(code), 3))


def _damm(digits: str) -> int:
    interim = 0
    for digit in digits:
        interim = int(_TABLE[interim][int(digit)])
    return interim
