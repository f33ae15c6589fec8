"""Is every text translated, as it stands now, with the same slots."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from domain.words import slots
from menus.catalog import TRANSLATED, Entry
from menus.definition import Text
from menus.issues.issue import Issue, Rule, Subject, well_formed


def missing_languages(subject: Subject) -> Iterator[Issue]:
    """Every language has its file."""
    for language in TRANSLATED:
        if language not in subject.catalog.entries:
            yield Issue(f"{language}/menus.po:1", "there is no such file")


def untranslated(subject: Subject) -> Iterator[Issue]:
    """Every text has words in every language, made for what it says now."""
    for language in subject.catalog.entries:
        moved = {entry.source for entry in _strange(subject, language)}
        for text in subject.texts():
            entry = subject.catalog.entry(text, language)
            # An entry under a wrong key is told there.
            if entry is None and text.source not in moved:
                where = subject.book.origin[text.key]
                yield Issue(where, f"{text.key} is not translated: no entry in {language}/menus.po")
            elif entry:
                yield from _unfit(entry, text)


def _unfit(entry: Entry, text: Text) -> Iterator[Issue]:
    if entry.source != text.source:
        yield Issue(entry.source_at, f"{text.key} is stale: the book says {text.source!r}")
    elif not entry.words:
        yield Issue(entry.words_at, f"{text.key} is not translated")
    elif entry.fuzzy:
        yield Issue(entry.words_at, f"{text.key} is fuzzy: a person must read it")


def changed_slots(subject: Subject) -> Iterator[Issue]:
    """A translation has the slots of its text, with their widths, in any order."""
    for language in subject.catalog.entries:
        for text in subject.texts():
            entry = subject.catalog.entry(text, language)
            if entry and entry.translates(text):
                yield from _changed(entry, text)


def _changed(entry: Entry, text: Text) -> Iterator[Issue]:
    if not well_formed(entry.words):
        yield Issue(entry.words_at, f"{text.key}: a brace that is no {{name:width}}")
    elif Counter(slots(entry.words)) != Counter(slots(text.source)):
        wanted = " ".join(f"{{{slot.name}:{slot.width}}}" for slot in slots(text.source))
        yield Issue(entry.words_at, f"{text.key} changes its slots: {wanted or 'none'} expected")


def strange_entries(subject: Subject) -> Iterator[Issue]:
    """No entry translates nothing, and none stands twice."""
    for language, entries in subject.catalog.entries.items():
        for entry in _strange(subject, language):
            yield Issue(entry.key_at, f"{entry.key or 'no msgctxt'}: no such text in the book")
        for doubled in entries.values():
            for entry in doubled[1:]:
                yield Issue(entry.key_at, f"{entry.key} is translated twice")


def _strange(subject: Subject, language: str) -> tuple[Entry, ...]:
    keys = {text.key for text in subject.texts()}
    entries = subject.catalog.entries[language]
    return tuple(found[0] for key, found in entries.items() if key not in keys)


RULES: tuple[Rule, ...] = (missing_languages, untranslated, changed_slots, strange_entries)
