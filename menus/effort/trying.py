"""Many callers try one task, slips and cut-offs and all; how many get through in one call, in two.

Each hop takes its time give or take a tenth. On one hop in so many the caller slips: he leaves a
sign out of what he types, hits a number that is not on the screen, or takes the wrong option, sees
it, and goes back. The network ends a call that is too long, or that waits too long for an answer;
then he dials again at once. Who has not got through in two calls has given up.
"""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from menus.definition import Ask, Choose
from menus.effort.handset import Handset
from menus.effort.readers import NETWORK, SPREAD, Limits, Reader
from menus.effort.tasks import Task
from menus.effort.walking import MOST_HOPS
from menus.engine import Engine

CALLS = 2
_LAST_KEY = "9"  # on no screen: a choice has at most five options


@dataclass(frozen=True, slots=True)
class Rates:
    """Parts of all callers who had their task done within one call, and within two."""

    one: float
    two: float


@dataclass(frozen=True, slots=True)
class Trial:
    """Who tries, on what line; ``language`` is that of the screens."""

    engine: Engine
    reader: Reader
    limits: Limits
    language: str = "id"

    def rates(self, task: Task, callers: int, seed: int) -> Rates:
        """Return how many of ``callers`` get through; the same for the same ``seed``."""
        chance = Random(f"{seed} {task.name} {self.reader.name}")  # noqa: S311 - a simulation
        needed = [self._calls(task, chance) for _ in range(callers)]
        return Rates(*(sum(calls <= most for calls in needed) / callers for most in (1, CALLS)))

    def _calls(self, task: Task, chance: Random) -> int:
        """Return the calls that one caller needs; one more than he would try when he gives up."""
        handset = Handset(self.engine, task, self.language)
        known = set[str]()
        for call in range(1, CALLS + 1):
            if self._call(handset, known, chance):
                return call
        return CALLS + 1

    def _call(self, handset: Handset, known: set[str], chance: Random) -> bool:
        """Dial once and go on until the task is done or the call is over."""
        handset.dial()
        left = self.limits.session
        for _ in range(MOST_HOPS):
            if handset.finished or handset.ended:
                break
            answer = slip(handset, chance) if self._slips(chance) else handset.meant
            usual = self.reader.hop(handset.screen, answer, known)
            known.update(handset.screen.split("\n"))
            took = usual * chance.lognormvariate(0, SPREAD)
            left -= took + NETWORK
            if took > self.limits.idle or left < 0:
                handset.cut_off()
                return False
            handset.type(answer)
        return handset.finished

    def _slips(self, chance: Random) -> bool:
        return chance.random() * self.reader.hops_a_mistake < 1


def slip(handset: Handset, chance: Random) -> str:
    """Return what is typed by mistake."""
    meant, state = handset.meant, handset.state
    if isinstance(state, Ask):
        place = chance.randrange(len(meant))
        return meant[:place] + meant[place + 1 :] or _LAST_KEY
    others = [str(number) for number in range(1, _shown(state) + 1) if str(number) != meant]
    return chance.choice([_LAST_KEY, chance.choice(others)]) if others else _LAST_KEY


def _shown(state: object) -> int:
    return len(state.options) if isinstance(state, Choose) else 1
