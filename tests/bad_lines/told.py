"""A house whose outside world is the one that dialogues tell; drafts are read from PostgreSQL.

What a call answers is told by the dialogue of the phone that asks. The rest is the real thing: the
door, the sessions in Redis, the calls recorded and the drafts kept in PostgreSQL.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Final
from uuid import UUID

from msgspec import structs

from menus.events import Answered
from menus.play import KEEPS_LANGUAGE
from menus.sample import World
from menus.session import Session
from menus.vocabulary import VOCABULARY
from runtime.wiring import House
from services import drafts
from services.context import CallContext, Handler
from services.dialogue import Dialogue
from services.dialogue import drafts as kept
from tests.support import applicants

Known = frozenset[tuple[str, str]]
_ROWS: Final = frozenset({"1", "2"})


@dataclass(slots=True)
class Told:
    """One dialogue's world, and what was made of it: `made` counts what was written for good.

    `redialled` and `goes_on` tell that the test dials again, and takes the offer to go on.
    """

    world: World
    language: str
    redialled: bool = False
    goes_on: bool = False
    committed: bool = False
    made: Counter[tuple[str, str]] = field(default_factory=Counter)
    pure: dict[tuple[str, Known], Answered] = field(default_factory=dict)

    def answer(self, call: str, known: Mapping[str, str], draft: Session | None) -> Answered:
        """Answer a call that is made once, and note what it wrote for good."""
        self.world.draft = draft
        self.world.cut = "cut" in known
        again = self._after_a_cut(call) if draft else ""
        answered = self.world.ends(call, again, known) if again else self.world.answer(call, known)
        spec = VOCABULARY.calls[call]
        if answered.outcome in spec.commits | spec.lasting:
            self.made[call, answered.outcome] += 1
            self.committed |= call != KEEPS_LANGUAGE
        return answered

    def _after_a_cut(self, call: str) -> str:
        """Say how a call ends that only a cut has led to, whatever the dialogue tells of others."""
        if self.redialled and call == "caller.recognise":
            return "unfinished"
        return "resumed" if self.goes_on and call == "draft.resume" else ""

    def answer_purely(self, call: str, known: Mapping[str, str]) -> Answered:
        """Answer a call that is made as often as it is heard, always alike."""
        key = call, frozenset(known.items())
        if key not in self.pure:
            self.pure[key] = self.world.answer(call, known)
        return self.pure[key]


class ToldHouse:
    """Gives the dialogue of a house handlers that ask the world of whoever calls."""

    def __init__(self, house: House) -> None:
        self._database = house.database
        self._phone_index = partial(house.vault.index, "phone")
        self._told: dict[str, Told] = {}
        names = VOCABULARY.calls
        handlers: dict[str, Handler] = {name: partial(self._answer, name) for name in names}
        parts = replace(house.dialogue._house, handlers=handlers)
        self.house = replace(house, dialogue=Dialogue(parts))
        with house.database.begin() as conn:
            for number, nik in enumerate((applicants.SITI, applicants.BUDI), 1):
                applicants.enters(conn, house.vault, nik, id=_row(number), holds_slot=False)

    def tells(self, number: str, told: Told) -> None:
        """Let a number live in this world from now on."""
        self._told[self._phone_index(number)] = told

    def _answer(self, call: str, ctx: CallContext) -> Answered:
        told = self._told[ctx.caller.phone_index]
        if VOCABULARY.calls[call].pure:
            return told.answer_purely(call, ctx.known)
        answered = _named(told.answer(call, ctx.known, self._draft(ctx)))
        if answered.outcome in VOCABULARY.calls[call].commits:
            drafts.forget(ctx)
        if call == KEEPS_LANGUAGE:
            told.language = ctx.language
        if call != "caller.recognise":
            return answered
        return structs.replace(answered, facts={**answered.facts, "language": told.language})

    def _draft(self, ctx: CallContext) -> Session | None:
        if ctx.quick is None:
            return _opened(ctx)
        with self._database.begin() as conn:
            return _opened(structs.replace(ctx, conn=conn))


def _named(answered: Answered) -> Answered:
    """Let the numbers of a dialogue's requests be those of rows, for calls are noted with them."""
    facts = {name: _row_of(name, value) for name, value in answered.facts.items()}
    items = {
        source: [{name: _row_of(source, value) for name, value in line.items()} for line in lines]
        for source, lines in (answered.items or {}).items()
    }
    return structs.replace(answered, facts=facts, items=items)


def _row_of(name: str, value: str) -> str:
    return _row(int(value)) if name in {"request", "caller.people"} and value in _ROWS else value


def _row(number: int) -> str:
    return str(UUID(int=number))


def _opened(ctx: CallContext) -> Session | None:
    draft = drafts.find(ctx)
    return kept.open_draft(ctx.vault, ctx.caller.phone_index, draft.sealed) if draft else None
