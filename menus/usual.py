"""Every screen as a caller usually sees it: with the facts of one made-up person.

``walk`` draws screens at their widest, to prove that they fit; these are for reading.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Final

from domain.words import Kind, slots
from menus.definition import Call, End, Go, List, Shown, StateId, texts_of
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

_EXAMPLES: Final[Mapping[Kind, str]] = {
    Kind.DAY: "2026-11-24",
    Kind.HOUR: "09:00",
    Kind.DATE: "2027-05-24",
    Kind.WINDOW: "09:00-11:00",
    Kind.SPAN: "09:00-11:00",
    Kind.CODE: "482157901",
    Kind.TERMS: "ktp,diploma",
    Kind.OPEN: "1-5 08:00-15:00",
    Kind.NUMBER: "3",
}


@dataclass(frozen=True, slots=True)
class Usual:
    """One page of a state's screen; ``ends`` where it is only read."""

    state: StateId
    page: int
    screen: str
    ends: bool


def examples(template: str) -> Mapping[str, str]:
    """Return facts for all slots of a text: the made-up person's, else one of their kind."""
    return {
        slot.name: FACTS.get(slot.name) or _EXAMPLES.get(slot.kind, slot.name)
        for slot in slots(template)
    }


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
    lines = _lines(engine, state, shown, language)
    known = {name: said for text in texts_of(state) for name, said in examples(text.source).items()}
    pages = len(page_stops(shown, own, Moment(known, lines, back=back), fill))
    for page in range(pages):
        moment = Moment(known, lines, page, back=back and not ends)
        yield Usual(at, page, draw(shown, own, moment, fill), ends)


def _lines(engine: Engine, state: Shown, shown: Face, language: str) -> tuple[str, ...]:
    if not (isinstance(state, List) and isinstance(shown, Listed)):
        return ()
    loaded = engine.vocabulary.lists.get(state.source)
    items: tuple[Item, ...] = loaded.items if loaded else ITEMS[state.source]
    return item_lines(shown, items, filler(language))
