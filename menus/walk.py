"""Every screen a caller can reach, in every language, as wide as it may ever be.

The linter measures these, the tests count them, and ``kuning menus check`` prints their number
and the widest one. They are drawn by the same code as the screens of callers.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import assert_never

from msgspec import structs

from domain.gsm7 import septets
from domain.words import LANGUAGES
from menus.catalog import Catalog
from menus.definition import Ask, Book, Call, End, Go, List, Shown, StateId, Text, texts_of
from menus.graph import Graph, after_a_screen
from menus.moves import MOST_ITEMS
from menus.render import (
    Engraved,
    Face,
    Listed,
    Moment,
    Pages,
    Plain,
    draw,
    engraved,
    face,
    filler,
    item_lines,
    page_stops,
    pick_line,
    widest,
)
from menus.session import Item
from menus.vocabulary import VOCABULARY, Vocabulary

PLAINEST = ""
"""The part of a screen without an error line above it."""


@dataclass(frozen=True, slots=True)
class View:
    """One screen at its widest. ``text`` is the one to blame if it is too wide."""

    state: StateId
    language: str
    error: str
    page: int
    blame: Text
    screen: str

    @property
    def septets(self) -> int:
        """What the screen costs on the air."""
        return septets(self.screen)


def views(book: Book, catalog: Catalog, vocabulary: Vocabulary = VOCABULARY) -> Iterator[View]:
    """Yield every reachable screen, language by language, in the order of the book."""
    reached = Graph.of(book).reached([book.start])
    for language in LANGUAGES:
        walker = _Walker(book, catalog, vocabulary, language)
        for at in book.states:
            if at in reached:
                yield from walker.views(at)


class _Walker:
    """Draws in one language."""

    def __init__(self, book: Book, catalog: Catalog, vocabulary: Vocabulary, language: str) -> None:
        self.book = book
        self.language = language
        self.preceded = after_a_screen(book)
        self.lists = vocabulary.lists
        self.say = partial(catalog.say, language=language)
        self.own: Engraved = engraved(book.words, self.say)

    def views(self, at: StateId) -> Iterator[View]:
        state = self.book.states[at]
        if isinstance(state, Call | Go):
            return
        shown = face(state, self.say)
        back = at in self.preceded and not isinstance(state, End)
        still = Moment({}, self._lines(state, shown), back=back)
        stops = page_stops(shown, self.own, still, widest)
        main = texts_of(state)
        for page in _pages_worth_seeing(state, len(stops), loaded=self._loaded(state)):
            moment = structs.replace(still, page=page)
            blame = main[page] if isinstance(shown, Pages) else main[0]
            plain = View(at, self.language, PLAINEST, page, blame, "")
            yield self._view(plain, shown, moment)
            for error, text in self._errors(at, state, stops[page]):
                wrong = replace(plain, error=error, blame=text or blame)
                line = widest(self.say(text), {}) if text else error
                yield self._view(wrong, shown, structs.replace(moment, error=line))

    def _view(self, view: View, shown: Face, moment: Moment) -> View:
        return replace(view, screen=draw(shown, self.own, moment, widest))

    def _errors(self, at: StateId, state: Shown, last: int) -> Iterator[tuple[str, Text | None]]:
        """Yield the error lines that may stand above a screen, and the book's text of each."""
        match state:
            case Ask(wrong=wrong):
                yield self.own.again, None
                yield from wrong.items()
            case End():
                return
            case _:
                yield pick_line(self.own, last), None
        yield from self._errors_of_others(at)

    def _errors_of_others(self, at: StateId) -> Iterator[tuple[str, Text]]:
        for other, state in self.book.states.items():
            if isinstance(state, Ask) and state.missed and state.missed.go == at:
                yield from ((f"{other} {fault}", text) for fault, text in state.wrong.items())

    def _loaded(self, state: Shown) -> bool:
        return isinstance(state, List) and state.source in self.lists

    def _lines(self, state: Shown, shown: Face) -> tuple[str, ...]:
        """Return a list's lines: the real ones if they are known, else as many as may ever be."""
        match shown:
            case Listed() if isinstance(state, List) and (loaded := self.lists.get(state.source)):
                return item_lines(shown, loaded.items, filler(self.language))
            case Listed():
                anything: Item = {}
                return item_lines(shown, (anything,) * MOST_ITEMS, widest)
            case Plain() | Pages():
                return ()
            case _:
                assert_never(shown)


def _pages_worth_seeing(state: Shown, count: int, *, loaded: bool) -> Iterator[int]:
    """Yield all pages, but of a list of unknown length only the first, the next and the last."""
    if isinstance(state, List) and not loaded:
        yield from sorted({0, min(1, count - 1), count - 1})
    else:
        yield from range(count)
