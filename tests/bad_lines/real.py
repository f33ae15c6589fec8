"""Lines to the real services: what was heard on a good line is what a worse one is held against."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

import redis
from sqlalchemy import Column, DateTime, select, text

from menus.engine import Engine
from menus.play import CUT_OFF, dialled
from runtime.wiring import House
from services import demo
from services.dialogue import drafts as kept
from storage.tables import metadata
from tests.bad_lines.plan import Moment, has_two_readings
from tests.support.installation import Clock
from tests.support.phone import Phone

Rows = Mapping[str, list[tuple[object, ...]]]

_CODE: Final = re.compile(r"\d{3} \d{3}( \d{3})?")
# How calls went is what differs, and what they left is compared as rows of everything else.
_OF_CALLS: Final = frozenset(
    {"session_calls", "phone_calls", "session_ends", "funnel", "books", "drafts", "alembic_version"}
)
_MADE_UP: Final = re.compile(r"(^|_)(id|ids|at|code|key|index|sealed|until|phone|details)$")


def rows(house: House) -> Rows:
    """Return what all tables hold, without what is made up anew each time."""
    with house.database.begin() as conn:
        return {
            table.name: sorted((tuple(row) for row in conn.execute(select(*columns))), key=repr)
            for table in metadata.sorted_tables
            if table.name not in _OF_CALLS and (columns := [c for c in table.c if _told(c)])
        }


def _told(column: Column[object]) -> bool:
    return not _MADE_UP.search(column.name) and not isinstance(column.type, DateTime)


def emptied(house: House) -> None:
    """Forget everything, and plant the offices of the demo again."""
    names = ", ".join(table.name for table in metadata.sorted_tables if table.name != "books")
    with house.database.begin() as conn:
        conn.execute(text(f"truncate {names} restart identity cascade"))
        demo.plant(conn)
    _forgets(house)


def _forgets(house: House) -> None:
    with redis.Redis.from_url(house.redis_url) as server:
        server.flushall()


def _blotted(words: str) -> str:
    return _CODE.sub("<code>", words)


class RealLine:
    """A good line: does what a dialogue says, whatever is shown, and notes it."""

    def __init__(self, house: House, clock: Clock, url: str, engine: Engine) -> None:
        self.house = house
        self.engine = engine
        self.phone = Phone(house, clock, url, "+6281300000001")
        self.moments: list[Moment] = []
        self.began = 0

    def plays(self, typed: tuple[str, ...]) -> list[str]:
        """Return the screens of a call from an empty house."""
        emptied(self.house)
        shown = []
        for place, said in enumerate(typed):
            if (first := dialled(said)) is not None:
                self.began = place
                self._dials(f"*123*{first}#" if first else "*123#", place)
            elif said == CUT_OFF:
                self.phone.cut_off()
            elif not self.phone.ended:
                self._types(said, place)
            shown.append(_blotted(self.phone.screen))
            self._notes(said)
        return shown

    def _dials(self, code: str, place: int) -> None:  # noqa: ARG002 - which one matters elsewhere
        self.phone.dials(code)

    def _types(self, said: str, place: int) -> None:  # noqa: ARG002 - the same
        self.phone.types(said)

    def _notes(self, said: str) -> None:
        session = self.house.dialogue.where(
            "africastalking", self.phone._session, self.phone.number
        )
        assert session is not None
        self.moments.append(Moment(said, session, self.phone.screen, "", self.phone.ended))

    def _writes_behind(self) -> None:
        house = self.house
        kept.flush(house.database, house.vault, house.sessions, house.clock())


class RealForgetful(RealLine):
    """Redis forgets everything before every hop, as on the line of told worlds."""

    def __init__(self, good: RealLine) -> None:
        super().__init__(good.house, good.phone._clock, "", good.engine)
        self.phone, self.plan = good.phone, good.moments

    def _dials(self, code: str, place: int) -> None:
        self._writes_behind()
        if not (place and self.engine.opens(self.plan[place - 1].session)):
            _forgets(self.house)
        super()._dials(code, place)

    def _types(self, said: str, place: int) -> None:
        if not has_two_readings(self.engine, self.plan, self.began, place):
            _forgets(self.house)
        super()._types(said, place)


class RealTwice(RealLine):
    """Every callback comes twice."""

    def __init__(self, good: RealLine) -> None:
        super().__init__(good.house, good.phone._clock, "", good.engine)
        self.phone = good.phone

    def _dials(self, code: str, place: int) -> None:
        super()._dials(code, place)
        self.phone.repeats()

    def _types(self, said: str, place: int) -> None:
        super()._types(said, place)
        self.phone.repeats()


class RealCut(RealLine):
    """Cut before every answer; goes on where that is offered, else types again from the start.

    Where the next call begins with what this one has written, the caller stays on the line.
    """

    def __init__(self, good: RealLine) -> None:
        super().__init__(good.house, good.phone._clock, "", good.engine)
        self.phone, self.plan = good.phone, good.moments
        self.cuts = 0

    def _types(self, said: str, place: int) -> None:
        left = (self.phone._session, list(self.phone._typed), self.phone.screen)
        if self._is_back(place):
            self.cuts += 1
        else:
            self.phone._session, self.phone._typed, self.phone.screen = left
            self.phone.ended = False
        super()._types(said, place)

    def _is_back(self, place: int) -> bool:
        told = [_blotted(moment.words) for moment in self.plan]
        wanted = told[place - 1]
        saved = self.plan[place - 1].session.saved
        self.phone.dials(None if saved else self._code())
        if self.phone.screen == wanted:
            return True
        return saved and self._goes_on(wanted)

    def _goes_on(self, wanted: str) -> bool:
        if not self.phone.screen.startswith("Lanjut"):
            return False
        self.phone.types("1")
        return _blotted(self.phone.screen) == wanted

    def _code(self) -> str:
        first = dialled(self.plan[self.began].said)
        return f"*123*{first}#" if first else "*123#"
