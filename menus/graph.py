"""The book as a graph: which state leads where, forward.

Keys that lead back (``0``, ``00``) and the ``(draft)`` target are no edges: a book must be sound
without them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from menus.definition import Book, Call, Go, StateId, Way, ways_out


@dataclass(frozen=True, slots=True)
class Graph:
    """Ways out of each state, those to missing states left out."""

    ways: Mapping[StateId, tuple[Way, ...]]

    @classmethod
    def of(cls, book: Book) -> Graph:
        """Draw the graph of a book."""
        return cls(
            {
                at: tuple(way for way in ways_out(state) if way.to in book.states)
                for at, state in book.states.items()
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


def silent(book: Book, at: StateId) -> bool:
    """Tell whether a state shows nothing: a call or a jump."""
    return isinstance(book.states[at], Call | Go)
