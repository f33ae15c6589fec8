"""Cut off before anything was saved: the next call is told so, and nothing else is kept of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from menus.events import Answered
from menus.session import Session
from services.context import CallContext
from services.dialogue import drafts
from services.dialogue.record import Record
from storage.tables import drafts as rows
from tests.services.small_house import BUDI, HANDLERS, SITI, Handset, SmallHouse, recognise


class Listening:
    """A house that notes of each caller it recognises whether he was cut off before."""

    def __init__(self, small: SmallHouse) -> None:
        self.small = small
        self.told: list[bool] = []
        self.hear = small.dialogue(handlers={**HANDLERS, "caller.recognise": self._recognise}).hear
        self._sessions: Iterator[str] = (f"ATUid_{number}" for number in range(9))

    def dials(self, history: str = "", phone: str = SITI) -> Handset:
        return Handset(self.small, self.hear, next(self._sessions), phone).dials(history)

    def _recognise(self, ctx: CallContext) -> Answered:
        cut = {name: value for name, value in ctx.known.items() if name == drafts.CUT}
        self.told.append(bool(cut))
        told = recognise(ctx)
        return Answered(told.outcome, {**told.facts, **cut})


@pytest.fixture
def house(small: SmallHouse) -> Listening:
    return Listening(small)


def test_the_next_call_is_told(house: Listening) -> None:
    house.dials().types("1").sees("Siapa nama?")
    house.dials().sees("Halo")
    house.dials("1").sees("Siapa nama?")
    house.dials(phone=BUDI)
    assert house.told == [False, True, True, False]


def test_for_a_day(house: Listening) -> None:
    house.dials().types("1")
    house.small.now += timedelta(hours=23)
    house.dials()
    house.small.now += timedelta(hours=2)
    house.dials()
    assert house.told == [False, True, False]


def test_all_through_that_call_but_not_in_the_one_that_was_cut(house: Listening) -> None:
    house.dials().types("1", "00", "1")
    house.dials().types("00", "1", "00")
    assert house.told == [False, False, True, True, True]


def test_not_who_left_the_question_or_answered_it(house: Listening) -> None:
    house.dials().types("1", "0").sees("Halo")
    house.dials().types("1", "Siti", "1").sees("Kode")
    house.dials()
    assert house.told == [False, False, False]


def test_what_is_kept_tells_neither_what_was_typed_nor_what_is_known(house: Listening) -> None:
    small, phone = house.small, house.small.vault.index("phone", SITI)
    house.dials().types("1", "S1").sees("Nama dengan huruf saja.")
    record = Record.opened(small.sessions.load("none", phone)[1], small.vault, phone)
    assert record is not None
    assert (record.heard, record.screen.text) == ("", "")
    assert record.session == Session(small.engine.book.version)


def test_it_is_never_written_behind(house: Listening) -> None:
    small = house.small
    house.dials().types("1")
    house.dials().types("1")
    assert drafts.flush(small.database, small.vault, small.sessions, small.now) == 0
    with small.database.begin() as conn:
        assert conn.execute(select(func.count()).select_from(rows)).scalar_one() == 0


def test_a_question_with_nothing_saved_needs_no_database(house: Listening) -> None:
    phone = house.dials().types("1")
    house.small.statements.clear()
    phone.types("S1").types("0").types("1").sees("Siapa nama?")
    assert house.small.statements == []
