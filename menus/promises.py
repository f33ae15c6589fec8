"""Hold a book to the words it may use, and the outside world to what a call promises."""

from __future__ import annotations

from collections.abc import Iterator

from menus.definition import DRAFT, RETURN, Ask, Book, Call, State, ways_out
from menus.events import Answered
from menus.reading import BadBookError
from menus.vocabulary import CallSpec, Vocabulary


class BrokenPromiseError(ValueError):
    """A call was answered otherwise than the vocabulary says; names only, never values."""


def hold_to_promise(state: Call, spec: CallSpec, answer: Answered) -> None:
    """Raise BrokenPromiseError for an unknown outcome, or one that lacks a fact or a list.

    Better an apology now than a screen with a hole in it, or a session that breaks screens later.
    """
    told = f"{state.name} {answer.outcome}"
    if answer.outcome not in state.outcomes or answer.outcome not in spec.outcomes:
        raise BrokenPromiseError(f"{told}: no such outcome")
    lists = spec.items.get(answer.outcome, {}).keys() - (answer.items or {}).keys()
    if missing := (spec.outcomes[answer.outcome] - answer.facts.keys()) | lists:
        raise BrokenPromiseError(f"{told} lacks {', '.join(sorted(missing))}")
    if state.outcomes[answer.outcome] == DRAFT and answer.restore is None:
        raise BrokenPromiseError(f"{told} restores no session")


def hold_to_vocabulary(book: Book, vocabulary: Vocabulary) -> None:
    """Raise BadBookError for a book with a check, an outcome or a target that is not there.

    The linter lets no such book be shipped; but one of an earlier release, kept for those who are
    still inside, may know words that this release has lost.
    """
    targets = {book.start, *(way.to for state in book.states.values() for way in ways_out(state))}
    targets |= {book.stuck.go} if book.stuck else set()
    lost: list[str] = [*(targets - {DRAFT, RETURN} - book.states.keys())]
    for state in book.states.values():
        lost += _lost_words(state, vocabulary)
    if lost:
        raise BadBookError(f"book {book.version}", f"there is no {', '.join(sorted(lost))}")


def _lost_words(state: State, vocabulary: Vocabulary) -> Iterator[str]:
    match state:
        case Ask(check=check) if check not in vocabulary.checks:
            yield check
        case Call(name) if name not in vocabulary.calls:
            yield name
        case Call(name, outcomes):
            spec = vocabulary.calls[name]
            yield from (f"{name} {outcome}" for outcome in spec.outcomes.keys() ^ outcomes.keys())
        case _:
            return
