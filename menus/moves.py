"""How a session changes: what is learned and saved, and the trail that leads back.

What is learned after a screen was left may overwrite what that screen showed: of two people
registered in one call, say, the name. So the trail notes what was overwritten since each screen,
and going back restores it: a screen gone back to says what it said, and means whom it meant.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from domain.words import LANGUAGES
from menus.definition import StateId, flow_of
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
    return session.but(known=known, language=language, undo=_undo(session, known))


def bring(session: Session, items: Mapping[str, Sequence[Item]] | None) -> Session:
    """Put away the lists that a call brought."""
    if not items:
        return session
    brought = {source: tuple(lines[:MOST_ITEMS]) for source, lines in items.items()}
    return session.but(lists={**session.lists, **brought})


def leave(session: Session) -> Session:
    """Remember the screen now shown as the last one of the way back."""
    return session.but(trail=(*session.trail, session.at)) if session.at else session


def back(session: Session) -> Session:
    """Take the last screen off the way back, and know what was known when it was shown."""
    *before, last = session.trail
    known = {**session.known, **session.undo.get(last, {})}
    undo = {at: lost for at, lost in session.undo.items() if at != last}
    return session.but(trail=tuple(before), undo=undo, known=known)


def out_of_flow(session: Session) -> Session:
    """Stand at the last screen of another flow, all as it was known there; nowhere without one."""
    flow = flow_of(session.at) if session.at else ""
    while session.trail:
        session = back(session).but(at=session.trail[-1])
        if session.at and flow_of(session.at) != flow:
            return session
    return session.but(at=None)


def arrive(session: Session, at: StateId, wrong: Wrong | None = None) -> Session:
    """Be at a state. One that was seen before shortens the way back to what lay before it."""
    if at in session.trail:
        session = keep_trail(session, session.trail[: session.trail.index(at)])
    return session.but(at=at, page=0, misses=0, fault=wrong)


def keep_trail(session: Session, kept: Collection[StateId]) -> Session:
    """Keep only these screens of the way back; going back to one goes back across those dropped."""
    trail, undo = list[StateId](), dict[StateId, Mapping[str, str]]()
    for at in session.trail:
        if at in kept:
            trail.append(at)
        if trail and (lost := session.undo.get(at)):
            undo[trail[-1]] = {**lost, **undo.get(trail[-1], {})}
    return session.but(trail=tuple(trail), undo=undo)


def commit(session: Session) -> Session:
    """Something was written for good: no way back across it, and nothing left to resume."""
    return session.but(trail=(), undo={}, saved=False)


def turn(session: Session, page: int) -> Session:
    """Show another page of the same screen."""
    return session.but(page=page, fault=None)


def refuse(session: Session, wrong: Wrong) -> Session:
    """Stay, with an error line."""
    return session.but(misses=session.misses + 1, fault=wrong)


def _undo(session: Session, known: Mapping[str, str]) -> Mapping[StateId, Mapping[str, str]]:
    """Note with the screen just left what it knew otherwise; its oldest word stands."""
    lost = {name: value for name, value in session.known.items() if known.get(name) != value}
    if not (lost and session.trail):
        return session.undo
    last = session.trail[-1]
    return {**session.undo, last: {**lost, **session.undo.get(last, {})}}
