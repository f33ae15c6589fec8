"""With the real services behind the line: the same screens, and the same rows in every table.

Nobody is told anything of the world here, so these are the dialogues in Indonesian that need no
other one than an empty house.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from menus.catalog import load_catalog
from menus.engine import Engine
from menus.loader import load_book
from menus.script import Script
from runtime.wiring import House
from tests.bad_lines.real import RealCut, RealForgetful, RealLine, RealTwice, rows
from tests.support.installation import Clock


def _bare(path: Path) -> bool:
    return not any(
        line.startswith(("# dunia:", "# tahu:", "# daftar:", "# bahasa:"))
        for line in Script.parse(path.read_text("utf-8")).header
    )


DIALOGUES = sorted(
    path for path in (Path(__file__).parents[1] / "dialogues").glob("*.txt") if _bare(path)
)


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine(load_book(), load_catalog())


def test_the_same_screens_and_rows_on_every_line(
    house: House, clock: Clock, url: str, engine: Engine
) -> None:
    cuts, answers = 0, 0
    for path in DIALOGUES:
        typed = Script.parse(path.read_text("utf-8")).typed
        good = RealLine(house, clock, url, engine)
        shown, left = good.plays(typed), rows(house)
        for line in (RealForgetful(good), RealTwice(good), cut := RealCut(good)):
            told = path.stem, type(line).__name__
            screens = line.plays(typed)
            assert screens[-1] == shown[-1], told
            assert line is cut or screens == shown, told
            assert rows(house) == left, told
        cuts, answers = cuts + cut.cuts, answers + len(typed)
    assert len(DIALOGUES) >= 8
    assert cuts > answers // 3, "hardly a call was cut"
