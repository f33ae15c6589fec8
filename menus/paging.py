"""Cut a list into pages that fit exactly: as many lines on each as the handset shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from domain.gsm7 import septets

MOST_ON_PAGE = 5
MOST_WORDS = 18
"""Lines and words of a list on one screen: with more, a slow reader needs over half a minute."""


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
    sizes = [_Size(septets(line) + 1, line.count(" ") + 1) for line in lines]
    ends: list[int] = []
    begin, left = 0, room.first
    while not _fits(sizes[begin:], left):
        begin += _most(sizes[begin:], left - room.more)
        ends.append(begin)
        left = room.other
    return (*ends, len(lines))


class _Size(NamedTuple):
    """What a line takes: septets with its line break, and words."""

    septets: int
    words: int


def _fits(sizes: Sequence[_Size], left: int) -> bool:
    return len(sizes) < 2 or _most(sizes, left) == len(sizes)


def _most(sizes: Sequence[_Size], left: int) -> int:
    """Return how many lines a page takes: at least one, though it be too wide or too long."""
    taken, words = 0, MOST_WORDS
    for size in sizes[:MOST_ON_PAGE]:
        left -= size.septets
        words -= size.words
        if left < 0 or words < 0:
            break
        taken += 1
    return max(taken, 1)
