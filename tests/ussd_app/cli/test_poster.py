"""`kuning poster` as it is typed: a sheet a village, each with a code of its own."""

from __future__ import annotations

import re
import zlib
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from ussd_app.cli import main

_TEXT = re.compile(rb"\((.*?)\) Tj", re.DOTALL)


@pytest.fixture(autouse=True)
def _demo(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("KUNING_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("KUNING_TARIFF", "Rp 200")


def said(*words: str) -> Result:
    return CliRunner().invoke(main, ["poster", *words])


def pages(file: Path) -> list[str]:
    """The words of each page, one string a page."""
    streams = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", file.read_bytes(), re.DOTALL)
    texts = (zlib.decompress(stream) for stream in streams if stream[:1] == b"x")
    found = [" ".join(word.decode("latin-1") for word in _TEXT.findall(text)) for text in texts]
    return [text for text in found if "KARTU KUNING" in text]


def test_a_village_gets_a_sheet_with_its_own_code(tmp_path: Path) -> None:
    file = tmp_path / "p.pdf"
    done = said("32.10.11.2001", "--out", str(file))
    assert (done.exit_code, done.output) == (0, f"{file}: 1 posters\n")
    (page,) = pages(file)
    for words in ("*123*9151#", "Desa Burujul Kulon, Kecamatan Jatiwangi", "Rp 200", "gratis"):
        assert words in page


def test_a_sub_district_gets_a_sheet_for_each_village(tmp_path: Path) -> None:
    file = tmp_path / "p.pdf"
    assert said("32.10.11", "32.10.11.2001", "--out", str(file)).exit_code == 0
    told = pages(file)
    assert len(told) == len(set(told)) == 16


def test_all_villages_of_the_installation_are_listed_by_their_codes() -> None:
    lines = said("--list").output.splitlines()
    assert len(lines) == 520
    assert lines[0] == "32.10.01.2001  *123*9001#  Cipasung, Lemahsugih"


def test_a_code_that_names_no_village_is_a_mistake(tmp_path: Path) -> None:
    file = tmp_path / "p.pdf"
    done = said("99.99", "--out", str(file))
    assert done.exit_code == 2
    assert "99.99" in done.output
    assert not file.exists()


def test_an_office_whose_villages_we_do_not_have_holds_up_no_other(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("KUNING_OFFICES", "32.10,32.73")
    done = said("--list")
    assert done.exit_code == 0
    assert len(done.stdout.splitlines()) == 520 - 177
    assert done.stderr == "32.73: none of its villages are in our file, so no poster\n"
    monkeypatch.setenv("KUNING_OFFICES", "32.73")
    assert said("--out", str(tmp_path / "p.pdf")).exit_code == 2
    assert not list(tmp_path.glob("*.pdf"))
