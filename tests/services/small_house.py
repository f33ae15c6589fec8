"""A house for tests of the shell: the small book, real servers, and handlers that leave rows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from sqlalchemy import event, func, select

from menus.engine import Engine
from menus.events import Answered, Screen
from services import drafts
from services.books import Engines
from services.context import CallContext, Handler
from services.dialogue import Dialogue, DialogueParts, Turn
from storage import attempts, recognition
from storage.database import Database
from storage.sessions import RedisSessions
from storage.tables import attempts as rows
from storage.vault import Vault
from tests.services import small_book

SITI = "+6281200000001"
BUDI = "+6281200000002"
START = datetime(2026, 11, 22, 3, tzinfo=UTC)


def recognise(ctx: CallContext) -> Answered:
    since = ctx.now - drafts.KEPT
    found = recognition.find(
        ctx.asks,
        ctx.caller.phone_index,
        drafts_since=since,
        others_since=since,
        lasting=(),
        live=(),
        ended=(),
        ended_after=ctx.now,
        now=ctx.now,
    )
    if ctx.known.get("dialled") != "deep" and found.left is not None:
        return Answered(
            "unfinished", {"tariff": ctx.tariff, "task": "registering", "language": "su"}
        )
    return Answered("new", {"tariff": ctx.tariff, "language": "su"})


def number(_ctx: CallContext) -> Answered:
    return Answered("given", {"number": "7"})


def ask(ctx: CallContext) -> Answered:
    attempts.add(ctx.conn, "asked", ctx.caller.phone_index, ctx.now)
    return Answered("answered", {"number": "8"})


def book(ctx: CallContext) -> Answered:
    attempts.add(ctx.conn, "booked", ctx.caller.phone_index, ctx.now)
    ctx.after_commit.append(ctx.nudge)
    return Answered("booked", {"code": "482157906"})


HANDLERS: Mapping[str, Handler] = {
    "caller.recognise": recognise,
    "draft.resume": drafts.resume,
    "draft.discard": drafts.discard,
    "card.number": number,
    "card.ask": ask,
    "card.book": book,
}


@dataclass(slots=True, repr=False)
class SmallHouse:
    """A dialogue with all its parts at hand, and a caller who takes two seconds an answer."""

    database: Database
    vault: Vault
    sessions: RedisSessions
    engine: Engine = field(default_factory=small_book.engine)
    now: datetime = START
    statements: list[str] = field(default_factory=list)
    nudged: int = 0

    def __post_init__(self) -> None:
        event.listen(self.database.engine, "begin", lambda _conn: self.statements.append("BEGIN"))
        event.listen(self.database.engine, "before_cursor_execute", self._note)

    def parts(self, handlers: Mapping[str, Handler] = HANDLERS) -> DialogueParts:
        version = self.engine.book.version
        return DialogueParts(
            engines=Engines(version, {version: self.engine}),
            handlers=handlers,
            database=self.database,
            vault=self.vault,
            sessions=self.sessions,
            offices=frozenset({"32.10"}),
            tariff="gratis",
            regions=frozenset({"ID"}),
            clock=lambda: self.now,
            nudge=self._nudge,
        )

    def dialogue(self, **changes: object) -> Dialogue:
        """Return a dialogue of this house, parts of it changed."""
        return Dialogue(replace(self.parts(), **changes))  # type: ignore[arg-type]  # any field

    def bookings(self, kind: str = "booked") -> int:
        """Count what a handler left in PostgreSQL."""
        with self.database.begin() as conn:
            count = select(func.count()).select_from(rows).where(rows.c.kind == kind)
            return int(conn.execute(count).scalar_one())

    def _note(self, _conn: object, _cursor: object, statement: str, *_: object) -> None:
        self.statements.append(statement)

    def _nudge(self) -> None:
        self.nudged += 1


@dataclass(slots=True)
class Handset:
    """One session as Africa's Talking tells it: all answers so far at every hop."""

    house: SmallHouse
    hear: Callable[[Turn], Screen]
    session_id: str = "ATUid_1"
    phone: str = SITI
    history: str = ""
    screen: Screen = field(default_factory=lambda: Screen(""))

    def dials(self, history: str = "") -> Handset:
        return self.sends(history)

    def types(self, *answers: str) -> Handset:
        for answer in answers:
            self.sends(f"{self.history}*{answer}" if self.history else answer)
        return self

    def sends(self, history: str) -> Handset:
        self.house.now += timedelta(seconds=2)
        self.history = history
        self.screen = self.hear(self.turn(history))
        return self

    def turn(self, history: str) -> Turn:
        return Turn("africastalking", self.session_id, self.phone, "*123#", history)

    def sees(self, *words: str) -> Handset:
        for word in words:
            assert word in self.screen.text, f"{word!r} is not in:\n{self.screen.text}"
        return self
