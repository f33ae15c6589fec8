"""The menus change in the middle of calls: a deploy, as callers meet it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from menus.catalog import read_translations
from menus.loader import read_flows
from runtime.wiring import House
from services.books import engines
from services.dialogue import Dialogue
from tests.story.conftest import Calls
from tests.story.people import SITI
from tests.support.broken_book import BookCopy
from tests.support.installation import served

OLD = "Tinggal di Kec. {district:24}?"


@pytest.fixture
def deployed(house: House, tmp_path: Path) -> Iterator[tuple[House, str]]:
    """The same house with the next release's menus, and its address."""
    book = BookCopy.under(tmp_path)
    book.rewords("register.home_here", "choose:", OLD, OLD.replace("Tinggal", "Rumah"))
    flows, words = read_flows(tmp_path / "flows"), read_translations(tmp_path / "locale")
    newer = engines(house.database, house.clock(), flows=flows, translations=words)
    dialogue = Dialogue(replace(house.dialogue._house, engines=newer))
    after = replace(house, dialogue=dialogue)
    with served(after) as address:
        yield after, address


def test_who_is_inside_finishes_with_the_old_words_and_who_returns_meets_the_new(
    calls: Calls, deployed: tuple[House, str]
) -> None:
    phone = calls(SITI).dials().types("1").types(SITI.nik).types("1")
    phone.is_served_by(*deployed).types("Siti").sees("Tinggal di Kec. Jatiwangi?")
    phone.cut_off().dials_again().is_at("main.unfinished").types("1")
    phone.sees("Rumah di Kec. Jatiwangi?").types("1").sees("Siti, datang Sen 23 Nov jam 8")
    phone.types("1").sees("Kode ").types("2").types("1").hung_up().got_sms(
        "Siti, datang Sen 23 Nov jam 8"
    )
