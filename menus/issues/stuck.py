"""Is whoever was refused too often led to help, and from there back."""

from __future__ import annotations

from collections.abc import Iterator

from menus.definition import RETURN, Ask, End, StateId, ways_out
from menus.graph import silent
from menus.issues.issue import Issue, Rule, Subject


def no_help(subject: Subject) -> Iterator[Issue]:
    """The stuck are led to a state that is there, and that does not simply hang up."""
    book = subject.book
    if book.stuck is None:
        return
    where, led_to = book.where(book.start, "stuck"), book.stuck.go
    if led_to not in book.states:
        yield Issue(where, f"the stuck are led to {led_to}, which does not exist")
    elif isinstance(book.states[led_to], End):
        yield Issue(where, f"the stuck are led to {led_to}, which ends the call unasked")


def misses_never_counted(subject: Subject) -> Iterator[Issue]:
    """A screen's own way after misses comes before that of the stuck, or never."""
    book = subject.book
    for at, state in book.states.items():
        own = state.missed if isinstance(state, Ask) and not book.helps(at) else None
        if own and book.stuck and own.times > book.stuck.times:
            times = book.stuck.times
            yield Issue(book.where(at, "missed"), f"{at}: after {times} misses the caller is gone")


def no_screen_before(subject: Subject) -> Iterator[Issue]:
    """``(back)`` is a way only where a screen was left: not on the silent way from the start."""
    book = subject.book
    todo: list[StateId] = [book.start]
    seen: set[StateId] = set()
    while todo:
        at = todo.pop()
        if at in seen or at not in book.states or not silent(book, at):
            continue
        seen.add(at)
        for way in ways_out(book.states[at]):
            todo.append(way.to)
            if way.to == RETURN:
                yield Issue(book.where(at, way.label), f"{at}: there is no screen to go back to")


RULES: tuple[Rule, ...] = (no_help, misses_never_counted, no_screen_before)
