"""Hear a history: every gateway that sends ``1*2*Siti`` leaves the cutting to us.

``replay`` is a generator: it yields each call that falls due, the shell sends its answer back, and
the generator returns how the hearing ended::

    hearing = replay(engine, session, History(parts, heard=3, live=True))
    due = next(hearing)            # Due(perform, session, heard, ordinal)
    due = hearing.send(answered)   # ... until StopIteration, whose value is Stepped or Ambiguous
"""

from __future__ import annotations

from collections.abc import Collection, Generator
from dataclasses import dataclass

from menus.definition import StateId
from menus.engine import Engine
from menus.events import Answered, Dialled, Effect, Perform, Screen
from menus.session import Session


@dataclass(frozen=True, slots=True)
class History:
    """All parts of a session's history, of which the first ``heard`` are behind us.

    ``live``: the rest came in one hop, so a question takes all that is left as its answer.
    ``ended_at``: numbers of parts after which an answer is known to have ended (a call was
    recorded there), which settles readings that would else be two.
    """

    parts: tuple[str, ...]
    heard: int = 0
    live: bool = False
    ended_at: Collection[int] = ()


@dataclass(frozen=True, slots=True)
class Due:
    """A call to perform after ``heard`` parts; ``ordinal`` counts the calls since that part."""

    perform: Perform
    session: Session
    heard: int
    ordinal: int


@dataclass(frozen=True, slots=True)
class Stepped:
    """All was heard. ``heard`` parts were taken (fewer where the session ended before)."""

    session: Session
    effects: tuple[Effect, ...]
    screen: Screen
    heard: int


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """An answer had two readings: its question, ``at``, is asked again; all parts are spent."""

    session: Session
    effects: tuple[Effect, ...]
    screen: Screen
    heard: int
    at: StateId


Heard = Stepped | Ambiguous
Hearing = Generator[Due, Answered, Heard]


def parts_of(history: str) -> tuple[str, ...]:
    """``1*2*Siti`` in its parts; an empty history has none."""
    return tuple(history.split("*")) if history else ()


def replay(
    engine: Engine, session: Session, history: History, dialled: Dialled | None = None
) -> Hearing:
    """Step ``session`` through what is not yet heard of ``history``.

    A session not yet begun is dialled first, with ``dialled``. Never guesses: where a text answer
    leaves two readings its question is asked again, and what follows is heard as its answer.
    """
    raise NotImplementedError
