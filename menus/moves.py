"""How a session changes: what is learned and saved, and the trail that leads back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from domain.words import LANGUAGES
from menus.definition import StateId
from menus.session import Item, Session, Wrong

MOST_ITEMS = 97
"""Items of a list are numbered up to here: 98 leads to the next page."""

_LANGUAGE = "language"


def learn(session: Session, facts: Mapping[str, str]) -> Session:
    """Add facts. One named ``language`` changes the session's language instead."""
    if not facts:
        return session
    known = {**session.known, **facts}
    language = known.pop(_LANGUAGE, session.language)
    if language not in LANGUAGES:
        language = session.language
    return replace(session, known=known, language=language)


def bring(session: Session, items: Mapping[str, Sequence[Item]] | None) -> Session:
    """Put away the lists that a call brought."""
    if not items:
        return session
    brought = {source: tuple(lines[:MOST_ITEMS]) for source, lines in items.items()}
    return replace(session, lists={**session.lists, **brought})


def leave(session: Session) -> Session:
    """Remember the screen now shown as the last one of the way back."""
    return replace(session, trail=(*session.trail, session.at)) if session.at else session


def arrive(session: Session, at: StateId, wrong: Wrong | None = None) -> Session:
    """Be at a state. One that was seen before shortens the way back to what lay before it."""
    trail = session.trail
    if at in trail:
        trail = trail[: trail.index(at)]
    return replace(session, at=at, trail=trail, page=0, misses=0, fault=wrong)


def commit(session: Session) -> Session:
    """Something was written for good: no way back across it, and nothing left to resume."""
    return replace(session, trail=(), saved=False)


def turn(session: Session, page: int) -> Session:
    """Show another page of the same screen."""
    return replace(session, page=page, fault=None)


def refuse(session: Session, wrong: Wrong) -> Session:
    """Stay, with an error line."""
    return replace(session, misses=session.misses + 1, fault=wrong)
