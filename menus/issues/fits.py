"""Does every screen fit every handset, at its widest, in every language."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from domain.gsm7 import SAFE_SEPTETS, USSD_SEPTETS, foreign, septets
from domain.words import LANGUAGES, say, slots, widest
from menus.definition import Call, Go, List, StateId, Text, texts_of
from menus.issues.issue import Issue, Rule, Subject
from menus.walk import PLAINEST, View


def outside_gsm7(subject: Subject) -> Iterator[Issue]:
    """No character outside GSM-7: a single one leaves 80 characters of 182."""
    for language in LANGUAGES:
        for text in subject.texts():
            words = subject.said(text, language)
            if words and (odd := foreign(words)):
                listed = " ".join(sorted(odd))
                yield Issue(subject.where(text, language), f"{text.key}: not in GSM-7: {listed}")


def too_wide(subject: Subject) -> Iterator[Issue]:
    """No screen is over 182 septets at its widest, with the error line above it.

    Over 160, which every network carries, only where the state says why (``wide:``). Told once
    for each text: its line alone, or the error line that does not fit above it.
    """
    told: set[tuple[str, str]] = set()
    alone: set[tuple[StateId, str]] = set()
    for view in subject.views:
        limit = USSD_SEPTETS if _wide(subject, view.state) else SAFE_SEPTETS
        screen, text = (view.state, view.language), (view.blame.key, view.language)
        seen = screen in alone or text in told
        if view.septets > limit and not seen and _judged(subject, view):
            told.add(text)
            if view.error == PLAINEST:
                alone.add(screen)
            yield Issue(subject.where(view.blame, view.language), _told(view, limit))


def _told(view: View, limit: int) -> str:
    above = f" with the line {view.error!r} above it" if view.error else ""
    page = f" on page {view.page + 1}" if view.page else ""
    size = f"{view.septets} septets of {limit}"
    return f"{view.state} [{view.language}]{page}{above} may take {size}"


def _judged(subject: Subject, view: View) -> bool:
    """Tell whether all words of a screen are this language's own."""
    texts = (*texts_of(subject.book.states[view.state]), view.blame)
    return all(subject.said(text, view.language) is not None for text in texts)


def _wide(subject: Subject, at: StateId) -> str:
    state = subject.book.states[at]
    return "" if isinstance(state, Call | Go) else state.wide


def needlessly_wide(subject: Subject) -> Iterator[Issue]:
    """A reason to be wide stands only where something is wide (warning)."""
    if not (told := [at for at in subject.book.states if _wide(subject, at)]):
        return
    seen = subject.views
    wide = {view.state for view in seen if view.septets > SAFE_SEPTETS}
    for at in told:
        if at not in wide:
            where = subject.book.where(at, "wide")
            yield Issue(where, f"{at} is not wide: take the reason away", warning=True)


def too_wide_apology(subject: Subject) -> Iterator[Issue]:
    """The engine's apology is a screen of its own."""
    text = subject.book.words["sorry"]
    for language in LANGUAGES:
        words = subject.said(text, language)
        if words and (size := septets(widest(words))) > SAFE_SEPTETS:
            what = f"{text.key} [{language}] may take {size} septets of {SAFE_SEPTETS}"
            yield Issue(subject.where(text, language), what)


def cut_items(subject: Subject) -> Iterator[Issue]:
    """No line of a list that is loaded at start is cut: its slot takes the widest word."""
    for state in subject.book.states.values():
        if isinstance(state, List) and state.source in subject.vocabulary.lists:
            for language in LANGUAGES:
                yield from _cut(subject, state, language)


def _cut(subject: Subject, state: List, language: str) -> Iterator[Issue]:
    template: Text = state.item
    words = subject.said(template, language)
    for slot in slots(words) if words else ():
        said = partial(say, slot.kind, language=language)
        for item in subject.vocabulary.lists[state.source].items:
            if septets(word := said(item[slot.name])) > slot.width:
                what = f"{template.key} [{language}] cuts {word!r} to {slot.width}"
                yield Issue(subject.where(template, language), what)


RULES: tuple[Rule, ...] = (outside_gsm7, too_wide, needlessly_wide, too_wide_apology, cut_items)
