"""`kuning offices` as a person types it: one command, one process."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.support.installed import Installed, family, installed
from tests.support.processes import until


@pytest.fixture(scope="module")
def kuning(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installed]:
    """An installation with the two offices of the demo."""
    home = tmp_path_factory.mktemp("offices") / "home"
    one = installed(home)
    done = one.says("db", "upgrade")
    assert done.returncode == 0, done.stderr
    yield one
    until(lambda: not family(home))


def test_the_offices_are_listed_by_code(kuning: Installed) -> None:
    listed = kuning.says("offices", "list").stdout.splitlines()
    assert [line.split()[0] for line in listed] == ["32.10", "33.74"]


def test_what_was_set_is_shown(kuning: Installed) -> None:
    done = kuning.says("offices", "set", "32.10", "phone=0233 281000", "daily_quota=45")
    assert (done.returncode, done.stdout) == (0, "Changed: phone, daily_quota.\n"), done.stderr
    shown = kuning.says("offices", "show", "32.10").stdout.splitlines()
    assert {"phone='0233 281000'", "daily_quota=45"} <= set(shown)


def test_all_mistakes_are_told_with_2_and_nothing_is_set(kuning: Installed) -> None:
    before = kuning.says("offices", "show", "33.74").stdout
    done = kuning.says("offices", "set", "33.74", "counter=loket 9", "zone=GMT", "hours=8")
    assert done.returncode == 2
    named = [line.split(":")[0] for line in done.stderr.splitlines()]
    assert named == ["zone", "hours", "Nothing was changed."]
    assert kuning.says("offices", "show", "33.74").stdout == before


def test_a_holiday_comes_and_goes(kuning: Installed) -> None:
    words = ("offices", "holiday", "32.10", "2029-03-15")
    assert kuning.says(*words, "Hari jadi").stdout == "Closed on that day.\n"
    told = "holiday 2029-03-15 'Hari jadi'"
    assert told in kuning.says("offices", "show", "32.10").stdout
    assert kuning.says(*words, "Hari jadi").returncode == 2
    assert kuning.says(*words, "--remove").stdout == "Open on that day.\n"
    assert told not in kuning.says("offices", "show", "32.10").stdout


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("show", "99.99"), 1),
        (("set", "99.99", "counter=loket 9"), 1),
        (("set", "32.10", "counter"), 2),
        (("set", "32.10", "counter=1", "counter=2"), 2),
        (("holiday", "32.10", "25-12-2026", "Natal"), 2),
    ],
)
def test_what_cannot_be_done_is_told_without_a_traceback(
    kuning: Installed, words: tuple[str, ...], code: int
) -> None:
    done = kuning.says("offices", *words)
    assert done.returncode == code
    assert "Error: " in done.stderr
    assert "Traceback" not in done.stderr
