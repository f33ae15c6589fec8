"""Short words behind the keys that are stored: papers, reasons, sex, sectors, education, reach.

The same keys stand in the database, in sessions and in SMS parameters; only their words change
with the language.  Words not yet read by a native speaker: see ``docs/languages.md``.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Final

PAPERS = ("ktp", "diploma", "photo2", "kk", "certificate", "domicile")
MISSING = (*PAPERS, "signature", "data")
REASONS = ("wrong_nik", "other_region", "too_young", "duplicate", "papers_false", "has_card")
_LINES: Final = ("card", "none_of_these")  # of a list, which has room for more


def term(key: str, language: str) -> str:
    """Return the word of ``key``; a key nobody knows is its own word (an office's own paper)."""
    words = _words().get(key)
    return words[language] if words else key


def all_keys() -> tuple[str, ...]:
    """Return every key that has words."""
    return tuple(_words())


@cache
def sectors() -> tuple[str, ...]:
    """Return the keys of the sectors, in the order of the menu."""
    return tuple(_table("sectors.csv"))


@cache
def educations() -> tuple[str, ...]:
    """Return the keys of the levels of education, in the order of the menu."""
    return tuple(_table("education.csv"))


def width(key: str) -> int:
    """Return the most septets that the word of ``key`` may take on a screen or in an SMS."""
    if key in sectors():
        return 26
    if key in educations():
        return 22
    if key in (*REASONS, *_LINES):
        return 24
    return 10 if key in {"F", "M"} else 16


@cache
def _words() -> Mapping[str, Mapping[str, str]]:
    tables = ("terms.csv", "sectors.csv", "education.csv")
    return MappingProxyType({key: row for name in tables for key, row in _table(name).items()})


@cache
def _table(name: str) -> dict[str, dict[str, str]]:
    lines = files("domain.data").joinpath(name).read_text(encoding="utf-8").splitlines()
    return {row["key"]: row for row in csv.DictReader(lines)}
