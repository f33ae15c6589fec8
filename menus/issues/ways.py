"""Can every screen be reached, and left again."""

from __future__ import annotations

import heapq
from collections.abc import Iterator

from menus.definition import Ask, Book, Call, Choose, End, List, StateId, flow_of
from menus.graph import Graph, silent
from menus.issues.issue import Issue, Rule, Subject

MOST_CHOICES = 4


def unreachable(subject: Subject) -> Iterator[Issue]:
    """Every state can be reached. Of a chain nobody reaches, its first state is told."""
    book, graph = subject.book, Graph.of(subject.book)
    lost = frozenset(book.states) - graph.reached([book.start])
    told: frozenset[StateId] = frozenset()
    for at in (*_led_to_by_none(lost, graph), *(at for at in book.states if at in lost)):
        if at not in told:
            told |= graph.reached([at])
            yield Issue(book.where(at), f"{at} cannot be reached from {book.start}")


def _led_to_by_none(lost: frozenset[StateId], graph: Graph) -> list[StateId]:
    led_to = {way.to for at in lost for way in graph.ways[at] if way.to != at}
    return [at for at in graph.ways if at in lost and at not in led_to]


def no_end(subject: Subject) -> Iterator[Issue]:
    """From every state an ``end`` can be reached, going forward only.

    A caller may hang up anywhere, go back, or be cut off and resume; none of that counts: a book
    that has lost its ends would still look sound. Screens that tell a status reach their ends
    through registering, not through what the stuck are led to. Told once for each circle, where
    the last way of it is written.
    """
    book, graph = subject.book, Graph.of(subject.book)
    ends = [at for at, state in book.states.items() if isinstance(state, End)]
    onward = Graph.of(book, stuck=False)
    trapped = graph.reached([book.start]) - onward.leading_to(ends)
    for circle in onward.circles(trapped):
        last = circle[-1]
        ways = onward.ways[last]
        where = book.where(last, ways[-1].label) if ways else book.where(last)
        yield Issue(where, f"{', '.join(circle)}: no way to an end")


def no_way_back(subject: Subject) -> Iterator[Issue]:
    """Where ``0`` has nothing to go back to, nobody is asked what he may not be able to answer.

    That is so at the first screen, and after an outcome that wrote something for good. A choice
    can always be answered; a question in the caller's own words needs a way back.
    """
    book = subject.book
    for at, label, to in _bare_ways(subject):
        if isinstance(book.states[to], Ask):
            yield Issue(book.where(at, label), f"{to} would have no way back here")


def _bare_ways(subject: Subject) -> Iterator[tuple[StateId, str, StateId]]:
    """Yield each way that is, or may be, gone without a screen to go back to."""
    graph, todo = Graph.of(subject.book), [*_first_ways(subject)]
    seen = set()
    while todo:
        step = todo.pop(0)
        if step not in seen:
            seen.add(step)
            yield step
            to = step[2]
            if silent(subject.book, to):
                todo.extend((to, way.label, way.to) for way in graph.ways[to])


def _first_ways(subject: Subject) -> Iterator[tuple[StateId, str, StateId]]:
    book, graph = subject.book, Graph.of(subject.book)
    for at, state in book.states.items():
        commits: frozenset[str] = frozenset()
        if isinstance(state, Call):
            commits = subject.vocabulary.calls[state.name].commits
        for way in graph.ways[at]:
            if way.label in commits or (at == book.start and silent(book, at)):
                yield at, way.label, way.to


def deep_questions(subject: Subject) -> Iterator[Issue]:
    """The first question of a flow comes after at most four menu choices.

    A question is an ``ask``, or a choice whose answer is saved; any other choice is a menu. A
    flow without a question is not judged.
    """
    book = subject.book
    nearest: dict[str, tuple[int, StateId]] = {}
    for at, choices in _choices_before(book).items():
        if _is_question(book, at):
            flow = flow_of(at)
            nearest[flow] = min(nearest.get(flow, (choices, at)), (choices, at))
    for choices, at in nearest.values():
        if choices > MOST_CHOICES:
            what = f"{at}: {choices} menu choices before the first question (at most"
            yield Issue(book.where(at), f"{what} {MOST_CHOICES})")


def _choices_before(book: Book) -> dict[StateId, int]:
    """Return the fewest menu choices on the way to each state (Dijkstra)."""
    graph, fewest, todo = Graph.of(book), dict[StateId, int](), [(0, book.start)]
    while todo:
        choices, at = heapq.heappop(todo)
        if at not in fewest:
            fewest[at] = choices
            menu = isinstance(book.states[at], Choose | List) and not _is_question(book, at)
            for way in graph.ways[at]:
                heapq.heappush(todo, (choices + menu, way.to))
    return fewest


def _is_question(book: Book, at: StateId) -> bool:
    state = book.states[at]
    return isinstance(state, Ask) or (isinstance(state, Choose | List) and bool(state.save))


RULES: tuple[Rule, ...] = (unreachable, no_end, no_way_back, deep_questions)
