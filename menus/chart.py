"""Draw the book as a Mermaid flowchart, for people: what ``kuning menus chart`` prints."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby
from typing import Final, assert_never

from menus.definition import (
    DRAFT,
    RETURN,
    Ask,
    Book,
    Call,
    Choose,
    End,
    Go,
    List,
    Show,
    State,
    StateId,
    flow_of,
    texts_of,
    ways_out,
)

_SLOT: Final = re.compile(r"\{(\w+):\d+\}")


def mermaid(book: Book) -> str:
    """Return the flowchart: a box for each flow, a node for each state, an arrow for each way."""
    lines = ["flowchart TD"]
    for flow, states in groupby(book.states, flow_of):
        lines += [f"  subgraph {flow}", *(f"    {_node(book, at)}" for at in states), "  end"]
    lines += [f"  {arrow}" for at in book.states for arrow in _arrows(book, at)]
    if book.stuck:
        lines.append(f'  stuck([stuck]) -. "{book.stuck.times}" .-> {_id(book.stuck.go)}')
    return "\n".join([*lines, *(f"  {_id(end)}([{_id(end)}])" for end in (DRAFT, RETURN)), ""])


def _node(book: Book, at: StateId) -> str:
    state = book.states[at]
    opening, closing = _shape(state)
    return f'{_id(at)}{opening}"{at}<br>{_told(state)}"{closing}'


def _shape(state: State) -> tuple[str, str]:
    match state:
        case Ask():
            return "[/", "/]"
        case Choose() | List() | Show():
            return "[", "]"
        case Call() | Go():
            return "{{", "}}"
        case End():
            return "([", "])"
        case _:
            assert_never(state)


def _told(state: State) -> str:
    match state:
        case Call(name):
            return name
        case Go(to):
            return to
        case _:
            # Names stand for slots; quotes would end Mermaid's label.
            words = _SLOT.sub(r"\1", texts_of(state)[0].source)
            return words.replace('"', "'")


def _arrows(book: Book, at: StateId) -> Iterator[str]:
    for way in ways_out(book.states[at]):
        label = "" if way.label == "next" else f'|"{way.label}"|'
        yield f"{_id(at)} -->{label} {_id(way.to)}"


def _id(at: StateId) -> str:
    # A bare "end" is a word of Mermaid's own; two underscores keep flow and state apart.
    return at.strip("()").replace(".", "__")
