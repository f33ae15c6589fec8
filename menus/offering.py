"""Which languages a book offers: those in which a native speaker has read every word.

An installation may offer fewer languages than the book is written in. The choice of a language
then shows only those, its doors go where there is nothing to choose, and whoever had chosen
another one hears Indonesian (his choice is kept for later).
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from dataclasses import replace

from domain.words import LANGUAGES
from menus.definition import Book, Choose, Option, State, StateId

SAVED_AS = "language"
"""What the choice of a language saves."""


def offered(book: Book, languages: Collection[str]) -> Book:
    """Return the book with only these languages to choose; the very same where all are offered.

    Another set of languages is another book: the numbers of its options mean something else, so
    sessions must tell one from the other.
    """
    if set(LANGUAGES) <= set(languages):
        return book
    picks = frozenset(at for at, state in book.states.items() if _picks_language(state))
    states = {at: _offering(at, state, picks, languages) for at, state in book.states.items()}
    named = f"{book.version} {','.join(sorted(languages))}"
    return replace(book, states=states, version=hashlib.sha256(named.encode()).hexdigest()[:12])


def _picks_language(state: State) -> bool:
    return isinstance(state, Choose) and state.save == SAVED_AS


def _offering(
    at: StateId, state: State, picks: frozenset[StateId], languages: Collection[str]
) -> State:
    if not isinstance(state, Choose):
        return state
    alone = len(languages) < 2

    def stays(option: Option) -> bool:
        return option.value in languages if at in picks else not (alone and option.go in picks)

    kept = tuple(option for option in state.options if stays(option))
    return replace(state, options=kept) if kept else state
