"""The book as a graph: which state leads where, forward.

Keys that lead back (``0``, ``00``) and the targets ``(draft)`` and ``(back)`` are no edges: a book
must be sound without them. The way of those who are stuck is one, unless it is left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from menus.definition import Answerable, Book, Call, Go, StateId, Way, ways_out

STUCK = "stuck"
"""The label of the way that leads whoever was refused too often to help."""


@dataclass(frozen=True, slots=True)
class Graph:
    """Ways out of each state, those to missing states left out."""

    ways: Mapping[StateId, tuple[Way, ...]]

    @classmethod
    def of(cls, book: Book, *, stuck: bool = True) -> Graph:
        """Draw the graph of a book; without ``stuck``, only where answers that will do lead."""
        return cls(
            {
                at: tuple(way for way in _ways(book, at, stuck=stuck) if way.to in book.states)
                for at in book.states
            }
        )

    def reached(self, begin: Iterable[StateId]) -> frozenset[StateId]:
        """Return all states that can be reached from ``begin``, itself included."""
        seen: set[StateId] = set()
        todo = [at for at in begin if at in self.ways]
        while todo:
            if (at := todo.pop()) not in seen:
                seen.add(at)
                todo.extend(way.to for way in self.ways[at])
        return frozenset(seen)

    def leading_to(self, goals: Iterable[StateId]) -> frozenset[StateId]:
        """Return all states from which one of ``goals`` can be reached, the goals included."""
        return Graph(self._turned()).reached(goals)

    def circles(self, within: frozenset[StateId]) -> Iterator[tuple[StateId, ...]]:
        """Yield each set of states that, inside ``within``, only lead to one another."""
        inside = Graph({at: self._ways_inside(at, within) for at in self.ways if at in within})
        ahead = {at: inside.reached([at]) for at in inside.ways}
        seen: set[StateId] = set()
        for at, states in ahead.items():
            if at not in seen and all(at in ahead[other] for other in states):
                seen |= states
                yield tuple(other for other in ahead if other in states)

    def _ways_inside(self, at: StateId, within: frozenset[StateId]) -> tuple[Way, ...]:
        return tuple(way for way in self.ways[at] if way.to in within)

    def _turned(self) -> Mapping[StateId, tuple[Way, ...]]:
        back: dict[StateId, list[Way]] = {at: [] for at in self.ways}
        for at, ways in self.ways.items():
            for way in ways:
                back[way.to].append(Way(way.label, at))
        return {at: tuple(ways) for at, ways in back.items()}


def after_a_screen(book: Book) -> frozenset[StateId]:
    """Return the states that may have a screen before them: at the start nobody has one."""
    ways = Graph.of(book).ways
    onward = {at: tuple(way for way in ways[at] if way.to != book.start) for at in ways}
    left = [way.to for at in ways if not silent(book, at) for way in onward[at]]
    return Graph(onward).reached(left)


def _ways(book: Book, at: StateId, *, stuck: bool) -> tuple[Way, ...]:
    state = book.states[at]
    refuses = stuck and isinstance(state, Answerable) and not book.helps(at)
    led = (Way(STUCK, book.stuck.go),) if refuses and book.stuck else ()
    return (*ways_out(state), *led)


def silent(book: Book, at: StateId) -> bool:
    """Tell whether a state shows nothing: a call or a jump."""
    return isinstance(book.states[at], Call | Go)
