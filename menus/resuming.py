"""Go on where a caller was cut off, even if the book has changed since."""

from __future__ import annotations

from menus import moves
from menus.definition import Book, Call, End, StateId, flow_of
from menus.faces import Faces
from menus.session import Session
from menus.vocabulary import Vocabulary


class Resuming:
    """Finds what of a cut-off session still stands in this book."""

    __slots__ = ("_book", "_calls", "_faces")

    def __init__(self, book: Book, vocabulary: Vocabulary, faces: Faces) -> None:
        self._book = book
        self._calls = vocabulary.calls
        self._faces = faces

    def unhelped(self, draft: Session) -> Session:
        """Return a draft that was cut off while its caller was helped as it was before that.

        What was promised then is told anew to whoever asks again, and never from a draft.
        """
        helped = draft.at is not None and self._book.helps(draft.at)
        return moves.out_of_flow(draft) if helped else draft

    def told(self, session: Session, draft: Session) -> Session:
        """Return ``session`` with all that ``draft`` knew, and its way back.

        The draft's word stands over the session's own, which may have heard of another person's
        card before; the session's language stays.
        """
        known = {**session.known, **draft.known}
        lists = {**session.lists, **draft.lists}
        told = session.but(known=known, lists=lists, saved=draft.saved)
        shown = {at for at in draft.trail if self._faces.could_show(at, told)}
        return moves.keep_trail(told.but(trail=draft.trail, undo=draft.undo), shown)

    def place(self, at: StateId | None, told: Session) -> StateId:
        """Return where to go on: the draft's screen, else where its flow begins, else the start."""
        if at is None:
            return self._book.start
        if self._faces.could_show(at, told) and not isinstance(self._book.states[at], End):
            return at
        first = self._book.first_of(flow_of(at))
        return first if first and self._can_begin(first, told) else self._book.start

    def _can_begin(self, first: StateId, told: Session) -> bool:
        state = self._book.states[first]
        if isinstance(state, Call):
            return self._calls[state.name].needs <= told.known.keys()
        return self._faces.could_show(first, told)
