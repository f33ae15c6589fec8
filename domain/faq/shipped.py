"""The answers that every office begins with: what people ask, what they are told.

An office says them in its own words when it wants to (`services.faq`); what it has not touched is
read from here, so that a later release mends it. Slots stand for facts of the office. What people
are told of the card: Permenaker 39/2016, article 38, and the practice of the offices that print it.
Words of Sundanese and Javanese not yet read by a native speaker: see ``docs/languages.md``.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Final

__all__ = ["SLOTS", "Words", "articles", "phrasings"]

SLOTS: Final = ("address", "counter", "minimum", "open", "papers", "phone", "place")
"""The facts of an office that an answer may hold."""


@dataclass(frozen=True, slots=True)
class Words:
    """One answer in one language; `dials` says that it ends with what to dial."""

    title: str
    text: str
    dials: bool


@cache
def articles() -> Mapping[str, Mapping[str, Words]]:
    """Return each answer by key and language, in the order in which they are shown."""
    found: dict[str, dict[str, Words]] = {}
    for row in _rows("faq.csv"):
        words = Words(row["title"], row["text"], row["dial"] == "yes")
        found.setdefault(row["key"], {})[row["language"]] = words
    return MappingProxyType(found)


@cache
def phrasings() -> Mapping[str, tuple[str, ...]]:
    """Return the ways in which each answer is asked for."""
    found: dict[str, list[str]] = {key: [] for key in articles()}
    for row in _rows("faq_asked.csv"):
        found[row["key"]].append(row["asked"])
    return MappingProxyType({key: tuple(said) for key, said in found.items()})


def _rows(name: str) -> Iterator[dict[str, str]]:
    lines = files("domain.data").joinpath(name).read_text(encoding="utf-8").splitlines()
    return csv.DictReader(lines)
