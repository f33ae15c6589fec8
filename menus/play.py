"""Play the menus on a pretended handset: ``kuning menus play``, dialogues and tests."""

from __future__ import annotations

from typing import Final

from menus.engine import Engine
from menus.events import Answered, Screen
from menus.replay import Due, History, hear_out, replay
from menus.sample import World
from menus.session import Session

DIALS: Final = "(telepon)"
CUT_OFF: Final = "(putus)"
ENDED: Final = "(selesai)"
"""What a transcript writes for dialling, being cut off, and the end of a session."""


class Play:
    """One handset; ``transcript`` holds all that was typed and shown."""

    def __init__(self, engine: Engine, world: World, language: str = "id") -> None:
        self.engine = engine
        self.world = world
        self.language = language
        self.session = self._new()
        self.screen = Screen("")
        self.transcript: list[str] = []

    def dial(self) -> Screen:
        """Dial the service code."""
        self.session = self._new()
        return self._hears(History(()), DIALS)

    def type(self, text: str) -> Screen:
        """Answer the screen."""
        return self._hears(History((text,), live=True), text)

    def cut_off(self) -> None:
        """Lose the connection; what was saved can be resumed."""
        self.world.keep(self.session, opens=self.engine.opens(self.session))
        self.session = self._new()
        self.transcript.append(f"> {CUT_OFF}")

    def enter(self, said: str) -> None:
        """Dial, cut off or type, as a dialogue file says."""
        match said:
            case _ if said == DIALS:
                self.dial()
            case _ if said == CUT_OFF:
                self.cut_off()
            case _:
                self.type(said)

    def _new(self) -> Session:
        return self.engine.start(self.language)

    def _hears(self, history: History, said: str) -> Screen:
        hearing = replay(self.engine, self.session, history)
        heard = hear_out(hearing, self._answer)
        self.session, self.screen = heard.session, heard.screen
        shown = self.screen.text.split("\n") + ([ENDED] if self.screen.ends else [])
        self.transcript += [f"> {said}", *(f"< {line}" for line in shown)]
        return self.screen

    def _answer(self, due: Due) -> Answered:
        return self.world.answer(due.perform.call, due.perform.known)
