"""``0`` is back and ``00`` the first screen everywhere: no check may want them as answers."""

from __future__ import annotations

from collections.abc import Iterator

from menus.definition import BACK, MAIN, Ask
from menus.issues.issue import Issue, Rule, Subject
from menus.vocabulary import Passed


def accepted_keys(subject: Subject) -> Iterator[Issue]:
    """No check passes ``0`` or ``00``: the engine would never let the caller say it."""
    for at, state in subject.book.states.items():
        if isinstance(state, Ask):
            run = subject.vocabulary.checks[state.check].run
            for key in (BACK, MAIN):
                if isinstance(run(key), Passed):
                    where = subject.book.where(at, "check")
                    yield Issue(where, f"{at}: {state.check} accepts {key}, which leads back")


RULES: tuple[Rule, ...] = (accepted_keys,)
