"""Does the book hold together: targets, checks, calls and lists that exist, every fault worded."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from menus.definition import (
    DRAFT,
    RETURN,
    Ask,
    Call,
    Choose,
    End,
    Go,
    List,
    StateId,
    ways_out,
)
from menus.graph import Graph, silent
from menus.issues.issue import Issue, Rule, Subject, well_formed


def missing_targets(subject: Subject) -> Iterator[Issue]:
    """Every way leads to a state; only a call, which can restore a session, to ``(draft)``.

    Only where nothing new was answered, after a call or by a choice, ``(back)`` is a way.
    """
    book = subject.book
    if book.start not in book.states:
        where = book.origin[f"{book.start}:start"]
        yield Issue(where, f"the book starts at {book.start}, which does not exist")
    for at, state in book.states.items():
        for way in ways_out(state):
            where = book.where(at, way.label)
            if way.to == DRAFT and not isinstance(state, Call):
                yield Issue(where, f"{at}: only a call may lead to {DRAFT}")
            elif way.to == RETURN and not isinstance(state, Call | Choose):
                yield Issue(where, f"{at}: only a call or a choice may lead to {RETURN}")
            elif way.to not in book.states and way.to not in (DRAFT, RETURN):
                yield Issue(where, f"{at} leads to {way.to}, which does not exist")


def misled_misses(subject: Subject) -> Iterator[Issue]:
    """After too many misses comes a screen that can carry the error line and goes on."""
    book = subject.book
    for at, state in book.states.items():
        if isinstance(state, Ask) and state.missed:
            target = book.states.get(state.missed.go)
            if isinstance(target, Call | Go | End):
                yield Issue(
                    book.where(at, "missed"),
                    f"{at}: after a miss {state.missed.go} cannot show the error line",
                )


def unknown_checks(subject: Subject) -> Iterator[Issue]:
    """Every check is one of the vocabulary's."""
    for at, state in subject.book.states.items():
        if isinstance(state, Ask) and state.check not in subject.vocabulary.checks:
            yield Issue(subject.book.where(at, "check"), f"{at}: there is no check {state.check}")


def unworded_faults(subject: Subject) -> Iterator[Issue]:
    """A question says something for each fault of its check, and for none other."""
    for at, state in subject.book.states.items():
        spec = subject.vocabulary.checks.get(state.check) if isinstance(state, Ask) else None
        if isinstance(state, Ask) and spec:
            yield from _unworded(subject, at, state, spec.faults)


def _unworded(subject: Subject, at: StateId, state: Ask, faults: frozenset[str]) -> Iterator[Issue]:
    strange = [text for fault, text in state.wrong.items() if fault not in faults]
    for text in strange:
        where = subject.book.origin[text.key]
        yield Issue(where, f"{text.key}: {state.check} has the faults {_listed(faults)}")
    if not strange and (missing := faults - state.wrong.keys()):
        where = subject.book.where(at, "check")
        yield Issue(where, f"{at}: no words for {_listed(missing)} of {state.check}")


def unknown_calls(subject: Subject) -> Iterator[Issue]:
    """Every call is one of the vocabulary's, and handles just the outcomes it has."""
    for at, state in subject.book.states.items():
        if not isinstance(state, Call):
            continue
        spec = subject.vocabulary.calls.get(state.name)
        if spec:
            yield from _outcomes(subject, at, state, frozenset(spec.outcomes))
        else:
            yield Issue(subject.book.where(at, "call"), f"{at}: there is no call {state.name}")


def _outcomes(
    subject: Subject, at: StateId, state: Call, offered: frozenset[str]
) -> Iterator[Issue]:
    strange = [outcome for outcome in state.outcomes if outcome not in offered]
    for outcome in strange:
        where = subject.book.where(at, outcome)
        yield Issue(where, f"{at}: {state.name} has the outcomes {_listed(offered)}")
    if not strange and (missing := offered - state.outcomes.keys()):
        where = subject.book.where(at, "call")
        yield Issue(where, f"{at} does not handle {_listed(missing)} of {state.name}")


def unknown_lists(subject: Subject) -> Iterator[Issue]:
    """Every list is brought by some call, or loaded at start."""
    calls = subject.vocabulary.calls.values()
    brought = set(chain.from_iterable(lists for spec in calls for lists in spec.items.values()))
    for at, state in subject.book.states.items():
        known = {*brought, *subject.vocabulary.lists}
        if isinstance(state, List) and state.source not in known:
            yield Issue(subject.book.where(at, "list"), f"{at}: there is no list {state.source}")


def silent_circles(subject: Subject) -> Iterator[Issue]:
    """Calls and jumps lead to a screen, not round and round."""
    book = subject.book
    quiet = frozenset(at for at in book.states if silent(book, at))
    inside = Graph(
        {
            at: tuple(way for way in ways if way.to in quiet)
            for at, ways in Graph.of(book).ways.items()
            if at in quiet
        }
    )
    for at, ways in inside.ways.items():
        for way in ways:
            if at in inside.reached([way.to]):
                where = book.where(at, way.label)
                yield Issue(where, f"{at} and {way.to} may go round without a screen")


def malformed_slots(subject: Subject) -> Iterator[Issue]:
    """A brace belongs to a slot ``{name:width}``."""
    for text in subject.texts():
        if not well_formed(text.source):
            where = subject.book.origin[text.key]
            yield Issue(where, f"{text.key}: a brace that is no {{name:width}}")


def _listed(names: frozenset[str]) -> str:
    return ", ".join(sorted(names))


RULES: tuple[Rule, ...] = (
    missing_targets,
    misled_misses,
    unknown_checks,
    unworded_faults,
    unknown_calls,
    unknown_lists,
    silent_circles,
    malformed_slots,
)
