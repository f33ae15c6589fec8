"""The words of our SMS: Indonesian in YAML, other languages in PO files, said at the last moment.

A message is stored as a template's name and its facts; the text is made when it leaves, in the
language of its reader and for the line that carries it: ``{answer}`` is "Balas YA" on a line that
can receive, "Tekan *123*3#" on one with a service code, and is left out where neither holds.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from functools import cache
from importlib.resources import files

from domain import words
from sms.gateway import Line
from sms.issues import Issue, issues
from sms.reading import load
from sms.wording import Wording

__all__ = ["Render", "lint", "render", "room", "speaking", "wanted", "wording"]

Render = Callable[[str, Mapping[str, str], words.Language, Line], str]
"""(template, facts, language, line) -> the text, as :func:`render` makes it."""


def render(name: str, facts: Mapping[str, str], language: words.Language, line: Line) -> str:
    """Return message ``name`` of the shipped wording in ``language``, as ``line`` carries it.

    Raises:
        KeyError: an unknown template, or a slot without its fact (named, never its value).
    """
    return wording().render(name, facts, language, line)


def speaking(languages: Collection[words.Language]) -> Render:
    """Return a :func:`render` that says in Indonesian what is for a language not among these."""

    def spoken(name: str, facts: Mapping[str, str], language: words.Language, line: Line) -> str:
        return render(name, facts, words.spoken(language, languages), line)

    return spoken


def wanted(name: str) -> frozenset[str]:
    """Return the facts that template ``name`` speaks of."""
    return frozenset(slot.name for slot in _slots(name)) - {"answer"}


def room(name: str, slot: str) -> int:
    """Return the most septets that ``slot`` may take in template ``name``."""
    return next(one.width for one in _slots(name) if one.name == slot)


def lint() -> tuple[Issue, ...]:
    """Return what is wrong with the shipped wording; nothing when it may be sent."""
    return issues(wording())


def _slots(name: str) -> tuple[words.Slot, ...]:
    return words.slots(wording().templates[name].text)


@cache
def wording() -> Wording:
    """Return the shipped messages, read once."""
    return load(files("sms"))
