"""Vacancies: their states, where they can be, how wide they may be told, and how a text is read on.

Perpres 57/2023 art. 5 and 9: employers report the post, the number of people, education, wage,
place and the last day; the information is open to all, registered or not.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from domain import gsm7

ABROAD: Final = "abroad"
"""The place of a vacancy that is in no regency."""

ANYWHERE: Final = "anywhere"
"""The wish of who takes work wherever it is."""

ANY_WORK: Final = "anything"
"""The sector of who takes any work, and of a vacancy that is of no other."""

ANY_SCHOOL: Final = "any_school"
ASK_WAGE: Final = "ask_wage"
"""What is told where a vacancy names no school, or no wage."""

PAPERS: Final = ("ktp", "ak1", "letter", "diploma", "photo2", "certificate", "kk", "cv")
"""What one may be asked to bring, as keys of terms."""

WIDTHS: Final[Mapping[str, int]] = MappingProxyType(
    {"title": 24, "employer": 24, "wage": 16, "apply_place": 28, "bring": 28, "description": 300}
)
"""Septets of each text at most: what the screens and the SMS have room for."""

PIECE: Final = 90
"""Septets of a description on one screen."""


class State(StrEnum):
    """Where a vacancy is: only what is published is told to callers."""

    DRAFT = "draft"
    PUBLISHED = "published"
    CLOSED = "closed"


class Interest(StrEnum):
    """What became of somebody's "I want this": new, told by an officer, or put away."""

    NEW = "new"
    TOLD = "told"
    CLOSED = "closed"


def piece(text: str, width: int = PIECE) -> tuple[str, str]:
    """Return what of a text fits on one screen, cut between words, and the rest.

    A word wider than a screen is cut.
    """
    if gsm7.septets(text) <= width:
        return text, ""
    fits = gsm7.cut(text, width)
    whole = fits if text[len(fits) :].startswith(" ") else fits.rpartition(" ")[0] or fits
    return whole, text[len(whole) :].strip(" ")
