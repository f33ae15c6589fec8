"""Where it got hard, in the words that the caller had on his screen."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from menus.catalog import Catalog, load_catalog
from menus.definition import Book, StateId, texts_of
from menus.loader import load_book

_SLOT: Final = re.compile(r"\{\w+:\d+\}")
_ANYTHING: Final = "\u2026"


def heard_at(stuck_at: str, language: str) -> str:
    """Return the main words of a screen with dots for what differs from caller to caller.

    Nothing for a wish that began in a menu, and for a screen that these menus do not have.
    """
    book, catalog = _menus()
    state = book.states.get(StateId(stuck_at))
    if state is None or not (texts := texts_of(state)):
        return ""
    return _SLOT.sub(_ANYTHING, catalog.say(texts[0], language))


@cache
def _menus() -> tuple[Book, Catalog]:
    """Read the shipped menus once; whoever asked under older ones mostly saw the same words."""
    return load_book(), load_catalog()
