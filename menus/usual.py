"""Every screen as a caller usually sees it: with the facts of one made-up person.

``walk`` draws screens at their widest, to prove that they fit; these are for reading.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial

from menus.definition import Call, End, Go, List, Shown, StateId
from menus.engine import Engine
from menus.graph import Graph, after_a_screen
from menus.render import (
    Face,
    Listed,
    Moment,
    draw,
    engraved,
    face,
    filler,
    item_lines,
    page_stops,
)
from menus.sample import FACTS, ITEMS
from menus.session import Item


@dataclass(frozen=True, slots=True)
class Usual:
    """One page of a state's screen; ``ends`` where it is only read."""

    state: StateId
    page: int
    screen: str
    ends: bool


def usual(engine: Engine, language: str) -> Iterator[Usual]:
    """Yield every reachable screen in one language, page by page, in the order of the book."""
    book = engine.book
    reached = Graph.of(book).reached([book.start])
    behind = after_a_screen(book)
    for at, state in book.states.items():
        if at in reached and not isinstance(state, Call | Go):
            yield from _pages(engine, at, state, language, back=at in behind)


def _pages(
    engine: Engine, at: StateId, state: Shown, language: str, *, back: bool
) -> Iterator[Usual]:
    say, fill = partial(engine.catalog.say, language=language), filler(language)
    shown, own = face(state, say), engraved(engine.book.words, say)
    ends = isinstance(state, End)
    still = Moment(FACTS, _lines(engine, state, shown, language), back=back and not ends)
    for page in range(len(page_stops(shown, own, still, fill))):
        screen = draw(shown, own, replace(still, page=page), fill)
        yield Usual(at, page, screen, ends)


def _lines(engine: Engine, state: Shown, shown: Face, language: str) -> tuple[str, ...]:
    if not (isinstance(state, List) and isinstance(shown, Listed)):
        return ()
    loaded = engine.vocabulary.lists.get(state.source)
    items: tuple[Item, ...] = loaded.items if loaded else ITEMS[state.source]
    return item_lines(shown, items, filler(language))
