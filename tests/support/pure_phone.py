"""A handset on the pure engine: no gateway, no database, a pretended world.

After every turn the session goes through JSON, and the screen is measured.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Self

from domain import gsm7
from menus.engine import Engine
from menus.play import Play
from menus.sample import World
from menus.session import Session

NIK = "3210115508980001"


class PurePhone:
    """Reads as a phone call: ``phone.dials().sees("1. Buat kartu kuning").types("1")``."""

    def __init__(self, engine: Engine, language: str = "id") -> None:
        self.engine = engine
        self.world = World()
        self.play = Play(engine, self.world, language)

    @property
    def session(self) -> Session:
        return self.play.session

    @property
    def screen(self) -> str:
        return self.play.screen.text

    def hears(self, **outcomes: str) -> Self:
        """Let calls answer otherwise than usual: ``card_book="taken,booked"``."""
        told = {call.replace("_", ".", 1): said.split(",") for call, said in outcomes.items()}
        self.world.outcomes = {**self.world.outcomes, **told}
        return self

    def knows(self, **facts: str) -> Self:
        self.world.facts = {**self.world.facts, **facts}
        return self

    def dials(self) -> Self:
        self.play.dial()
        return self._measured()

    def types(self, *texts: str) -> Self:
        for text in texts:
            assert not self.play.screen.ends, f"the call has ended:\n{self.screen}"
            self.play.type(text)
            self._measured()
        return self

    def cut_off(self) -> Self:
        self.play.cut_off()
        return self

    def dials_again(self) -> Self:
        return self.dials()

    def in_language(self, language: str) -> Self:
        self.play.language = language
        return self

    def sees(self, *words: str) -> Self:
        for word in words:
            assert word in self.screen, f"{word!r} is not in:\n{self.screen}"
        return self

    def sees_no(self, *words: str) -> Self:
        for word in words:
            assert word not in self.screen, f"{word!r} is in:\n{self.screen}"
        return self

    def sees_just(self, *lines: str) -> Self:
        assert self.screen == "\n".join(lines)
        return self

    def is_at(self, state: str) -> Self:
        assert self.session.at == state, f"at {self.session.at}:\n{self.screen}"
        return self

    def knows_of(self, facts: Mapping[str, str]) -> Self:
        assert facts.items() <= self.session.known.items()
        return self

    def hung_up(self) -> Self:
        assert self.play.screen.ends, f"still on the line at {self.session.at}:\n{self.screen}"
        return self

    def _measured(self) -> Self:
        self.play.session = Session.from_json(self.session.to_json())
        assert not gsm7.foreign(self.screen)
        assert gsm7.septets(self.screen) <= gsm7.SAFE_SEPTETS, self.screen
        assert self.engine.redraw(self.session) == self.play.screen
        return self
