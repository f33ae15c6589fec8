"""Play a dialogue file against somebody else, and find the first screen that is another.

What a running installation shows is held against the menus at hand: the words must be theirs, and
what follows from the caller's own answers must be the same. What an office says of itself, days
and codes may be others.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from menus.catalog import SOURCE_LANGUAGE
from menus.definition import Book, Choose, StateId, flow_of
from menus.engine import Engine
from menus.events import Screen
from menus.likeness import Likeness
from menus.play import CUT_OFF, Play
from menus.script import Script
from menus.session import Session

_OF_THE_CALLER: Final = frozenset({"name", "born", "sex", "district", "regency", "count"})


class StaleError(ValueError):
    """A dialogue file that the menus at hand do not play as it is written; names the line."""


@dataclass(frozen=True, slots=True)
class Step:
    """What the caller does, in which line of the file; what is then shown, if anything."""

    line: int
    said: str
    session: Session
    screen: Screen | None


class Rehearsal:
    """The steps of one dialogue file; raises StaleError.

    ``before`` are the keys by which a new number is brought to speak the language of the file.
    """

    def __init__(self, engine: Engine, script: Script) -> None:
        self._likeness = Likeness(engine)
        self.before = _keys_to(engine.book, script.language)
        self.steps = tuple(_steps(engine, script))

    def is_met(self, step: Step, shown: Screen) -> bool:
        """Say whether ``shown`` is the screen of a step."""
        alike, same = self._likeness.alike, _OF_THE_CALLER.__contains__
        return step.screen is None or alike(step.session, step.screen, shown, same)


def _keys_to(book: Book, language: str) -> tuple[str, ...]:
    """Return what to type from the first screen of a new number on; nothing for Indonesian."""
    if language == SOURCE_LANGUAGE:
        return ()
    choices = {at: state for at, state in book.states.items() if isinstance(state, Choose)}
    first = next(at for at in choices if flow_of(at) == flow_of(book.start))
    ways: list[tuple[StateId, tuple[str, ...]]] = [(first, ())]
    for at, keys in ways:  # grows while it is walked, so the shortest way comes first
        state = choices.pop(at, None)
        if state is None:
            continue
        if state.save == "language":
            spoken = [option.value for option in state.options]
            return (*keys, str(spoken.index(language) + 1))
        for key, option in enumerate(state.options, 1):
            ways.append((option.go, (*keys, str(key))))
    raise StaleError(f"no menu leads to a choice of {language}")


def _steps(engine: Engine, script: Script) -> list[Step]:
    play = Play(engine, script.world(), script.language)
    steps = list[Step]()
    for said in script.typed:
        line = len(script.header) + len(play.transcript) + 1
        play.enter(said)
        steps.append(Step(line, said, play.session, None if said == CUT_OFF else play.screen))
    lines = enumerate(zip(script.lines, play.transcript, strict=False), len(script.header) + 1)
    if odd := next((number for number, (written, now) in lines if written != now), 0):
        raise StaleError(f"line {odd} is not what the menus at hand show: update the file first")
    if len(script.lines) != len(play.transcript):
        raise StaleError("it has more or fewer lines than the menus at hand show: update it first")
    return steps
