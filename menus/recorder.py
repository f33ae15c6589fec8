"""Record a call on any handset as a dialogue file that plays again without servers.

Whoever answered, the service or the pretended office: the call is followed from outside
(`menus.following`), what must have happened behind it is told in the file's header, and the lines
are those the menus show in that world. Days and codes are the pretended office's own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from domain import request_code
from menus.engine import Engine
from menus.events import Screen
from menus.following import PASSING, Follower, Guess
from menus.likeness import Likeness
from menus.play import CUT_OFF, Play, dials
from menus.sample import FACTS
from menus.script import Script
from menus.session import Item

_TRIED: Final = 4  # of the guesses left, the likeliest


@dataclass(frozen=True, slots=True)
class Turn:
    """What the caller did, as a dialogue file says it, and the answer; none to being cut off."""

    said: str
    screen: Screen | None


@dataclass(frozen=True, slots=True)
class Recording:
    """A dialogue that plays; ``lost`` is the first turn that could not be told in it."""

    script: Script
    lost: Turn | None


class Recorder:
    """Hears one handset, turn by turn."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._likeness = Likeness(engine)
        self._follower = Follower(engine, self._likeness)
        self._guesses = self._follower.guesses
        self._turns: list[Turn] = []
        self._lost: Turn | None = None

    @property
    def empty(self) -> bool:
        """Whether nothing has been heard yet."""
        return not self._turns and self._lost is None

    def dialled(self, first: str, screen: Screen) -> None:
        """Hear a dialling, with what a long code brought along."""
        if self._lost is None:
            self._follower.dials(first, screen)
            self._keep(Turn(dials(first), screen))

    def typed(self, text: str, screen: Screen) -> None:
        """Hear an answer. A request code is noted as the pretended office's own."""
        if self._lost is None:
            said = FACTS["code"] if self._is_code(text) else text
            self._follower.types(said, screen)
            self._keep(Turn(said, screen))

    def cut_off(self) -> None:
        """Hear that the call was cut off or left."""
        if self._lost is None:
            self._follower.leaves()
            self._keep(Turn(CUT_OFF, None))

    def recording(self, about: str) -> Recording:
        """Return what was heard as far as it can be told; ``about`` says what the call is about."""
        takes = (self._take(header) for header in self._headers(about))
        best = Recording(Script((f"# {about}",), ()), self._turns[0] if self._turns else self._lost)
        for take in takes:
            if take.lost is self._lost:
                return take
            if len(take.script.lines) > len(best.script.lines):
                best = take
        return best

    def _keep(self, turn: Turn) -> None:
        if self._follower.guesses:
            self._guesses = self._follower.guesses
            self._turns.append(turn)
        else:
            self._lost = turn

    def _alike(self, play: Play, heard: Screen) -> bool:
        return self._likeness.alike(play.session, play.screen, heard, _lasting)

    def _is_code(self, text: str) -> bool:
        return self._follower.asks("code") and isinstance(request_code.check(text), str)

    def _headers(self, about: str) -> Iterator[tuple[str, ...]]:
        """Yield headers to try, those that tell least first."""
        for guess in self._guesses[:_TRIED]:
            plain = (f"# {about}", *_told(guess))
            lasting = {source: lines for source, lines in guess.lists.items() if _lasts(lines)}
            yield from ((*plain, *_daftar(lists)) for lists in ({}, lasting, guess.lists))

    def _take(self, header: tuple[str, ...]) -> Recording:
        """Play what was heard in the world of a header, as far as it goes alike."""
        script = Script(header, ())
        play = Play(self._engine, script.world(), script.language)
        for turn in self._turns:
            before = len(play.transcript)
            play.enter(turn.said)
            if turn.screen and not self._alike(play, turn.screen):
                return Recording(Script(header, tuple(play.transcript[:before])), turn)
        return Recording(Script(header, tuple(play.transcript)), self._lost)


def _lasting(name: str) -> bool:
    return name not in PASSING


def _lasts(lines: tuple[Item, ...]) -> bool:
    return any(_lasting(name) for line in lines for name in line if name != "value")


def _told(guess: Guess) -> Iterator[str]:
    """Yield the header lines of what the pretended world would not do by itself."""
    if guess.began != "id":
        yield f"# bahasa: {guess.began}"
    odd = {call: _brief(guess.told[call]) for call in guess.told if call in guess.odd}
    if odd:
        yield "# dunia: " + " ".join(f"{call}={','.join(ends)}" for call, ends in odd.items())
    facts = {name: value for name, value in guess.facts.items() if "=" not in value}
    if facts:
        yield "# tahu: " + _pairs(facts)


def _brief(outcomes: tuple[str, ...]) -> tuple[str, ...]:
    """Leave out repetitions at the end: the last outcome told stays for good."""
    while len(outcomes) > 1 and outcomes[-1] == outcomes[-2]:
        outcomes = outcomes[:-1]
    return outcomes


def _daftar(lists: Mapping[str, tuple[Item, ...]]) -> Iterator[str]:
    for source, lines in lists.items():
        plain = ({name: said for name, said in line.items() if name != "value"} for line in lines)
        yield f"# daftar: {source} " + " | ".join(map(_pairs, plain))


def _pairs(facts: Mapping[str, str]) -> str:
    return " ".join(f"{name}={value}" for name, value in facts.items())
