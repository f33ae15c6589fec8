"""Play the menus on a pretended handset: ``kuning menus play``, dialogues and tests.

It behaves as the service does: a number keeps its language, a call that is left unfinished can be
gone on with, a ``*`` parts two answers where a choice is asked for.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import partial
from typing import Final

from domain import villages
from menus.engine import Engine
from menus.events import Answered, Screen
from menus.replay import Due, History, hear_out, parts_of, replay
from menus.sample import World
from menus.session import Session

DIALS: Final = "(telepon)"
CUT_OFF: Final = "(putus)"
ENDED: Final = "(selesai)"
"""What a transcript writes for dialling, being cut off, and the end of a session."""
_LONG_CODE: Final = re.compile(r"\(telepon ([^()]+)\)")
KEEPS_LANGUAGE: Final = "language.keep"
"""The call after which the number is spoken to in the session's language."""


def dials(first: str = "") -> str:
    """Return how a transcript writes dialling, with what a long code brings along: ``2``."""
    return f"(telepon {first})" if first else DIALS


def dialled(said: str) -> str | None:
    """Return what a line of a transcript dials along; None where it does not dial."""
    if said == DIALS:
        return ""
    found = _LONG_CODE.fullmatch(said)
    return found[1] if found else None


def asked_of(due: Due, *, deep: bool) -> Mapping[str, str]:
    """Return what a call is told: all that is known, and that a long code was dialled."""
    return {**due.perform.known, **({"dialled": "deep"} if deep and not due.heard else {})}


class Play:
    """One handset; ``transcript`` holds all that was typed and shown."""

    def __init__(self, engine: Engine, world: World, language: str = "id") -> None:
        self.engine = engine
        self.world = world
        self.language = language
        self.session = self._new()
        self.screen = Screen("")
        self.transcript: list[str] = []

    def dial(self, first: str = "") -> Screen:
        """Dial the service code, or a long code that brings a first answer; leave any call."""
        self._keep()
        self.session = self._new()
        _, answers = villages.off_the_poster(first)
        return self._hears(History(parts_of(answers), deep=True), dials(first))

    def type(self, text: str) -> Screen:
        """Answer the screen."""
        return self._hears(History(tuple(text.split("*")), live=True), text)

    def cut_off(self) -> None:
        """Lose the connection; what was saved can be resumed."""
        self._keep()
        self.session = self._new()
        self.transcript.append(f"> {CUT_OFF}")

    def enter(self, said: str) -> None:
        """Dial, cut off or type, as a dialogue file says."""
        first = dialled(said)
        if first is not None:
            self.dial(first)
        elif said == CUT_OFF:
            self.cut_off()
        else:
            self.type(said)

    def _new(self) -> Session:
        return self.engine.start(self.language)

    def _hears(self, history: History, said: str) -> Screen:
        hearing = replay(self.engine, self.session, history)
        deep = self.session.at is None and bool(history.parts)
        heard = hear_out(hearing, partial(self._answer, deep=deep))
        self.session, self.screen = heard.session, heard.screen
        shown = self.screen.text.split("\n") + ([ENDED] if self.screen.ends else [])
        self.transcript += [f"> {said}", *(f"< {line}" for line in shown)]
        return self.screen

    def _answer(self, due: Due, *, deep: bool) -> Answered:
        if due.perform.call == KEEPS_LANGUAGE:
            self.language = due.session.language
        return self.world.answer(due.perform.call, asked_of(due, deep=deep))

    def _keep(self) -> None:
        if not self.screen.ends:
            self.world.keep(self.session, opens=self.engine.opens(self.session))
