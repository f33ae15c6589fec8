"""The number printed on a card, after a pattern of the office.

No official format was found: the paper form has sixteen boxes in groups of 4-6-6, so the default
``{kab:4}{ddmmyy}{seq:6}`` fills those: regency, day of issue, running number of that day.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

DEFAULT: Final = "{kab:4}{ddmmyy}{seq:6}"
_PIECE: Final = re.compile(r"\{(kab|seq):([1-9])\}|\{(ddmmyyyy|ddmmyy|yyyy|yy)\}|([^{}]+)")
_DATES: Final = {"ddmmyy": "%d%m%y", "ddmmyyyy": "%d%m%Y", "yy": "%y", "yyyy": "%Y"}
_LONGEST: Final = 32
_TYPED: Final = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9 ./-]{0,30}[A-Za-z0-9])?")


class PatternError(ValueError):
    """The pattern cannot make numbers that differ from one card to the next."""


class NumbersUsedUpError(ValueError):
    """The running number no longer fits the places the pattern gives it."""


@dataclass(frozen=True, slots=True)
class _Piece:
    name: str
    width: int


@dataclass(frozen=True, slots=True)
class Pattern:
    """A pattern that was read; :meth:`number` makes card numbers of it."""

    pieces: tuple[_Piece, ...]

    @classmethod
    def parse(cls, text: str) -> Pattern:
        """Read ``text``: literals and ``{kab:N} {ddmmyy} {ddmmyyyy} {yy} {yyyy} {seq:N}``.

        Raises:
            PatternError: unknown parts, no running number, no day (the running number begins
                anew each day), or longer than 32 characters.
        """
        found = list(_PIECE.finditer(text))
        if "".join(match.group() for match in found) != text:
            raise PatternError("unknown part in the card number pattern")
        pattern = cls(tuple(_piece(match) for match in found))
        pattern._refuse_doubles()
        return pattern

    def number(self, kab: str, day: date, seq: int) -> str:
        """Return the number of the ``seq``-th card of ``day`` in regency ``kab`` (``32.10``).

        Raises:
            NumbersUsedUpError: when ``seq`` has more digits than the pattern gives it.
        """
        return "".join(_write(piece, kab.replace(".", ""), day, seq) for piece in self.pieces)

    def _refuse_doubles(self) -> None:
        names = {piece.name for piece in self.pieces}
        if "seq" not in names:
            raise PatternError("the card number pattern has no {seq:N}")
        if not names & {"ddmmyy", "ddmmyyyy"}:
            raise PatternError("the card number pattern has no day, but numbers begin anew daily")
        if len(self.number("00.00", date(2000, 1, 1), 1)) > _LONGEST:
            raise PatternError(f"the card number pattern is longer than {_LONGEST}")


def _piece(match: re.Match[str]) -> _Piece:
    counted, width, dated, literal = match.groups()
    if counted:
        return _Piece(counted, int(width))
    return _Piece(dated, 0) if dated else _Piece(f"={literal}", 0)


def _write(piece: _Piece, kab: str, day: date, seq: int) -> str:
    match piece.name:
        case "kab":
            return kab[: piece.width].ljust(piece.width, "0")
        case "seq":
            return _sequence(seq, piece.width)
        case name if name in _DATES:
            return day.strftime(_DATES[name])
        case literal:
            return literal[1:]


def _sequence(seq: int, width: int) -> str:
    written = str(seq).zfill(width)
    if len(written) > width:
        raise NumbersUsedUpError("more cards in a day than the pattern can number")
    return written


def is_number(text: str) -> bool:
    """Tell whether ``text`` can be a card number that was made elsewhere and typed at the desk."""
    return _TYPED.fullmatch(text) is not None
