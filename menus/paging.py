"""Cut a list into pages that fit exactly: as many lines on each as the handset shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from domain.gsm7 import septets

MOST_ON_PAGE = 5
"""Lines of a list on one screen: nine would take a slow reader over half a minute."""


@dataclass(frozen=True, slots=True)
class Room:
    """Septets left for the lines of a list; each line costs one more, its line break.

    ``first`` and ``other`` are those of the first page and of the others (which have a way back
    at least to the page before); ``more`` is what the line that leads on takes from either.
    """

    first: int
    other: int
    more: int


def page_ends(lines: Sequence[str], room: Room) -> tuple[int, ...]:
    """Return for each page the number of lines up to its end; one empty page for no lines.

    A line wider than a page stands alone on it: the linter, not the caller, must find that.
    """
    costs = [septets(line) + 1 for line in lines]
    ends: list[int] = []
    begin, left = 0, room.first
    while not _fits(costs[begin:], left):
        begin += _most(costs[begin:], left - room.more)
        ends.append(begin)
        left = room.other
    return (*ends, len(lines))


def _fits(costs: Sequence[int], left: int) -> bool:
    return len(costs) < 2 or (len(costs) <= MOST_ON_PAGE and sum(costs) <= left)


def _most(costs: Sequence[int], left: int) -> int:
    taken = 0
    for cost in costs[:MOST_ON_PAGE]:
        left -= cost
        if left < 0:
            break
        taken += 1
    return max(taken, 1)
