"""`kuning languages` and `kuning menus` as they are typed: what they write and what they refuse."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from ussd_app.cli import main
from ussd_app.review import sheet
from ussd_app.review.sheet import CHANGE


def test_the_command_writes_a_sheet_and_refuses_a_bad_one(tmp_path: Path) -> None:
    file = tmp_path / "en.csv"
    asked = CliRunner().invoke(main, ["languages", "review", "en", "--out", str(file)])
    assert asked.exit_code == 0, asked.output
    assert CHANGE in file.read_text("utf-8-sig").partition("\n")[0]
    nameless = ["languages", "review", "en", "--read", str(file)]
    assert CliRunner().invoke(main, nameless).exit_code == 1


def test_a_damaged_sheet_is_told_in_a_line(tmp_path: Path) -> None:
    file = tmp_path / "su.csv"
    file.write_text(";".join(sheet.COLUMNS) + '\nlayar;"' + "open " * 40_000, "utf-8")
    told = CliRunner().invoke(main, ["languages", "review", "su", "--read", str(file)])
    assert (told.exit_code, told.output.count("\n")) == (1, 1)
    assert f"Error: {file}: line" in told.output


@pytest.mark.parametrize(
    "words",
    [
        ("languages", "review", "su", "--out"),
        ("menus", "chart", "--svg"),
        ("poster", "32.10.11.2001", "--out"),
    ],
)
def test_a_file_that_cannot_be_written_is_told_in_a_line(
    words: tuple[str, ...], tmp_path: Path
) -> None:
    file, home = tmp_path / "nowhere" / "file", {"KUNING_HOME": str(tmp_path / "home")}
    told = CliRunner().invoke(main, [*words, str(file)], env=home)
    assert told.exit_code == 1
    assert told.output == f"Error: {file}: No such file or directory\n"


def test_the_command_tells_which_languages_may_be_offered() -> None:
    told = CliRunner().invoke(main, ["languages", "list"]).output
    assert told.startswith("id: offered\nsu: ")


def test_the_command_for_effort_tells_what_a_line_makes_impossible() -> None:
    impatient = {"KUNING_IDLE_SECONDS": "20"}
    told = CliRunner().invoke(main, ["menus", "effort", "--callers", "1"], env=impatient)
    assert told.exit_code == 1
    assert told.output.startswith("| task | hops | keys |")
    assert "book a card: register.nik takes 26.6 s (at most 20)" in told.output
    wrong = CliRunner().invoke(main, ["menus", "effort"], env={"KUNING_IDLE_SECONDS": "x"})
    assert wrong.exit_code == 2
