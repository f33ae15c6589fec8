"""`kuning dial` at a real terminal, and fed by a script, on an installation that is up."""

from __future__ import annotations

import json
import signal
import subprocess
from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import psycopg
import pytest

from domain.gsm7 import SAFE_SEPTETS, septets
from menus.catalog import load_catalog
from menus.engine import Engine
from menus.loader import load_book
from menus.script import Script
from runtime.embedded.servers import connect
from tests.support.free_port import free_port
from tests.support.installed import Installed, installed
from tests.support.terminal import Terminal, terminal

SITI, DEWI, BUDI = "3210115508980001", "3374106902000002", "3210111508980001"
DIALOGUES = Path(__file__).parents[2] / "dialogues"
CTRL_C, CTRL_D = "\x03", "\x04"


@pytest.fixture(scope="module")
def kuning(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installed]:
    """An installation that is up."""
    one = installed(tmp_path_factory.mktemp("dial") / "home")
    with one.up():
        yield one


def dial(kuning: Installed, *words: str, kind: str = "xterm") -> AbstractContextManager[Terminal]:
    """Sit down at a terminal and say `kuning dial`."""
    line = kuning._line(("dial", *words))
    return terminal(line, {**kuning._environment(), "TERM": kind})


def script(kuning: Installed, *words: str, typed: str) -> subprocess.CompletedProcess[str]:
    return kuning.says("dial", *words, typed=typed)


def plays(file: Path) -> Script:
    """A recording is a dialogue as those in tests/dialogues, and plays without any server."""
    text = file.read_text("utf-8")
    written = Script.parse(text)
    assert str(written) == text
    assert written.played(Engine(load_book(), load_catalog())).lines == written.lines
    assert all(septets(line[2:]) <= SAFE_SEPTETS for line in written.lines)
    return written


def test_somebody_books_a_day_and_the_sms_comes_by_itself(kuning: Installed) -> None:
    with dial(kuning, "--number", "0812 1000 0001") as phone:
        phone.sees(
            "called from +6281210000001", "╭──", "1. Buat kartu kuning", "septets left", " s"
        )
        phone.types("1").sees("Ketik NIK").types(SITI).sees("Lahir 15-08-1998")
        phone.types("1", "Siti", "1").sees("Siti, datang").types("1").sees("Tersimpan. Kode ")
        phone.types("2").sees("Perlu dibantu").types("1")
        phone.sees("the service has ended the call", "(no call) ").has("│ SMS ")
        phone.types("/sms").sees("│ SMS ").presses(CTRL_D)
        assert phone.ends() == 0


def test_a_whole_story_is_recorded_and_plays_with_and_without_servers(
    kuning: Installed, tmp_path: Path
) -> None:
    """A wrong NIK, a lost connection, another language: what was heard is what plays."""
    file = tmp_path / "cerita.txt"
    with dial(kuning, "--number", "081210000002", "--record", str(file)) as phone:
        phone.types("5", "4").sees("Basa Sunda").types("2").sees("Ngadamel").types("/cut", "")
        phone.sees("Ngadamel").types("5", "4", "1").sees("Buat kartu kuning")
        phone.types("1", "32101155").sees("NIK 16 angka. Tadi 8.", "Ketik 6 angka pertama NIK")
        phone.types("321011", "150898", "0001").sees("laki-laki.").types("1", "Budi")
        phone.sees("Kec. Jatiwangi?").types("/cut").sees("(no call)").types("")
        phone.sees("Lanjut daftar?").types("1").sees("Kec. Jatiwangi?").types("2", "pal")
        phone.sees("Palasah, Majalengka").types("1").sees("Budi, datang").types("2")
        phone.sees("Pilih hari").types("2").sees("Budi, datang").types("1").sees("Kode ")
        phone.types("2").sees("Perlu dibantu").types("1")
        phone.sees("(no call)").types("*123#").sees("Budi: datang").presses(CTRL_D)
        assert phone.ends() == 0
        assert "Written: " in phone.text
    assert file.stat().st_mode & 0o777 == 0o600
    written = plays(file)
    text = file.read_text("utf-8")
    assert "< Lanjut daftar?" in text
    assert "1. Palasah, Majalengka" in text
    assert "Kode 482 157 901" in text
    assert any(line.startswith("< Budi: datang Sel 24 Nov") for line in written.lines)
    assert text.count("< 1. Ngadamel kartu kuning") == 2
    again = script(kuning, "--play", str(file), typed="")
    assert again.returncode == 0, again.stdout + again.stderr
    assert "all as written" in again.stdout


def test_a_dumb_terminal_gets_plain_signs(kuning: Installed) -> None:
    with dial(kuning, "--number", "081210000003", kind="dumb") as phone:
        phone.sees("+---", "| 1. Buat kartu kuning").types("/cut", "").sees("Buat kartu kuning")
        phone.presses(CTRL_C)
        assert phone.ends() == 0
        assert phone.raw.isascii()
        assert "\x1b" not in phone.raw


def test_ctrl_c_hangs_up_tells_the_service_and_keeps_the_recording(
    kuning: Installed, tmp_path: Path
) -> None:
    before = ends(kuning)
    with dial(kuning, "--number", "081210000004", "--record", str(tmp_path / "a.txt")) as phone:
        phone.types("1").sees("Ketik NIK").presses(CTRL_C)
        assert phone.ends() == 0
    assert plays(tmp_path / "a.txt").lines[-1] == "> (putus)"
    assert ends(kuning) == [*before, "Incomplete"]


def test_a_closed_terminal_keeps_the_recording_too(kuning: Installed, tmp_path: Path) -> None:
    with dial(kuning, "--number", "081210000005", "--record", str(tmp_path / "a.txt")) as phone:
        phone.types("2").sees("Ketik kode").sees("> ").hears(signal.SIGHUP)
        assert phone.ends() == 0
    assert "> 2" in plays(tmp_path / "a.txt").lines


def test_a_script_gets_the_lines_of_a_dialogue(kuning: Installed, tmp_path: Path) -> None:
    typed = f"1\n{DEWI}\n/repeat\n1\nDewi\n1\n1\n2\n/sms 60\n/dial\n"
    words = ("--number", "081210000006", "--record", str(tmp_path / "a.txt"))
    done = script(kuning, *words, typed=typed)
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    assert lines[0] == "> (telepon)"
    assert lines[-1] == "> (putus)"
    assert any(line.startswith("# SMS ") and "Dewi" in line for line in lines)
    assert "Asked once more: the same screen." in done.stderr
    assert "Traceback" not in done.stderr
    heard = [line for line in lines if line[0] in "<>"]
    written = plays(tmp_path / "a.txt")
    assert len(written.lines) == len(heard)
    assert written.lines[0] == heard[0]


def test_a_script_that_goes_on_after_the_end_is_told_so(kuning: Installed) -> None:
    done = script(kuning, "--number", "+14155550100", typed=f"1\n{SITI}\n1\n")
    assert done.returncode == 1
    assert "Hanya nomor HP Indonesia" in done.stdout
    assert "There is no call" in done.stderr


@pytest.mark.parametrize("typed", ["*123*2#\n", "/dance\n"])
def test_a_line_that_cannot_be_done_ends_a_script(kuning: Installed, typed: str) -> None:
    done = script(kuning, "--number", "081210000007", typed=f"/cut\n{typed}/dial\n")
    deep = typed.startswith("*")
    assert done.returncode == (0 if deep else 1)
    assert ("> (telepon 2)" in done.stdout) is deep


def test_a_dialogue_is_played_and_its_first_difference_told(
    kuning: Installed, tmp_path: Path
) -> None:
    alike = [DIALOGUES / f"{name}.txt" for name in ("nik-salah", "bahasa", "putus-di-nik")]
    same = script(kuning, *(word for file in alike for word in ("--play", str(file))), typed="")
    assert same.returncode == 0, same.stdout + same.stderr
    other = script(kuning, "--play", str(DIALOGUES / "penuh.txt"), typed="")
    assert other.returncode == 1
    said = other.stdout
    assert said.index("penuh.txt:") < said.index("Belum ada hari kosong") < said.index("here")
    assert "Simpan?" in said.split("but here it is")[1]
    stale = tmp_path / "lama.txt"
    stale.write_text((DIALOGUES / "daftar.txt").read_text("utf-8").replace("gratis", "murah"))
    told = script(kuning, "--play", str(stale), typed="")
    assert told.returncode == 2
    assert "line 3" in told.stderr


def test_a_wrong_token_is_told_and_repeated_nowhere(kuning: Installed) -> None:
    here = f"http://127.0.0.1:{kuning.environ['PORT']}"
    words = ("--url", here, "--token", "nobody-knows-this-one", "--number", "081210000008")
    done = script(kuning, *words, typed="1\n")
    assert done.returncode == 1
    assert "404" in done.stderr
    assert "nobody-knows-this-one" not in done.stdout + done.stderr


def test_a_token_that_was_not_told_is_asked_for_and_not_shown(kuning: Installed) -> None:
    token = json.loads((kuning.home / "secrets.json").read_text("utf-8"))["KUNING_WEBHOOK_TOKENS"]
    here = f"http://127.0.0.1:{kuning.environ['PORT']}"
    with dial(kuning, "--url", here, "--number", "081210000009") as phone:
        phone.answers("Token: ", token).sees("1. Buat kartu kuning").presses(CTRL_D)
        assert phone.ends() == 0
        assert token not in phone.text


def test_where_nobody_answers_it_ends_at_once(kuning: Installed, tmp_path: Path) -> None:
    nobody = Installed(kuning.home, kuning.identity, {"PORT": str(free_port())})
    with dial(nobody, "--record", str(tmp_path / "a.txt")) as phone:
        phone.sees("No answer: nobody answers there")
        assert phone.ends() == 1
    assert not (tmp_path / "a.txt").exists()
    assert script(nobody, "--play", str(DIALOGUES / "daftar.txt"), typed="").returncode == 1


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--url", "https://kuning.example.go.id"), "both are needed"),
        (("--token", "t"), "both are needed"),
        (("--url", "http://kuning.example.go.id", "--token", "t"), "https"),
        (("--url", "https://kuning.example.go.id", "--token", "t"), "whose number"),
        (("--number", "12"), "--number"),
        (("--record", "/nowhere/at/all.txt"), "cannot be written"),
        (("--record", "a.txt", "--play", str(DIALOGUES / "daftar.txt")), "exclude"),
    ],
)
def test_what_is_asked_wrongly_is_told(
    kuning: Installed, words: tuple[str, ...], told: str
) -> None:
    done = script(kuning, *words, typed="")
    assert done.returncode == 2
    assert told in done.stderr


def test_a_real_gateway_opens_no_back_door(kuning: Installed) -> None:
    environ = {**kuning.environ, "KUNING_GATEWAY": "africastalking"}
    done = Installed(kuning.home, kuning.identity, environ).says("dial", typed="1\n")
    assert done.returncode == 2
    assert "--url" in done.stderr
    assert "--token" in done.stderr
    assert done.stdout == ""


def test_no_home_is_made_by_calling(tmp_path: Path) -> None:
    done = installed(tmp_path / "home").says("dial", typed="1\n")
    assert done.returncode == 1
    assert "make run" in done.stderr
    assert not (tmp_path / "home").exists()


def ends(kuning: Installed) -> list[str]:
    """How the sessions ended of which the service was told, in order."""
    url = connect(kuning.home).database_url.replace("+psycopg", "")
    with psycopg.connect(url) as connection:
        rows = connection.execute("SELECT status FROM session_ends ORDER BY at").fetchall()
    return [status for (status,) in rows]
