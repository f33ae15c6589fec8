"""A native speaker reads a sheet of every text; what comes back is judged, written and signed."""

from __future__ import annotations

import difflib
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import polib
import pytest
from click.testing import CliRunner

from domain import phrases
from domain.words import UNREAD
from menus.catalog import TRANSLATED
from ussd_app.cli import main
from ussd_app.review import po, sheet
from ussd_app.review.rows import Row, rows
from ussd_app.review.sheet import Line, SheetError
from ussd_app.review.taking import Places, Taken, named, take

READER = "Euis Komariah, 30-11-2026"
LONG = "Ulah hilap nyandak serat. Diantos di kantor enjing. " * 4


@pytest.fixture(scope="module")
def texts() -> tuple[Row, ...]:
    return rows("su")


@pytest.fixture
def places(tmp_path: Path) -> Places:
    """Copies of the files that a reading of Sundanese changes."""
    ours = Places.of("su")
    there = Places(
        tmp_path / "menus.po", tmp_path / "sms.po", tmp_path / "languages.md", tmp_path / "data"
    )
    for name in ("menus", "sms", "page"):
        shutil.copy(getattr(ours, name), getattr(there, name))
    shutil.copytree(ours.tables, there.tables)
    return there


def back(texts: tuple[Row, ...], **changes: str) -> tuple[Line, ...]:
    """Return the sheet as it comes back, some words changed; ``__`` stands for a dot."""
    wanted = {key.replace("__", "."): said for key, said in changes.items()}
    lines = sheet.read(sheet.written(texts))
    return tuple(replace(line, change=wanted.get(line.key, "")) for line in lines)


def test_the_sheet_shows_each_text_beside_the_indonesian_and_on_its_screen(
    texts: tuple[Row, ...],
) -> None:
    by_key = {row.key: row for row in texts}
    row = by_key["register.home_here.choose"]
    assert row.source == "Tinggal di Kec. {district:24}?"
    assert row.source_example == (
        "Tinggal di Kec. Jatiwangi?\n1. Ya\n2. Kecamatan lain\n0. Kembali"
    )
    assert row.example.startswith("Linggih di Kec. Jatiwangi?\n1. Sumuhun\n")
    assert 0 < row.septets <= 160
    assert by_key["ready"].example.startswith("Disnaker Majalengka: Siti, kartu kuning")


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_text_is_in_the_sheet_of_every_language(language: str) -> None:
    ours = Places.of(language)
    keys = [str(entry.msgctxt) for file in (ours.menus, ours.sms) for entry in polib.pofile(file)]
    listed = [one.key for one in phrases.phrases(language)]
    assert sorted(row.key for row in rows(language)) == sorted([*keys, *listed])


def test_answers_and_short_words_are_read_too(texts: tuple[Row, ...]) -> None:
    by_key = {row.key: row for row in texts}
    hours = by_key["hours.text"]
    assert (hours.where, hours.source[:11]) == ("jawaban", "Kantor buka")
    assert "{open:18}" in hours.said
    assert "Sen-Jum" in hours.source_example
    assert by_key["cost.title"].said == "Naha haratis"
    assert [by_key[key].where for key in ("M", "garment", "smp")] == ["kata"] * 3


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_a_sheet_comes_back_from_any_program(delimiter: str) -> None:
    row = ("layar", "register.name.ask", "Ketik nama", "Ketik nami", " Seratkeun  nami ")
    head = delimiter.join(sheet.COLUMNS[:5])
    (line,) = sheet.read(f"\ufeff{head}\r\n{delimiter.join(row)}\r\n")
    assert line == Line(*row[:4], "Seratkeun nami")


def test_another_file_is_no_sheet() -> None:
    with pytest.raises(SheetError):
        sheet.read("nama;umur\nSiti;28\n")
    endless = ";".join(sheet.COLUMNS) + '\nlayar;"' + "open " * 40_000
    with pytest.raises(SheetError, match="field larger than field limit"):
        sheet.read(endless)


def test_who_finds_nothing_to_change_signs_all_the_same(
    texts: tuple[Row, ...], places: Places
) -> None:
    taken = take("su", back(texts), READER, places)
    assert isinstance(taken, Taken)
    taken.write()
    assert taken.changes == 0
    for file in (places.menus, places.sms):
        assert polib.pofile(str(file)).metadata["X-Reviewed-By"] == READER
    assert f"| Sundanese | lemes, simple | {READER} |" in places.page.read_text("utf-8")


def test_a_change_is_one_line_of_a_diff(texts: tuple[Row, ...], places: Places) -> None:
    before = places.menus.read_text("utf-8").splitlines()
    said = {"register__name__ask": "Seratkeun nami sapopoe"}
    taken = take("su", back(texts, **said), READER, places)
    assert isinstance(taken, Taken)
    taken.write()
    after = places.menus.read_text("utf-8").splitlines()
    diff = list(difflib.unified_diff(before, after, n=0, lineterm=""))
    added = [line for line in diff[2:] if line.startswith("+")]
    assert len(added) == 3
    assert added[0] == f'+"X-Reviewed-By: {READER}\\n"'
    assert added[1].startswith('+"X-Reviewed-Words: ')
    assert added[2] == '+msgstr "Seratkeun nami sapopoe"'


def test_changes_of_answers_and_words_are_one_line_of_a_table(
    texts: tuple[Row, ...], places: Places
) -> None:
    said = {"cost__text": "Kartu koneng, haratis.", "garment": "Ngaput", "hours__title": "Buka"}
    taken = take("su", back(texts, **said), READER, places)
    assert isinstance(taken, Taken)
    taken.write()
    assert taken.changes == 3
    for name, before in phrases.shipped_tables().items():
        after = (places.tables / name).read_text("utf-8")
        diff = difflib.unified_diff(before.splitlines(), after.splitlines(), n=0, lineterm="")
        added = [line for line in list(diff)[2:] if line.startswith("+")]
        assert len(added) == {"faq.csv": 2, "sectors.csv": 1}.get(name, 0), added
    answers = (places.tables / "faq.csv").read_text("utf-8")
    assert 'cost,su,,Naha haratis,"Kartu koneng, haratis."' in answers


def reader(places: Places) -> tuple[str, str]:
    """Who has read the words of these files, as an installation with them would say."""
    tables = {name: (places.tables / name).read_text("utf-8") for name in phrases.shipped_tables()}
    names = []
    for file in (places.menus, places.sms):
        entries = polib.pofile(str(file))
        texts = ((str(one.msgctxt), one.msgid, one.msgstr) for one in entries)
        names.append(phrases.reader(entries.metadata, texts, "su", tables))
    return names[0], names[1]


def test_a_name_stands_for_the_words_that_were_read_and_no_others(
    texts: tuple[Row, ...], places: Places
) -> None:
    assert reader(places) == ("", "")
    taken = take("su", back(texts), READER, places)
    assert isinstance(taken, Taken)
    taken.write()
    assert reader(places) == (READER, READER)
    read = places.menus.read_text("utf-8")
    places.menus.write_text(po.changed(read, {"register.name.ask": "Nami?"}), "utf-8")
    assert reader(places) == ("", READER)
    places.menus.write_text(read, "utf-8")
    words = places.tables / "terms.csv"
    words.write_text(words.read_text("utf-8").replace("pameget", "jalu"), "utf-8")
    assert reader(places) == ("", "")


def test_who_reads_again_signs_in_the_place_of_who_read_before(places: Places) -> None:
    text = places.sms.read_text("utf-8")
    tables = phrases.shipped_tables()
    once = po.signed(text, READER, "su", tables)
    again = po.signed(once, "Asep", "su", tables)
    assert again == once.replace(READER, "Asep")
    assert len(again.splitlines()) == len(text.splitlines()) + 1


@pytest.mark.parametrize(
    ("key", "said", "told"),
    [
        ("register__nik__wrong__length", "NIK 16 angka.", "{count:2} expected"),
        ("register__name__ask", "Seratkeun nami \u2026", "not in GSM-7"),
        ("register__foreign__end", LONG, "register.foreign [su] may take"),
        ("register__name__ask", "Validasi nami", "office word"),
        ("ready", "{place:20}: {name:20}, kartu siap.", "slots differ"),
        ("hours__text", "Kantor buka.", "faq.csv hours.text: slots differ"),
        ("hours__text", "Buka {open}.", "a brace that is no {name:width}"),
        ("cost__text", LONG, "septets at widest, 138 fit"),
        ("cost__text", "Kedah mayar Rp 5.000.", "no SMS of ours holds money"),
        ("cost__title", "Validasi?", "office word"),
        ("garment", "Garmen sareng jahit-menjahit", "28 septets at widest, 26 fit"),
        ("ktp", "KTP, KK", "a comma parts words here"),
        ("M", "pam\u0115get", "not in GSM-7"),
    ],
)
def test_what_the_linters_refuse_is_told_and_nothing_is_written(
    texts: tuple[Row, ...], places: Places, key: str, said: str, told: str
) -> None:
    before = [file.read_text("utf-8") for file in (places.menus, places.sms)]
    wrong = take("su", back(texts, **{key: said}), READER, places)
    assert isinstance(wrong, tuple)
    assert any(told in line for line in wrong), wrong
    assert [file.read_text("utf-8") for file in (places.menus, places.sms)] == before


Spoil = Callable[[tuple[Line, ...]], tuple[Line, ...]]


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (lambda lines: lines[1:], "is not in the sheet, so nobody has read it"),
        (
            lambda lines: (*lines, Line("layar", "main.gone.ask", "", "", "")),
            "there is no such text",
        ),
        (lambda lines: (replace(lines[0], source="Halo"), *lines[1:]), "by now: write a new"),
        (lambda lines: (replace(lines[0], said="KATA LAMA"), *lines[1:]), "by now: write a new"),
        (lambda lines: (*lines, lines[0]), "stands 2 times in the sheet"),
        (lambda lines: (*lines[:-1], replace(lines[-1], said="KATA")), "by now: write a new"),
    ],
)
def test_a_sheet_of_other_texts_is_refused(
    texts: tuple[Row, ...], places: Places, spoil: Spoil, told: str
) -> None:
    wrong = take("su", spoil(back(texts)), READER, places)
    assert isinstance(wrong, tuple)
    assert [told in line for line in wrong] == [True]


@pytest.mark.parametrize("name", ["", "  ", "Euis | Komariah", 'Euis "Eti"'])
def test_nobody_signs_without_a_name(texts: tuple[Row, ...], places: Places, name: str) -> None:
    wrong = take("su", back(texts), name, places)
    assert isinstance(wrong, tuple)
    assert "name is missing" in wrong[0]


def test_long_words_are_wrapped_as_the_file_is() -> None:
    text = f'msgctxt "x"\nmsgid "y"\nmsgstr "z"\n\nmsgctxt "w"\nmsgid "v"\nmsgstr "{UNREAD}"\n'
    said = 'Kata "pendek" ' * 20
    changed = po.changed(text, {"x": said.strip()})
    assert all(len(line) <= po.WIDEST_LINE for line in changed.splitlines())
    assert polib.pofile(changed)[0].msgstr == said.strip()
    assert changed.endswith(f'msgctxt "w"\nmsgid "v"\nmsgstr "{UNREAD}"\n')


def test_the_page_names_the_reader_in_the_row_of_the_language() -> None:
    page = "| `su` | Sundanese | lemes | nobody yet | files |\n| `jv` | J | k | nobody yet | f |\n"
    assert named(page, "su", READER) == page.replace("nobody yet", READER, 1)


def test_an_installation_without_the_page_says_so_and_writes_nothing(
    texts: tuple[Row, ...], places: Places, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "su.csv"
    file.write_text(sheet.written(texts), "utf-8", newline="")
    places.page.unlink()
    before = places.menus.read_text("utf-8")
    monkeypatch.setattr(Places, "of", lambda _language: places)
    words = ["languages", "review", "su", "--read", str(file), "--reviewer", READER]
    told = CliRunner().invoke(main, words)
    assert (told.exit_code, told.output) == (
        1,
        f"Error: {places.page}: No such file or directory\n",
    )
    assert places.menus.read_text("utf-8") == before
