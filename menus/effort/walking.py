"""One task walked without a mistake: keys, seconds, and the screen that takes longest."""

from __future__ import annotations

from dataclasses import dataclass

from menus.definition import StateId
from menus.effort.handset import Handset
from menus.effort.readers import NETWORK, Reader, presses
from menus.effort.tasks import Task
from menus.engine import Engine

MOST_HOPS = 40
"""A task that takes more has lost its way."""


class LostError(RuntimeError):
    """A task whose answers do not lead where it wants; names the task and the state."""


@dataclass(frozen=True, slots=True)
class Hop:
    """One screen and what is typed on it; ``answer`` is None on the last one, which is read."""

    at: StateId
    screen: str
    answer: str | None


@dataclass(frozen=True, slots=True)
class Walk:
    """What one task takes one reader."""

    hops: tuple[Hop, ...]
    reader: Reader

    @property
    def keys(self) -> int:
        """Keys pressed after dialling, soft keys among them."""
        return sum(presses(hop.answer) for hop in self.hops if hop.answer is not None)

    @property
    def seconds(self) -> float:
        """Seconds from the first screen until the task is done, the network's own among them."""
        return sum(self.takes(hop) + NETWORK for hop in self.hops if hop.answer is not None)

    @property
    def longest(self) -> Hop:
        """The screen that takes longest, the one that tells of the end among them."""
        return max(self.hops, key=self.takes)

    def takes(self, hop: Hop) -> float:
        """Return the seconds for a screen: to read it and, save on the last, to answer it."""
        if hop.answer is None:
            return self.reader.reads(hop.screen)
        return self.reader.hop(hop.screen, hop.answer)


def walk(engine: Engine, task: Task, reader: Reader, language: str = "id") -> Walk:
    """Walk a task to its end. Raises LostError when its answers do not lead there."""
    handset = Handset(engine, task, language)
    handset.dial()
    hops = list[Hop]()
    while not handset.finished:
        if handset.ended or len(hops) > MOST_HOPS:
            raise LostError(f"{task.name}: lost at {handset.at}")
        hop = Hop(handset.at, handset.screen, handset.meant)
        handset.type(handset.meant)
        hops.append(hop)
    return Walk((*hops, Hop(handset.at, handset.screen, None)), reader)
