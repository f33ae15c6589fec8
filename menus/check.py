"""Check the whole book: what ``kuning menus check`` reports."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from domain.words import LANGUAGES
from menus.catalog import Catalog, Translations, load_catalog
from menus.definition import Book
from menus.issues import (
    facts,
    fits,
    keys,
    median,
    plain_words,
    structure,
    stuck,
    translations,
    ways,
)
from menus.issues.issue import Issue, Rule, Subject
from menus.loader import Sources, load_book
from menus.reading import BadBookError
from menus.vocabulary import VOCABULARY, Vocabulary
from menus.walk import View

STAGES: tuple[tuple[Rule, ...], ...] = (
    (*structure.RULES, *stuck.RULES),
    (*ways.RULES, *facts.RULES, *keys.RULES, *fits.RULES, *plain_words.RULES),
    translations.RULES,
    median.RULES,
)
"""A later stage waits until the earlier ones find no error: it would only tell their echo, a
misspelt target as an unreachable state, a lengthened text as three stale translations."""


@dataclass(frozen=True, slots=True)
class Report:
    """What a check found and what it looked at; ``widest`` is None where nothing could be read.

    ``median`` has the septets that half of a language's screens do not exceed.
    """

    issues: tuple[Issue, ...]
    states: int = 0
    screens: int = 0
    widest: View | None = None
    median: Mapping[str, int] = field(default_factory=dict)

    @property
    def clean(self) -> bool:
        """Whether the book may be served; warnings do not forbid it."""
        return all(issue.warning for issue in self.issues)


def check_book(
    book: Book, catalog: Catalog, vocabulary: Vocabulary = VOCABULARY
) -> tuple[Issue, ...]:
    """Return the issues of a book, in the order of files and lines; each is told once."""
    return _issues(Subject(book, catalog, vocabulary))


def _issues(subject: Subject) -> tuple[Issue, ...]:
    found: set[Issue] = set()
    for rules in STAGES:
        found.update(issue for rule in rules for issue in rule(subject))
        if any(not issue.warning for issue in found):
            break
    return tuple(sorted(found, key=_place))


def report(sources: Sources | None = None, translated: Translations | None = None) -> Report:
    """Check the shipped book, or one given as texts, with its totals and its widest screen."""
    try:
        book, catalog = load_book(sources), load_catalog(translated)
    except BadBookError as error:
        return Report((Issue(error.where, error.what),))
    subject = Subject(book, catalog, VOCABULARY)
    issues = _issues(subject)
    if any(not issue.warning for issue in issues):
        return Report(issues, len(book.states))
    return _totals(issues, book, subject.views)


def _totals(issues: tuple[Issue, ...], book: Book, seen: tuple[View, ...]) -> Report:
    middle = {
        language: median.median([view for view in seen if view.language == language])
        for language in LANGUAGES
    }
    widest = max(seen, key=lambda view: view.septets)
    return Report(issues, len(book.states), len(seen), widest, middle)


def _place(issue: Issue) -> tuple[str, int, str]:
    file, _, line = issue.where.rpartition(":")
    return file, int(line), issue.what
