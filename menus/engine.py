"""The engine: one pure function from a session and an event to the next session."""

from __future__ import annotations

from menus.catalog import Catalog
from menus.definition import Book
from menus.events import Event, Screen, Step
from menus.session import Session
from menus.vocabulary import VOCABULARY, Vocabulary


class Engine:
    """Steps through one book in all its languages. Immutable; shared by all threads."""

    def __init__(self, book: Book, catalog: Catalog, vocabulary: Vocabulary = VOCABULARY) -> None:
        self.book = book
        self.catalog = catalog
        self.vocabulary = vocabulary

    def start(self) -> Session:
        """A session of this book that has not been dialled yet."""
        raise NotImplementedError

    def step(self, session: Session, event: Event) -> Step:
        """The next session, what happened, and the screen to show or the call to perform."""
        raise NotImplementedError

    def redraw(self, session: Session) -> Screen:
        """The screen this session last saw, in its present language."""
        raise NotImplementedError

    def readings(self, session: Session, parts: tuple[str, ...]) -> tuple[int, ...]:
        """How many of ``parts`` the present screen may have taken as one answer."""
        raise NotImplementedError

    def ask_again(self, session: Session) -> Step:
        """The present question once more, with a line that asks for it."""
        raise NotImplementedError

    def apologise(self, reference: str, language: str = "id") -> Screen:
        """The last screen of a call that failed; ``reference`` stands in the log."""
        raise NotImplementedError
