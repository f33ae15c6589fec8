"""The phone of one caller: the real engine, a made-up office, and a note of what was reached."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from menus.definition import Call, Go, Shown, StateId
from menus.effort.tasks import Task
from menus.engine import Engine
from menus.events import Answered
from menus.play import Play
from menus.sample import World


@dataclass(slots=True)
class _Witness(World):
    """A made-up office that notes how its calls ended: ``card.book booked``."""

    ended: set[str] = field(default_factory=set)

    def answer(self, call: str, known: Mapping[str, str]) -> Answered:
        answered = World.answer(self, call, known)
        self.ended.add(f"{call} {answered.outcome}")
        return answered


class Handset:
    """Dials and types for one task; ``finished`` when what it is for is reached."""

    def __init__(self, engine: Engine, task: Task, language: str = "id") -> None:
        self.task = task
        self._world = _Witness(task.outcomes, task.facts, vocabulary=engine.vocabulary)
        self._play = Play(engine, self._world, language)

    @property
    def at(self) -> StateId:
        """The state whose screen is shown."""
        at = self._play.session.at
        if at is None:
            raise RuntimeError("nothing was dialled")
        return at

    @property
    def state(self) -> Shown:
        """That state."""
        state = self._play.engine.book.states[self.at]
        if isinstance(state, Call | Go):
            raise TypeError(f"{self.at} shows nothing")
        return state

    @property
    def screen(self) -> str:
        """What is shown."""
        return self._play.screen.text

    @property
    def ended(self) -> bool:
        """Whether the service has ended the call."""
        return self._play.screen.ends

    @property
    def finished(self) -> bool:
        """Whether the task is done."""
        return self.task.done in (self.at, *self._world.ended)

    @property
    def meant(self) -> str:
        """What the caller means to type here."""
        return self.task.answer(self.at, self.state, self.screen)

    def dial(self) -> None:
        """Dial the service code."""
        self._play.dial()

    def type(self, answer: str) -> None:
        """Answer the screen."""
        self._play.type(answer)

    def cut_off(self) -> None:
        """Lose the call, as the network does that ends it."""
        self._play.cut_off()
