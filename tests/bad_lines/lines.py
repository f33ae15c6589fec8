"""Telephone lines: a good one, and three as callers have them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import count
from typing import Final

import redis

from menus.engine import Engine
from menus.play import CUT_OFF, dialled
from menus.script import Script
from services.dialogue import drafts as kept
from storage import drafts
from tests.bad_lines.plan import Moment, has_two_readings, planned
from tests.bad_lines.told import Told, ToldHouse
from tests.support.installation import Clock
from tests.support.phone import Phone

_NUMBERS: Final = count(1)


@dataclass(frozen=True, slots=True)
class Exchange:
    """Every line leads to one house, whose world is told by dialogues."""

    told: ToldHouse
    clock: Clock
    url: str


@dataclass(frozen=True, slots=True)
class Left:
    """What a dialogue leaves behind: what was written for good, and if one could go on.

    Where, is not told: what was said since the last call is lost with Redis, by seconds.
    """

    made: Counter[tuple[str, str]]
    unfinished: bool


class Line:
    """A good line: every screen comes as the dialogue has it."""

    def __init__(self, exchange: Exchange, engine: Engine, script: Script) -> None:
        self._house = exchange.told.house
        self._engine = engine
        self._moments = planned(engine, script)
        self._began = 0
        self._code = ""
        self.told = Told(script.world(), script.language)
        number = f"+62813{next(_NUMBERS):08d}"
        exchange.told.tells(number, self.told)
        self.phone = Phone(self._house, exchange.clock, exchange.url, number)
        self.hurt = 0

    def played(self) -> Left:
        """Play it to its end, and say what it left behind."""
        for place, moment in enumerate(self._moments):
            self._enters(place, moment)
            if moment.said != CUT_OFF:
                self._sees(place, moment)
        return self._left()

    def _enters(self, place: int, moment: Moment) -> None:
        first = dialled(moment.said)
        if first is not None:
            self._began, self.told.committed = place, False
            own = self._house.settings.service_code
            self._code = f"{own[:-1]}*{first}#" if first else own
            self._dials(place)
        elif moment.said == CUT_OFF:
            self.phone.cut_off()
        else:
            self._types(place, moment)

    def _dials(self, place: int) -> None:  # noqa: ARG002 - which one matters on a worse line
        self.phone.dials(self._code)

    def _types(self, place: int, moment: Moment) -> None:  # noqa: ARG002 - the same
        self.phone.types(moment.said)

    def _sees(self, place: int, moment: Moment) -> None:
        told = f"answer {place}, {moment.said!r}, at {moment.session.at}"
        assert self._is_as_told(moment), f"{told}:\n{self.phone.screen}\ninstead of\n{moment.words}"
        assert self.phone.ended == moment.ends, told

    def _is_as_told(self, moment: Moment) -> bool:
        return self.phone.screen == moment.words

    def _writes_behind(self) -> None:
        """Let the clock write down what waits in Redis, as it does every ten seconds."""
        house = self._house
        kept.flush(house.database, house.vault, house.sessions, house.clock())

    def _left(self) -> Left:
        self._writes_behind()
        house, index = self._house, self._house.vault.index("phone", self.phone.number)
        with house.database.begin() as conn:
            draft = drafts.find(conn, index, house.clock() - kept.LIVES)
        return Left(self.told.made, draft is not None)


class Forgetful(Line):
    """Redis forgets everything before every hop.

    Not where it knew alone: that somebody was cut off at a question with nothing saved yet, and
    which of two readings a typed answer has. Then the service asks again, and says so.
    """

    def _dials(self, place: int) -> None:
        self._writes_behind()
        if not (place and self._engine.opens(self._moments[place - 1].session)):
            self._forgets()
        super()._dials(place)

    def _types(self, place: int, moment: Moment) -> None:
        if not has_two_readings(self._engine, self._moments, self._began, place):
            self._forgets()
        super()._types(place, moment)

    def _forgets(self) -> None:
        self.hurt += 1
        with redis.Redis.from_url(self._house.redis_url) as server:
            server.flushall()


class Twice(Line):
    """Every callback comes twice; the answer is the same."""

    def _sees(self, place: int, moment: Moment) -> None:
        super()._sees(place, moment)
        self.phone.repeats()
        self.hurt += 1


class Cut(Line):
    """The call is cut before every answer, and dialled again.

    He goes on with what was saved, and types again only what was not: what never began a draft,
    and what the service had refused. Once a call has written for good what it was made for, the
    next one begins with that, so nothing is cut after it. `every` is 1 to be cut before each
    answer, 3 to be cut before each third: whoever saved nothing yet types much again and again.
    """

    def __init__(self, exchange: Exchange, engine: Engine, script: Script, every: int) -> None:
        super().__init__(exchange, engine, script)
        self._every = every
        self._first = len(self._moments) % every
        self._asked: dict[str, int] = {}

    def _dials(self, place: int) -> None:
        self._asked = dict(self.told.world.asked)
        super()._dials(place)

    def _types(self, place: int, moment: Moment) -> None:
        left = self._moments[place - 1]
        due = place % self._every == self._first or self._engine.opens(left.session)
        if due and not self.told.committed:
            self._is_cut(left, place)
        super()._types(place, moment)

    def _is_cut(self, left: Moment, place: int) -> None:
        self.hurt += 1
        asked = dict(self.told.world.asked)
        self.phone.cut_off()
        self._dials_again(left)
        at = self._first_found(place)
        offered = at is None
        at = self._accepts_the_offer(place) if at is None else at
        opens = self._engine.opens(left.session)
        while at < place - 1 and not (opens and self.phone.screen == left.plain):
            at = self._types_again(at + 1, place, offered=offered)
        back = self._is_as_told(left) or opens
        assert back, f"not where he was:\n{self.phone.screen}\ninstead of\n{left.words}"
        self._remembers(asked)

    def _dials_again(self, left: Moment) -> None:
        self._remembers(self._asked)
        own = self._house.settings.service_code
        self.told.redialled = True
        self.phone.dials(own if left.session.saved else self._code)
        self.told.redialled = False

    def _accepts_the_offer(self, place: int) -> int:
        left = self._moments[place - 1].session.at
        self.told.goes_on = True
        self.phone.types("1")
        self.told.goes_on = False
        at = self._found(place)
        assert at is not None, f"cut off at {left}, here he is:\n{self.phone.screen}"
        return at

    def _types_again(self, at: int, place: int, *, offered: bool) -> int:
        """Do again what he did; return at which moment of the call he is then."""
        moment = self._moments[at]
        lost = moment.refused or self._engine.helps(moment.session) or moment.session.page
        assert lost or not offered, f"what was answered is asked again:\n{self.phone.screen}"
        self.phone.types(moment.said)
        found = None if self.phone.screen == moment.words else self._found(place)
        return at if found is None else max(at, found)

    def _first_found(self, place: int) -> int | None:
        """Return the first moment of this call that showed what is shown now."""
        before = range(self._began, place)
        return next((at for at in before if self._moments[at].words == self.phone.screen), None)

    def _found(self, place: int) -> int | None:
        """Return the last moment of this call that showed what is shown now."""
        before = range(place - 1, self._began - 1, -1)
        return next((at for at in before if self._moments[at].words == self.phone.screen), None)

    def _remembers(self, asked: dict[str, int]) -> None:
        self.told.world.asked.clear()
        self.told.world.asked.update(asked)

    def _is_as_told(self, moment: Moment) -> bool:
        """Say whether he sees the screen; an error line may speak of the NIK in parts."""
        if moment.refused:
            return self.phone.screen.endswith(moment.plain) and self.phone.screen != moment.plain
        return self.phone.screen == moment.words
