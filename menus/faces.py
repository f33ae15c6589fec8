"""All screens of a book, laid out once in every language and drawn for one session at a time."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import partial

from domain.words import LANGUAGES, slots, spoken
from menus.catalog import Catalog
from menus.definition import Book, Call, End, Go, List, Show, Shown, StateId, texts_of
from menus.events import Screen
from menus.render import (
    Engraved,
    Face,
    Fill,
    Listed,
    Moment,
    Plain,
    draw,
    engraved,
    face,
    filler,
    item_lines,
    page_stops,
    pick_line,
)
from menus.session import Item, Session, Wrong
from menus.vocabulary import Vocabulary

PICK, AGAIN = "pick", "again"
"""Names of the engine's own error lines."""


class Faces:
    """Immutable once built; shared by all threads."""

    __slots__ = ("_book", "_faces", "_fills", "_lines", "_lists", "_needs", "_own")

    def __init__(
        self,
        book: Book,
        catalog: Catalog,
        vocabulary: Vocabulary,
        languages: Collection[str] = LANGUAGES,
    ) -> None:
        shown = {at: state for at, state in book.states.items() if not isinstance(state, Call | Go)}
        self._book = book
        self._lists = {source: spec.items for source, spec in vocabulary.lists.items()}
        self._faces: dict[str, dict[StateId, Face]] = {}
        self._own: dict[str, Engraved] = {}
        self._fills: dict[str, Fill] = {}
        for language in LANGUAGES:
            heard = spoken(language, languages)
            say = partial(catalog.say, language=heard)
            self._faces[language] = {at: face(state, say) for at, state in shown.items()}
            self._own[language] = engraved(book.words, say)
            self._fills[language] = filler(heard)
        self._lines = self._lines_of_loaded_lists()
        self._needs = {at: _needs(state) for at, state in shown.items()}

    def screen(self, session: Session) -> Screen:
        """Draw what the session shows. Raises ValueError where it shows nothing (a call)."""
        shown = self._shown(session)
        language = session.language
        text = draw(shown, self._own[language], self._moment(session), self._fills[language])
        return Screen(text, ends=isinstance(shown, Plain) and shown.ends)

    def stops(self, session: Session) -> tuple[int, ...]:
        """Return for each page of the screen the last number that may be typed on it."""
        shown = self._shown(session)
        if isinstance(shown, Plain):
            return (shown.options,)
        language = session.language
        return page_stops(shown, self._own[language], self._moment(session), self._fills[language])

    def items(self, session: Session) -> Sequence[Item]:
        """Return the items of the list shown; none for any other screen."""
        state = self._book.states[session.at] if session.at else None
        if not isinstance(state, List):
            return ()
        return self._lists.get(state.source) or session.lists.get(state.source, ())

    def could_show(self, at: StateId, session: Session) -> bool:
        """Tell whether the session knows all that the screen ``at`` shows, were it there."""
        state = self._book.states.get(at)
        if state is None or at not in self._needs:
            return False
        listed = not isinstance(state, List) or state.source in {*session.lists, *self._lists}
        return listed and self._needs[at] <= session.known.keys()

    def apology(self, reference: str, language: str) -> Screen:
        """Return the last screen of a session that failed."""
        fill = self._fills[language]
        return Screen(fill(self._own[language].sorry, {"reference": reference}), ends=True)

    def _shown(self, session: Session) -> Face:
        shown = self._faces[session.language].get(session.at) if session.at else None
        if shown is None:
            raise ValueError(f"{session.at} shows nothing")
        return shown

    def _moment(self, session: Session) -> Moment:
        error = self._error(session, session.fault) if session.fault else ""
        lines = self._item_lines(session)
        return Moment(session.known, lines, session.page, bool(session.trail), error)

    def _item_lines(self, session: Session) -> tuple[str, ...]:
        at = session.at or self._book.start
        if lines := self._lines.get((session.language, at)):
            return lines
        shown = self._faces[session.language][at]
        if not isinstance(shown, Listed):
            return ()
        return item_lines(shown, self.items(session), self._fills[session.language])

    def _lines_of_loaded_lists(self) -> dict[tuple[str, StateId], tuple[str, ...]]:
        return {
            (language, at): item_lines(shown, self._lists[state.source], self._fills[language])
            for language, faces in self._faces.items()
            for at, shown in faces.items()
            if isinstance(state := self._book.states[at], List) and isinstance(shown, Listed)
            if state.source in self._lists
        }

    def _error(self, session: Session, wrong: Wrong) -> str:
        own = self._own[session.language]
        if wrong.name == PICK:
            return pick_line(own, int(wrong.count))
        asked = self._faces[session.language].get(wrong.state)
        line = asked.wrong.get(wrong.name) if isinstance(asked, Plain) else None
        known = {**session.known, "count": wrong.count}
        return self._fills[session.language](line, known) if line else own.again


def _needs(state: Shown) -> frozenset[str]:
    """Return what must be known to show a state, its error lines' own count left out."""
    if isinstance(state, List):
        return frozenset(slot.name for slot in slots(state.prompt.source))
    main, *others = texts_of(state)
    asked = {slot.name for slot in slots(main.source)}
    extra = {slot.name for text in others for slot in slots(text.source)}
    return frozenset(asked | (extra if isinstance(state, Show | End) else extra - {"count"}))
