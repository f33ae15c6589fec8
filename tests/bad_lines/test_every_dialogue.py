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


@pytest.fixture(scope="module")
def whole(request: pytest.FixtureRequest) -> bool:
    """Whether to hurt every hop of every dialogue: in `make soak`."""
    return bool(request.config.getoption("--soak"))


@pytest.mark.parametrize("path", DIALOGUES, ids=lambda path: path.stem)
def test_a_dialogue_ends_alike_on_every_line(
    path: Path, engine: Engine, exchange: Exchange, *, whole: bool
) -> None:
    script = Script.parse(path.read_text("utf-8"))
    left = Line(exchange, engine, script).played()
    worse = (
        Forgetful(exchange, engine, script),
        Twice(exchange, engine, script),
        Cut(exchange, engine, script, every=1 if whole else 3),
    )
    # The lines do not know languages: in `make check` one of them will do for a translation.
    first = DIALOGUES.index(path) % len(worse)
    some = worse if whole or script.language == "id" else worse[first : first + 1]
    for line in some:
        assert line.played() == left, type(line).__name__
