"""All tasks and both readers in one table, and which of our targets it misses."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from menus.effort.readers import QUICK, SLOW, USUAL, Limits, Reader
from menus.effort.tasks import BOOKING, FEW_KEYS, TASKS, Task
from menus.effort.trying import Rates, Trial
from menus.effort.walking import Walk, walk
from menus.engine import Engine
from menus.usual import usual

CALLERS, SEED = 500, 1
"""How many try each task, and the seed of their chances, in the table of ``docs/menus.md``."""
MOST_KEYS = 3
LEAST_IN_TWO = 0.95
"""MomConnect, the best that is published, lost 26 % of the registrations started in 2016
(LeFevre and others 2018, BMJ Global Health 3, e000583)."""

_COLUMNS: Final = (
    "task",
    "hops",
    "keys",
    "quick, s",
    "slow, s",
    "slow, longest screen",
    "quick, 1 call",
    "slow, 1 call",
    "slow, 2 calls",
)


@dataclass(frozen=True, slots=True)
class Tried:
    """One reader at one task."""

    walk: Walk
    rates: Rates

    @property
    def longest(self) -> float:
        """Seconds of the screen that takes longest."""
        return self.walk.takes(self.walk.longest)


@dataclass(frozen=True, slots=True)
class Row:
    """One task and both readers."""

    task: Task
    quick: Tried
    slow: Tried

    @property
    def held(self) -> Tried:
        """The reader whose figures our targets are for."""
        return self.quick if self.task.practised else self.slow

    def __str__(self) -> str:
        """Return the row in Markdown."""
        slow = self.slow.walk
        cells = (
            f"{self.task.name} (practised)" if self.task.practised else self.task.name,
            str(len(slow.hops) - 1),
            str(slow.keys),
            f"{self.quick.walk.seconds:.0f}",
            f"{slow.seconds:.0f}",
            f"{self.slow.longest:.1f} s, `{slow.longest.at}`",
            f"{self.quick.rates.one:.1%}",
            f"{self.slow.rates.one:.1%}",
            f"{self.slow.rates.two:.1%}",
        )
        return _line(cells)


@dataclass(frozen=True, slots=True)
class Setting:
    """What the table is computed for."""

    engine: Engine
    limits: Limits = USUAL
    language: str = "id"
    callers: int = CALLERS
    seed: int = SEED

    def rows(self, tasks: Iterable[Task] = TASKS) -> tuple[Row, ...]:
        """Return a row for each task. Raises LostError for one that the book does not lead to."""
        return tuple(self._row(task) for task in tasks)

    def long_screens(self) -> Iterator[str]:
        """Yield each screen of the book that takes the slow reader longer than a line waits."""
        for seen in usual(self.engine, self.language):
            takes = SLOW.reads(seen.screen) if seen.ends else SLOW.hop(seen.screen, "1")
            if takes > self.limits.idle:
                page = f" page {seen.page + 1}" if seen.page else ""
                yield f"{seen.state}{page} [{self.language}]: the slow reader needs {takes:.1f} s"

    def _row(self, task: Task) -> Row:
        return Row(task, *(self._tried(task, reader) for reader in (QUICK, SLOW)))

    def _tried(self, task: Task, reader: Reader) -> Tried:
        trial = Trial(self.engine, reader, self.limits, self.language)
        walked = walk(self.engine, task, reader, self.language)
        return Tried(walked, trial.rates(task, self.callers, self.seed))


def table(rows: Iterable[Row]) -> tuple[str, ...]:
    """Return the lines of the table, in Markdown."""
    return (_line(_COLUMNS), "| --- " * len(_COLUMNS) + "|", *map(str, rows))


def missed(rows: Iterable[Row], limits: Limits) -> Iterator[str]:
    """Yield each target that a row misses."""
    for row in rows:
        name, held, screen = row.task.name, row.held, row.held.walk.longest.at
        if name == BOOKING and held.walk.seconds > limits.session:
            yield f"{name}: {held.walk.seconds:.0f} s (at most {limits.session:.0f})"
        if held.longest > limits.idle:
            yield f"{name}: {screen} takes {held.longest:.1f} s (at most {limits.idle:.0f})"
        if held.rates.two < LEAST_IN_TWO:
            yield f"{name}: {held.rates.two:.1%} finish in two calls (at least 95 %)"
        if name in FEW_KEYS and held.walk.keys > MOST_KEYS:
            yield f"{name}: {held.walk.keys} keys (at most {MOST_KEYS})"


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"
