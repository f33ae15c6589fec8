"""The words of a language that stand in `domain/data`: answers to questions, words behind keys.

They go on screens and into SMS as the PO files' words do, so who reads a language reads them too,
and what he has signed is told apart from what was changed afterwards.
"""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files
from types import MappingProxyType
from typing import Final

from domain import terms
from domain.words import LANGUAGES, UNREAD, Language

__all__ = [
    "ANSWERS",
    "NAME",
    "TABLES",
    "WORDS",
    "Phrase",
    "digest",
    "phrases",
    "reader",
    "shipped_tables",
    "signature",
]

ANSWERS: Final = "faq.csv"
TABLES: Final = ("terms.csv", "sectors.csv", "education.csv")
NAME, WORDS = "X-Reviewed-By", "X-Reviewed-Words"
"""Headers of a PO file: who has read the language, and the digest of what he has read."""

_ROOM: Final[Mapping[str, int]] = MappingProxyType({"title": 24, "text": 138})
_ROOM_WITH_DIAL: Final = 112
_LETTERS: Final = 12


@dataclass(frozen=True, slots=True)
class Phrase:
    """One text of a table beside the Indonesian; ``width`` is the most septets it may take.

    ``key`` is that of a word, or an answer's with its part: ``cost.title``, ``cost.text``.
    """

    table: str
    key: str
    source: str
    said: str
    width: int


def shipped_tables() -> Mapping[str, str]:
    """Return the text of each table by its name."""
    folder = files("domain.data")
    return {name: folder.joinpath(name).read_text("utf-8") for name in (ANSWERS, *TABLES)}


def phrases(language: Language, tables: Mapping[str, str] | None = None) -> tuple[Phrase, ...]:
    """Return all texts of ``tables`` (default: the shipped ones) in the order of the files."""
    found = shipped_tables() if tables is None else tables
    return (*_answers(language, found[ANSWERS]), *_words(language, found))


def digest(texts: Iterable[tuple[str, str, str]]) -> str:
    """Return a short name for these texts (key, Indonesian, words), whatever their order."""
    lines = sorted("\x1f".join(text) for text in texts)
    return hashlib.sha256("\x1e".join(lines).encode()).hexdigest()[:_LETTERS]


def reader(
    header: Mapping[str, str],
    texts: Iterable[tuple[str, str, str]],
    language: Language,
    tables: Mapping[str, str] | None = None,
) -> str:
    """Return who has read these texts of a PO file and the tables; "" when nobody has.

    Nor has anybody read words that were changed after the name was written: then it is "" too.
    """
    name = header.get(NAME, UNREAD)
    read = header.get(WORDS) == _all(texts, language, tables)
    return name if read and name != UNREAD else ""


def signature(
    name: str, texts: Iterable[tuple[str, str, str]], language: Language, tables: Mapping[str, str]
) -> Mapping[str, str]:
    """Return the headers for who has read these texts of a PO file and the tables."""
    return {NAME: name, WORDS: _all(texts, language, tables)}


def _all(
    texts: Iterable[tuple[str, str, str]], language: Language, tables: Mapping[str, str] | None
) -> str:
    ours = ((f"{one.table}:{one.key}", one.source, one.said) for one in phrases(language, tables))
    return digest((*texts, *ours))


def _answers(language: Language, text: str) -> Iterator[Phrase]:
    rows = list(csv.DictReader(text.splitlines()))
    said = {(row["key"], row["language"]): row for row in rows}
    for key in dict.fromkeys(row["key"] for row in rows):
        source, other = said[key, LANGUAGES[0]], said[key, language]
        for part, width in _ROOM.items():
            room = _ROOM_WITH_DIAL if part == "text" and other["dial"] else width
            yield Phrase(ANSWERS, f"{key}.{part}", source[part], other[part], room)


def _words(language: Language, tables: Mapping[str, str]) -> Iterator[Phrase]:
    for name in TABLES:
        for row in csv.DictReader(tables[name].splitlines()):
            width = terms.width(row["key"])
            yield Phrase(name, row["key"], row[LANGUAGES[0]], row[language], width)
