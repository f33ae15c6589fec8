"""`kuning vacancies import` as a person types it: one command, one process."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.architecture.repository import ROOT
from tests.support.installed import Installed, family, installed
from tests.support.processes import until

EXAMPLE = ROOT / "docs/lowongan.csv"
IMPORT = ("vacancies", "import", "--office", "32.10")


@pytest.fixture(scope="module")
def kuning(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installed]:
    """An installation with the two offices of the demo."""
    home = tmp_path_factory.mktemp("vacancies") / "home"
    one = installed(home)
    done = one.says("db", "upgrade")
    assert done.returncode == 0, done.stderr
    yield one
    until(lambda: not family(home))


def lasting(tmp_path: Path) -> Path:
    """The example with last days that are still to come, whenever this is run."""
    later = datetime.now(UTC).date() + timedelta(days=60)
    text = EXAMPLE.read_text("utf-8")
    for day in ("31-12-2026", "15-12-2026", "31-01-2027"):
        text = text.replace(day, later.isoformat())
    file = tmp_path / "lowongan.csv"
    file.write_text(text, "utf-8")
    return file


def test_the_example_is_tried_and_taken(kuning: Installed, tmp_path: Path) -> None:
    file = str(lasting(tmp_path))
    tried = kuning.says(*IMPORT, "--publish", "--dry-run", file)
    assert tried.returncode == 0, tried.stderr
    told = "New: 3. Changed: 0. As before: 0.\nPublished: 2.\n"
    assert tried.stdout == told + "Nothing was taken: this was a dry run.\n"
    assert kuning.says(*IMPORT, "--publish", file).stdout == told


def test_every_wrong_line_is_named_with_2_and_nothing_is_taken(
    kuning: Installed, tmp_path: Path
) -> None:
    text = lasting(tmp_path).read_text("utf-8").replace("L-2026-00", "M-")
    wrong = text.replace("Garmen/jahit", "Astronot").replace("Kasir", "x" * 30)
    file = tmp_path / "salah.csv"
    file.write_text(wrong, "utf-8")
    done = kuning.says(*IMPORT, str(file))
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.splitlines() == [
        "line 2: bidang: not one of the words for it, see docs/operations.md",
        "line 3: jabatan: at most 24 characters fit on a screen",
        "Nothing was taken.",
    ]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("import", str(EXAMPLE)), 2),
        (("import", "--office", "99.99", str(EXAMPLE)), 1),
        (("import", "--office", "32.10", "nowhere.csv"), 2),
    ],
)
def test_what_cannot_be_done_is_told_without_a_traceback(
    kuning: Installed, words: tuple[str, ...], code: int
) -> None:
    done = kuning.says("vacancies", *words)
    assert done.returncode == code
    assert "Error: " in done.stderr
    assert "Traceback" not in done.stderr


def test_tables_that_are_not_there_yet_are_called_by_their_name(tmp_path: Path) -> None:
    home = tmp_path / "home"
    done = installed(home).says(*IMPORT, str(EXAMPLE))
    until(lambda: not family(home))
    assert done.returncode == 1
    assert "run kuning db upgrade" in done.stderr
    assert "DATABASE_URL" not in done.stderr
