"""Each dialogue ends alike on a line that forgets, repeats or cuts, and leaves the same rows."""

from __future__ import annotations

from pathlib import Path

import pytest

from menus.catalog import load_catalog
from menus.engine import Engine
from menus.loader import load_book
from menus.script import Script
from tests.bad_lines.lines import Cut, Exchange, Forgetful, Line, Twice

DIALOGUES = sorted((Path(__file__).parents[1] / "dialogues").glob("*.txt"))


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine(load_book(), load_catalog())


@pytest.mark.parametrize("path", DIALOGUES, ids=lambda path: path.stem)
def test_a_dialogue_ends_alike_on_every_line(
    path: Path, engine: Engine, exchange: Exchange
) -> None:
    script = Script.parse(path.read_text("utf-8"))
    left = Line(exchange, engine, script).played()
    for worse in (Forgetful, Twice, Cut):
        assert worse(exchange, engine, script).played() == left, worse.__name__
