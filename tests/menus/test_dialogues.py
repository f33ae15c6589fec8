"""Every file in tests/dialogues is a call: ``>`` is typed, ``<`` is shown."""

from __future__ import annotations

from pathlib import Path

import pytest

from domain.gsm7 import SAFE_SEPTETS, septets
from menus.engine import Engine
from menus.play import DIALS
from menus.script import Script

DIALOGUES = sorted((Path(__file__).parents[1] / "dialogues").glob("*.txt"))


@pytest.mark.parametrize("path", DIALOGUES, ids=lambda path: path.stem)
def test_a_dialogue_goes_as_written(
    path: Path, engine: Engine, request: pytest.FixtureRequest
) -> None:
    written = Script.parse(path.read_text("utf-8"))
    played = written.played(engine)
    if request.config.getoption("--update-dialogues", default=False):
        path.write_text(str(played), "utf-8")
        return
    assert played.lines == written.lines


def test_there_are_dialogues() -> None:
    assert len(DIALOGUES) >= 20


@pytest.mark.parametrize("path", DIALOGUES, ids=lambda path: path.stem)
def test_a_dialogue_file_is_tidy(path: Path) -> None:
    text = path.read_text("utf-8")
    script = Script.parse(text)
    assert str(script) == text
    assert script.header, "say in a '#' line what the call is about"
    assert script.typed[0].startswith(DIALS[:-1])
    assert all(septets(line[2:]) <= SAFE_SEPTETS for line in script.lines)
