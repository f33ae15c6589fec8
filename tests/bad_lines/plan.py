"""A dialogue file as a plan: what the caller does, and what the pure engine then shows."""

from __future__ import annotations

from dataclasses import dataclass

from menus.engine import Engine
from menus.play import CUT_OFF, Play, dialled
from menus.script import Script
from menus.session import Session


@dataclass(frozen=True, slots=True)
class Moment:
    """One thing the caller does, and where the menus are then; no words after a cut."""

    said: str
    session: Session
    words: str
    plain: str
    ends: bool

    @property
    def dials(self) -> bool:
        """Whether he dials here, leaving any call he is in."""
        return dialled(self.said) is not None

    @property
    def refused(self) -> bool:
        """Whether an error line stands above the screen."""
        return self.session.fault is not None


def planned(engine: Engine, script: Script) -> list[Moment]:
    """Play a script without a line, and note each moment."""
    play, moments = Play(engine, script.world(), script.language), list[Moment]()
    for said in script.typed:
        before = play.session
        play.enter(said)
        if said == CUT_OFF:
            moments.append(Moment(said, before, "", "", ends=True))
            continue
        plain = engine.redraw(play.session.but(fault=None)).text
        moments.append(Moment(said, play.session, play.screen.text, plain, play.screen.ends))
    return moments


def has_two_readings(engine: Engine, moments: list[Moment], began: int, at: int) -> bool:
    """Tell whether the history of a call holds an answer that may have been typed with the next.

    Typed text that did, and then something that did not: when all else is forgotten it may have
    been one answer with a star in it, and the service asks again rather than guess.
    """
    return any(
        moments[place].refused
        and place - 2 >= began
        and not moments[place - 1].refused
        and engine.asks(moments[place - 2].session)
        for place in range(began, at + 1)
    )
