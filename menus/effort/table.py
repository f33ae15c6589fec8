"""All tasks and both readers in one table, and which of our targets it misses."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from menus.definition import StateId
from menus.effort.readers import QUICK, SLOW, USUAL, Limits
from menus.effort.tasks import BOOKING, FEW_KEYS, TASKS, Task
from menus.effort.trying import Rates, Trial
from menus.effort.walking import walk
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
class Row:
    """One task: seconds and rates of the quick reader and of the slow one."""

    task: Task
    hops: int
    keys: int
    quick: float
    slow: float
    longest: float
    longest_at: StateId
    quick_rates: Rates
    slow_rates: Rates

    def __str__(self) -> str:
        """Return the row in Markdown."""
        cells = (
            self.task.name,
            str(self.hops),
            str(self.keys),
            f"{self.quick:.0f}",
            f"{self.slow:.0f}",
            f"{self.longest:.1f} s, `{self.longest_at}`",
            f"{self.quick_rates.one:.1%}",
            f"{self.slow_rates.one:.1%}",
            f"{self.slow_rates.two:.1%}",
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
        quick = walk(self.engine, task, QUICK, self.language)
        slow = walk(self.engine, task, SLOW, self.language)
        rates = (
            Trial(self.engine, reader, self.limits, self.language).rates(
                task, self.callers, self.seed
            )
            for reader in (QUICK, SLOW)
        )
        longest = slow.takes(slow.longest), slow.longest.at
        hops = len(slow.hops) - 1
        return Row(task, hops, slow.keys, quick.seconds, slow.seconds, *longest, *rates)


def table(rows: Iterable[Row]) -> tuple[str, ...]:
    """Return the lines of the table, in Markdown."""
    return (_line(_COLUMNS), "| --- " * len(_COLUMNS) + "|", *map(str, rows))


def missed(rows: Iterable[Row], limits: Limits) -> Iterator[str]:
    """Yield each target that a row misses, for the slow reader."""
    for row in rows:
        name = row.task.name
        if row.task.name == BOOKING and row.slow > limits.session:
            yield f"{name}: {row.slow:.0f} s (at most {limits.session:.0f})"
        if row.longest > limits.idle:
            yield f"{name}: {row.longest_at} takes {row.longest:.1f} s (at most {limits.idle:.0f})"
        if row.slow_rates.two < LEAST_IN_TWO:
            yield f"{name}: {row.slow_rates.two:.1%} finish in two calls (at least 95 %)"
        if name in FEW_KEYS and row.keys > MOST_KEYS:
            yield f"{name}: {row.keys} keys (at most {MOST_KEYS})"


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"
