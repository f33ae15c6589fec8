"""Where each state of a flow stands on the paper: rows from the first screen down.

A state stands in the row after the one that leads to it soonest; a row too full goes on in the
next. Ways into other flows are told in words beside the state, so that lines stay few.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from menus.definition import Book, Call, Choose, End, StateId, flow_of, ways_out
from menus.engine import Engine
from menus.usual import usual

MOST_ABREAST: Final = 4
MOST_LINES: Final = 5
"""Ways out of a state, or into it, that are drawn; of more each is told in words."""

MOST_LETTERS: Final = 32
LETTERS: Final = 27
"""Characters of a line on the picture: wider than most handsets, so screens stay low."""

WIDTH: Final = 220
LINE: Final = 15
"""Width of a state and height of a line, in pixels."""

_PADDING: Final = 12
_CAPTION: Final = 34
_ACROSS: Final = 46
_DOWN: Final = 78
_EDGE: Final = 60


@dataclass(frozen=True, slots=True)
class Node:
    """A state as it is drawn: its screen in lines, none for a call, and ways into other flows."""

    at: StateId
    lines: tuple[str, ...]
    elsewhere: tuple[str, ...]
    ends: bool

    @property
    def height(self) -> int:
        """Pixels, its caption included."""
        told = len(self.lines) + len(self.elsewhere)
        return _CAPTION + (told * LINE + 2 * _PADDING if told else 0)


@dataclass(frozen=True, slots=True)
class Place:
    """A node and the pixel of its upper left corner."""

    node: Node
    x: int
    y: int


Places = Mapping[StateId, Place]


@dataclass(frozen=True, slots=True)
class Line:
    """A way between two states of the flow; ``port`` of ``ports`` is where it leaves its source."""

    source: StateId
    target: StateId
    label: str
    port: int
    ports: int


@dataclass(frozen=True, slots=True)
class Plan:
    """One flow on paper, in pixels."""

    flow: str
    width: int
    height: int
    places: Places
    lines: tuple[Line, ...]


def flows(book: Book) -> tuple[str, ...]:
    """Return the flows, the one that begins every call first."""
    named = dict.fromkeys(map(flow_of, (book.start, *book.states)))
    return tuple(named)


def screens(engine: Engine, language: str) -> Mapping[StateId, str]:
    """Return the first page of every screen, in a language of ours."""
    return {one.state: one.screen for one in usual(engine, language) if not one.page}


def planned(book: Book, flow: str, screens: Mapping[StateId, str]) -> Plan:
    """Plan one flow of a book, whose screens are at hand."""
    nodes = {at: _node(book, at, screens) for at in book.states if flow_of(at) == flow}
    rows = list(_abreast(_rows(book, nodes)))
    width = max(len(row) for row in rows) * (WIDTH + _ACROSS) - _ACROSS + 2 * _EDGE
    places, y = dict[StateId, Place](), _EDGE // 2
    for row in rows:
        left = (width - len(row) * (WIDTH + _ACROSS) + _ACROSS) // 2
        for number, at in enumerate(row):
            places[at] = Place(nodes[at], left + number * (WIDTH + _ACROSS), y)
        y += max(nodes[at].height for at in row) + _DOWN
    return Plan(flow, width, y - _DOWN + _EDGE // 2, places, tuple(_lines(book, nodes)))


def _node(book: Book, at: StateId, screens: Mapping[StateId, str]) -> Node:
    state = book.states[at]
    words = (line for shown in screens.get(at, "").split("\n") for line in _wrapped(shown))
    lines = tuple(words) if at in screens else ()
    told = (f"{label} > {to}" for label, to in _named_ways(book, at) if not _drawn(book, at, to))
    return Node(at, lines, tuple(one[:MOST_LETTERS] for one in told), isinstance(state, End))


def _drawn(book: Book, at: StateId, to: StateId) -> bool:
    """Tell whether a way is a line; not into another flow, nor one of very many."""
    if flow_of(to) != flow_of(at):
        return False
    leading = sum(way.to == to for other in book.states.values() for way in ways_out(other))
    return max(leading, len(ways_out(book.states[at]))) <= MOST_LINES


def _named_ways(book: Book, at: StateId) -> Iterator[tuple[str, StateId]]:
    """Yield the ways out as an officer reads them: keys by their number, a call by its outcome."""
    state = book.states[at]
    for number, way in enumerate(ways_out(state), 1):
        match state:
            case Choose():
                yield str(number), way.to
            case Call():
                yield way.label, way.to
            case _:
                yield ("" if way.label in {"next", "go"} else "salah"), way.to


def _lines(book: Book, nodes: Mapping[StateId, Node]) -> Iterator[Line]:
    for at in nodes:
        inside = [(label, to) for label, to in _named_ways(book, at) if _drawn(book, at, to)]
        for port, (label, to) in enumerate(inside, 1):
            yield Line(at, to, label, port, len(inside))


def _rows(book: Book, nodes: Mapping[StateId, Node]) -> Iterator[list[StateId]]:
    """Yield rows, each led to by the one before; who is led to from elsewhere begins anew."""
    left = dict.fromkeys(nodes)
    while left:
        row = [next(iter(left))]
        while row:
            for at in row:
                left.pop(at)
            yield row
            led = [to for at in row for _, to in _named_ways(book, at) if to in left]
            row = list(dict.fromkeys(led))


def _abreast(rows: Iterator[list[StateId]]) -> Iterator[list[StateId]]:
    for row in rows:
        for start in range(0, len(row), MOST_ABREAST):
            yield row[start : start + MOST_ABREAST]


def _wrapped(line: str) -> Iterator[str]:
    """Yield a line of a screen in pieces that fit, broken at spaces where there are any."""
    while len(line) > LETTERS:
        cut = line.rfind(" ", 0, LETTERS + 1)
        at = cut if cut > 0 else LETTERS
        yield line[:at]
        line = line[at:].lstrip()
    yield line
