"""Is everything known when it is shown: forward dataflow over every path."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import reduce

from domain.words import slots
from menus.definition import (
    Ask,
    Call,
    Choose,
    List,
    State,
    StateId,
    Text,
    texts_of,
)
from menus.graph import Graph
from menus.issues.issue import Issue, Rule, Subject
from menus.vocabulary import Facts, Vocabulary

Certain = Mapping[StateId, Facts]
"""What is known at each state, whichever way the caller came."""

NOTHING: Facts = frozenset()


def shown_before_known(subject: Subject) -> Iterator[Issue]:
    """A slot is shown only where an answer or a fact fills it on every path.

    Told at the first screens only: those that follow lack it for the same reason.
    """
    book = subject.book
    for at, known in certain(subject).items():
        for text in _own_texts(book.states[at]):
            for name in sorted(_slots_shown(book.states[at], text) - known):
                yield Issue(
                    book.origin[text.key], f"{text.key} shows {{{name}}} before it is always known"
                )


def called_before_known(subject: Subject) -> Iterator[Issue]:
    """A call is made only where what it needs is known on every path."""
    book = subject.book
    for at, known in certain(subject).items():
        state = book.states[at]
        if isinstance(state, Call):
            for name in sorted(subject.vocabulary.calls[state.name].needs - known):
                where = book.where(at, "call")
                yield Issue(where, f"{at}: {state.name} needs {name}, which is not always known")


def listed_before_brought(subject: Subject) -> Iterator[Issue]:
    """A list is shown only where a call brought it on every path, or it was loaded at start."""
    book = subject.book
    for at, known in certain(subject).items():
        state = book.states[at]
        if isinstance(state, List) and not _wanted_list(state, subject.vocabulary) <= known:
            where = book.where(at, "list")
            yield Issue(where, f"{at} lists {state.source} before it is always brought")


def strange_item_slots(subject: Subject) -> Iterator[Issue]:
    """The line of a list shows what its items bring, nothing else."""
    book = subject.book
    for state in book.states.values():
        if isinstance(state, List):
            brought = item_slots(state.source, subject.vocabulary)
            for name in sorted(_names(state.item) - brought):
                what = f"{state.item.key}: items of {state.source} bring no {{{name}}}"
                yield Issue(book.origin[state.item.key], what)


def certain(subject: Subject) -> Certain:
    """Return what is known for sure at each reachable state."""
    book, graph = subject.book, Graph.of(subject.book)
    known: dict[StateId, Facts] = {book.start: NOTHING}
    todo = [book.start]
    while todo:
        at = todo.pop()
        held = known[at] | _wanted(book.states[at], subject.vocabulary)
        for way in graph.ways[at]:
            arriving = held | _gained(book.states[at], way.label, subject.vocabulary)
            narrowed = arriving & known.get(way.to, arriving)
            # The engine forgets everything at the start, so nothing is carried into it.
            if way.to != book.start and narrowed != known.get(way.to):
                known[way.to] = narrowed
                todo.append(way.to)
    return known


def item_slots(source: str, vocabulary: Vocabulary) -> Facts:
    """Return the slots that every item of a list brings, whoever brings the list."""
    if spec := vocabulary.lists.get(source):
        return spec.slots
    every = [
        lists[source]
        for call in vocabulary.calls.values()
        for lists in call.items.values()
        if source in lists
    ]
    return reduce(frozenset.intersection, every) if every else NOTHING


def _gained(state: State, label: str, vocabulary: Vocabulary) -> Facts:
    match state:
        case Ask(check=check, save=save) if label == "next":
            return vocabulary.checks[check].facts | {save}
        case Choose(save=save):
            return frozenset({save} if save else ())
        case List(source=source, save=save):
            return item_slots(source, vocabulary) | {save}
        case Call(name):
            spec = vocabulary.calls[name]
            brought = frozenset(_list_fact(source) for source in spec.items.get(label, ()))
            return spec.outcomes[label] | brought
        case _:
            return NOTHING


def _wanted(state: State, vocabulary: Vocabulary) -> Facts:
    """Return what a state uses; taken as known after it, so that one lack is told once."""
    shown = [_slots_shown(state, text) for text in _own_texts(state)]
    used = reduce(frozenset.union, shown, NOTHING)
    match state:
        case Call(name):
            return vocabulary.calls[name].needs
        case List():
            return used | _wanted_list(state, vocabulary)
        case _:
            return used


def _wanted_list(state: List, vocabulary: Vocabulary) -> Facts:
    loaded = state.source in vocabulary.lists
    return NOTHING if loaded else frozenset({_list_fact(state.source)})


def _own_texts(state: State) -> tuple[Text, ...]:
    """Return the texts filled from what is known; an item's line is filled from the item."""
    return (state.prompt,) if isinstance(state, List) else texts_of(state)


def _slots_shown(state: State, text: Text) -> Facts:
    # An error line's {count} is the fault's own.
    own = isinstance(state, Ask) and text is not state.prompt
    return _names(text) - {"count"} if own else _names(text)


def _names(text: Text) -> Facts:
    return frozenset(slot.name for slot in slots(text.source))


def _list_fact(source: str) -> str:
    return f"list of {source}"


RULES: tuple[Rule, ...] = (
    shown_before_known,
    called_before_known,
    listed_before_brought,
    strange_item_slots,
)
