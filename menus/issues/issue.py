"""What the linter finds, and what it looks at."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

from domain.words import SlotError, slots
from menus.catalog import SOURCE_LANGUAGE, Catalog
from menus.definition import Book, Text, texts_of
from menus.vocabulary import Vocabulary
from menus.walk import View, views


@dataclass(frozen=True, slots=True, order=True)
class Issue:
    """One thing that is wrong; ``where`` is ``register.yaml:17`` or ``su/menus.po:40``."""

    where: str
    what: str
    warning: bool = False

    def __str__(self) -> str:
        return f"{self.where}: {'warning: ' if self.warning else ''}{self.what}"


@dataclass(frozen=True)
class Subject:
    """A book with its translations and the words it may use."""

    book: Book
    catalog: Catalog
    vocabulary: Vocabulary

    @cached_property
    def views(self) -> tuple[View, ...]:
        """All screens at their widest, in all languages; walked once for all rules."""
        return tuple(views(self.book, self.catalog, self.vocabulary))

    def texts(self) -> Iterator[Text]:
        """Yield every text of the book, the engine's own words last."""
        for state in self.book.states.values():
            yield from texts_of(state)
        yield from self.book.words.values()

    def said(self, text: Text, language: str) -> str | None:
        """Return the words to judge; None where a translation is missing, stale or malformed.

        Those are issues of their own, and judging the Indonesian words again for each language
        would tell one mistake four times.
        """
        if language == SOURCE_LANGUAGE:
            return text.source if well_formed(text.source) else None
        entry = self.catalog.entry(text, language)
        good = entry and entry.translates(text) and well_formed(entry.words)
        return entry.words if entry and good else None

    def where(self, text: Text, language: str) -> str:
        """Return the line of a text's words in a language."""
        entry = self.catalog.entry(text, language)
        return entry.words_at if entry else self.book.origin[text.key]


Rule = Callable[[Subject], Iterator[Issue]]


def well_formed(template: str) -> bool:
    """Tell whether every brace belongs to a ``{name:width}``."""
    try:
        slots(template)
    except SlotError:
        return False
    return True
