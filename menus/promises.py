"""Hold the outside world to what the vocabulary says a call brings."""

from __future__ import annotations

from menus.definition import DRAFT, Call
from menus.events import Answered
from menus.vocabulary import CallSpec


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
