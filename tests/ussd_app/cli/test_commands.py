"""Each noun of the command line, on an installation of its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.installed import Installed, family, installed
from tests.support.processes import until


@pytest.fixture(scope="module")
def kuning(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installed]:
    """An installation whose tables are made; its servers run only while a command needs them."""
    home = tmp_path_factory.mktemp("commands") / "home"
    one = installed(home)
    done = one.says("db", "upgrade")
    assert done.returncode == 0, done.stderr
    yield one
    until(lambda: not family(home))


def test_help_lists_the_nouns(kuning: Installed) -> None:
    said = kuning.says("--help").stdout
    assert all(noun in said for noun in ("up", "web", "work", "db", "menus", "officers", "sms"))


def test_an_unknown_noun_is_told(kuning: Installed) -> None:
    done = kuning.says("dance")
    assert done.returncode == 2
    assert "dance" in done.stderr


def test_upgrading_again_changes_nothing(kuning: Installed) -> None:
    done = kuning.says("db", "upgrade")
    assert done.returncode == 0
    assert "Password" not in done.stdout


def test_a_command_leaves_no_server_behind(kuning: Installed) -> None:
    kuning.says("sms", "outbox")
    until(lambda: not family(kuning.home))


def test_an_officer_is_let_in_and_gets_a_new_password(kuning: Installed) -> None:
    words = ("officers", "add", "rina@example.go.id", "--office", "32.10", "--name", "Rina")
    done = kuning.says(*words)
    assert done.returncode == 0, done.stderr
    note = kuning.home / "new-passwords.txt"
    first = note.read_text("utf-8")
    assert "rina@example.go.id" in first
    assert kuning.says("officers", "reset", "rina@example.go.id").returncode == 0
    assert len(note.read_text("utf-8").splitlines()) == len(first.splitlines()) + 1
    assert all(line.split()[-1] not in done.stdout + done.stderr for line in first.splitlines())


@pytest.mark.parametrize(
    "words",
    [
        ("officers", "add", "rina", "--office", "32.10", "--name", "Rina"),
        ("officers", "add", "r@example.go.id", "--office", "99.99", "--name", "Rina"),
        ("officers", "reset", "nobody@example.go.id"),
        ("sms", "resend", "00000000-0000-0000-0000-000000000000"),
    ],
)
def test_what_cannot_be_done_is_told_without_a_traceback(
    kuning: Installed, words: tuple[str, ...]
) -> None:
    done = kuning.says(*words)
    assert done.returncode == 1
    assert done.stderr.startswith("Error: ")
    assert "Traceback" not in done.stderr


def test_sending_is_paused_and_resumed(kuning: Installed) -> None:
    assert "paused" in kuning.says("sms", "pause", "holiday").stdout
    assert "holiday" in kuning.says("sms", "outbox").stdout
    assert "sent again" in kuning.says("sms", "resume").stdout
    assert "holiday" not in kuning.says("sms", "outbox").stdout


def test_a_test_sms_is_sent_to_a_number_that_is_asked_for(kuning: Installed) -> None:
    done = kuning.says("sms", "send-test", typed="081200000001\n")
    assert done.returncode == 0, done.stderr
    assert kuning.says("sms", "send-test", typed="0233 281 000\n").returncode == 1


def test_the_menus_are_clean_and_can_be_drawn(kuning: Installed) -> None:
    checked = kuning.says("menus", "check")
    assert checked.returncode == 0, checked.stdout
    assert kuning.says("menus", "chart").stdout.startswith("flowchart")


def test_the_menus_can_be_played_and_kept_as_a_dialogue(kuning: Installed, tmp_path: Path) -> None:
    kept = tmp_path / "call.txt"
    words = ("menus", "play", "--facts", "place=Disnaker Banjar", "--record", str(kept))
    done = kuning.says(*words, typed="1\n123\n(putus)\n(telepon)\n")
    assert done.returncode == 0, done.stderr
    assert "NIK 16 angka. Tadi 3." in done.stdout
    assert "> 123" in kept.read_text("utf-8")
    assert kuning.says(*words, typed="").returncode == 2


def test_a_world_that_cannot_be_is_told(kuning: Installed) -> None:
    done = kuning.says("menus", "play", "--world", "card.book=danced", typed="")
    assert done.returncode == 2
    assert "card.book=danced" in done.stderr
