"""Would a farmer say it so: no office words, short questions, choices that can be told apart."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from domain.plain_words import count_words, office_words
from domain.words import LANGUAGES
from menus.definition import Ask, Choose, List, Text
from menus.issues.issue import Issue, Rule, Subject

MOST_OPTIONS = 5
MOST_WORDS = 8

_SENTENCE: Final = re.compile(r"[^.!?:;]+[.!?:;]?")


def stop_words(subject: Subject) -> Iterator[Issue]:
    """No word of the stop list, in any language."""
    for language in LANGUAGES:
        for text in subject.texts():
            for word, better in office_words(subject.said(text, language) or "", language):
                where = subject.where(text, language)
                yield Issue(where, f"{text.key}: {word!r} is an office word, say {better!r}")


def long_questions(subject: Subject) -> Iterator[Issue]:
    """A question has at most eight words, a slot counting as one (warning)."""
    for language in LANGUAGES:
        for text, always in _prompts(subject):
            for sentence in _SENTENCE.findall(subject.said(text, language) or ""):
                count = count_words(sentence)
                if count > MOST_WORDS and (always or sentence.endswith("?")):
                    what = f"{text.key}: a question of {count} words (at most {MOST_WORDS})"
                    yield Issue(subject.where(text, language), what, warning=True)


def _prompts(subject: Subject) -> Iterator[tuple[Text, bool]]:
    """Yield each prompt, and whether all its sentences ask (of a choice, only those with ``?``)."""
    for state in subject.book.states.values():
        match state:
            case Ask(prompt) | List(_, prompt):
                yield prompt, True
            case Choose(prompt):
                yield prompt, False
            case _:
                pass


def too_many_options(subject: Subject) -> Iterator[Issue]:
    """At most five options: a slow reader is to be done with a screen in half a minute."""
    for at, state in subject.book.states.items():
        if isinstance(state, Choose) and len(state.options) > MOST_OPTIONS:
            sixth = state.options[MOST_OPTIONS].label
            what = f"{at} has {len(state.options)} options (at most {MOST_OPTIONS})"
            yield Issue(subject.book.origin[sixth.key], what)


def labels_alike(subject: Subject) -> Iterator[Issue]:
    """No two labels of a choice read alike, in any language."""
    for state in subject.book.states.values():
        if isinstance(state, Choose):
            labels = tuple(option.label for option in state.options)
            for language in LANGUAGES:
                yield from _alike(subject, labels, language)


def _alike(subject: Subject, labels: tuple[Text, ...], language: str) -> Iterator[Issue]:
    seen: dict[str, Text] = {}
    for label in labels:
        words = subject.said(label, language)
        if words and (other := seen.setdefault(words.casefold(), label)) is not label:
            where = subject.where(label, language)
            yield Issue(where, f"{label.key} reads like {other.key}")


RULES: tuple[Rule, ...] = (stop_words, long_questions, too_many_options, labels_alike)
