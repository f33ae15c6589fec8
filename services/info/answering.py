"""The answers of one office: the shipped ones, as far as it has not said them otherwise.

An answer that names facts of an office (its hours, its address) can only be told in the name of
one; nobody is sent anywhere by a guess.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from types import MappingProxyType
from typing import Final

from sqlalchemy import Connection

from domain import words
from domain.faq import Found, Index, shipped
from domain.faq.shipped import Words
from storage import answers
from storage.answers import Answer
from storage.offices import Office

__all__ = ["ROOM", "ROOM_WITH_DIAL", "Entry", "every", "find", "may_say", "say", "titled"]

ROOM: Final = 138
"""Septets of an answer, so that one SMS carries it behind the name of the office."""

ROOM_WITH_DIAL: Final = 112
"""The same, where what to dial follows."""

_INDONESIAN: Final = "id"


@dataclass(frozen=True, slots=True)
class Entry:
    """One answer: its words by language, ways to ask for it, and whether callers are told it."""

    key: str
    words: Mapping[str, Words]
    asked: tuple[str, ...]
    hidden: bool = False

    def said(self, language: str) -> Words:
        """Return its words, the Indonesian ones where that language has none."""
        return self.words.get(language) or self.words[_INDONESIAN]


def every(conn: Connection, office: Office | None) -> Mapping[str, Entry]:
    """Return all answers of an office, hidden ones too; the shipped ones where nobody knows it."""
    entries = {key: _shipped(key) for key in shipped.articles()}
    for row in answers.of_office(conn, office.code) if office else ():
        entries[row.key] = _changed(entries.get(row.key), row)
    return {key: one for key, one in entries.items() if _INDONESIAN in one.words}


def find(entries: Mapping[str, Entry], question: str) -> Found:
    """Return which of the answers that are told fit a question in somebody's own words."""
    told = tuple((key, one.asked) for key, one in entries.items() if not one.hidden)
    return _index(told).find(question)


def may_say(entry: Entry, office: Office | None) -> bool:
    """Tell whether an answer can be told; one that names facts needs the office they are of."""
    return office is not None or not words.slots(entry.words[_INDONESIAN].text)


def say(entry: Entry, office: Office | None, language: str) -> str:
    """Return the words of an answer in a language, with the facts of the office."""
    return words.fill(entry.said(language).text, _facts(office), language)


def titled(entry: Entry, language: str) -> str:
    """Return what an answer is called in a list."""
    return entry.said(language).title


@lru_cache(maxsize=64)
def _index(asked: tuple[tuple[str, tuple[str, ...]], ...]) -> Index:
    """Return the index of an office's phrasings; a few offices, made anew when one changes."""
    return Index(dict(asked))


def _shipped(key: str) -> Entry:
    return Entry(key, shipped.articles()[key], shipped.phrasings()[key])


def _changed(before: Entry | None, row: Answer) -> Entry:
    """Return an answer with the office's words; ways to ask are added, never lost."""
    dials = before is not None and row.language in before.words and _dials(before, row)
    said = {row.language: Words(row.title, row.text, dials)}
    own = tuple(line.strip() for line in row.asked.splitlines() if line.strip())
    if before is None:
        return Entry(row.key, MappingProxyType(said), own, row.hidden)
    hidden = row.hidden if row.language == _INDONESIAN else before.hidden
    known = MappingProxyType({**before.words, **said})
    return replace(before, words=known, asked=(*before.asked, *own), hidden=hidden)


def _dials(before: Entry, row: Answer) -> bool:
    return before.words[row.language].dials and len(row.text) <= ROOM_WITH_DIAL


def _facts(office: Office | None) -> dict[str, str]:
    if office is None:
        return {}
    facts = {name: str(getattr(office, name)) for name in shipped.SLOTS if name != "minimum"}
    return {**facts, "minimum": str(office.minimum_age)}
