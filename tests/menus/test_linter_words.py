"""Break one line of a translation: that line is told, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from domain.plain_words import office_words
from domain.words import LANGUAGES
from menus.catalog import Catalog
from menus.issues.issue import Subject
from menus.issues.median import long_median
from menus.loader import load_book, shipped_flows
from menus.vocabulary import VOCABULARY
from tests.support.broken_book import BookCopy, told

LONG = "Ulah hilap nyandak serat. Diantos di kantor enjing. "


@pytest.fixture
def copy(tmp_path: Path) -> BookCopy:
    return BookCopy.under(tmp_path)


# (language, key, its new line, what is told); the first word names the line
BROKEN_LINES = [
    ("su", "register.nik.ask", 'msgstr ""', "register.nik.ask is not translated"),
    ("jv", "register.nik.ask", 'msgid "Ketik NIK"', "is stale: the book says 'Ketik NIK KTP"),
    ("en", "engine.back", 'msgid "Balik"', "engine.back is stale: the book says 'Kembali'"),
    ("jv", "register.nik.wrong.length", 'msgstr "16. Wau {count:3}."', "slots: {count:2} expected"),
    ("en", "visit.full.end", 'msgstr "No free day."', "its slots: {until:10} expected"),
    ("en", "register.name.ask", 'msgstr "Name of {name:9}"', "slots: none expected"),
    ("en", "visit.full.end", 'msgstr "Full until {until}"', "a brace that is no {name:width}"),
    ("su", "visit.full.end", 'msgctxt "visit.fuul.end"', "visit.fuul.end: no such text"),
    ("jv", "visit.thanks.later", 'msgstr "INGGIH"', "later reads like visit.thanks.yes"),
    ("en", "register.name.ask", 'msgstr "Type your name…"', "not in GSM-7: …"),
    ("en", "register.name.ask", 'msgstr "Input your name"', "'input' is an office word"),
    ("su", "register.name.ask", 'msgstr "Ketik sesi"', "'sesi' is an office word"),
    ("jv", "register.nik.wrong.date", f'msgstr "{LONG * 3}"', "above it may take"),
    ("jv", "register.foreign.end", f'msgstr "{LONG * 4}"', "register.foreign [jv] may take"),
    ("su", "engine.sorry", f'msgstr "{{reference:8}} {LONG * 3}"', "engine.sorry [su] may take"),
    ("su", "alerts.sector.prompt", f'msgstr "{LONG * 3}"', "alerts.sector [su] may take"),
]


@pytest.mark.parametrize(("language", "key", "line", "what"), BROKEN_LINES)
def test_a_broken_line_is_told_and_nothing_else(
    copy: BookCopy, language: str, key: str, line: str, what: str
) -> None:
    where = copy.mistranslates(language, key, line.partition(" ")[0], line)
    found = copy.report()
    assert told(found.issues) == [(where, False)], found.issues
    assert what in found.issues[0].what
    assert not found.clean


def test_a_fuzzy_entry_waits_for_a_person(copy: BookCopy) -> None:
    copy.mistranslates("su", "visit.full.end", "msgctxt", '#, fuzzy\nmsgctxt "visit.full.end"')
    (issue,) = copy.report().issues
    assert issue.what == "visit.full.end is fuzzy: a person must read it"
    assert issue.where == copy.mistranslates("su", "visit.full.end", "msgstr", 'msgstr ""')


def test_an_entry_that_stands_twice_is_told_at_the_second(copy: BookCopy) -> None:
    file = copy.words("en")
    text = file.read_text("utf-8")
    file.write_text(f'{text}\nmsgctxt "engine.back"\nmsgid "Kembali"\nmsgstr "Return"\n', "utf-8")
    (issue,) = copy.report().issues
    assert issue.what == "engine.back is translated twice"
    assert issue.where == f"en/menus.po:{len(text.splitlines()) + 2}"


def test_an_entry_for_no_text_in_particular_is_told(copy: BookCopy) -> None:
    copy.mistranslates("su", "visit.full.end", "msgctxt", "")
    (issue,) = copy.report().issues
    assert issue.what == "no msgctxt: no such text in the book"


def test_a_text_without_an_entry_is_told_where_it_is_written(copy: BookCopy) -> None:
    file = copy.words("jv")
    before, _, after = file.read_text("utf-8").partition('msgctxt "visit.full.end"\n')
    file.write_text(before + after.partition("\n\n")[2], "utf-8")
    (issue,) = copy.report().issues
    assert issue.where == copy.where("visit.full", "end:")
    assert issue.what == "visit.full.end is not translated: no entry in jv/menus.po"


def test_new_words_make_every_translation_stale(copy: BookCopy) -> None:
    copy.breaks("register.name", "ask:", "Ketik", "Tulis")
    issues = copy.report().issues
    assert [issue.where.partition("/")[0] for issue in issues] == ["en", "jv", "su"]
    assert all("register.name.ask is stale" in issue.what for issue in issues)


@pytest.mark.parametrize("language", LANGUAGES[1:])
def test_a_file_that_is_no_po_is_told(copy: BookCopy, language: str) -> None:
    copy.words(language).write_text("halo\n", "utf-8")
    (issue,) = copy.report().issues
    assert str(issue) == f"{language}/menus.po:1: no PO file"


def test_a_warning_of_a_translation_stands_at_its_line(copy: BookCopy) -> None:
    long = 'msgstr "Where would you like to work, near your home or away?"'
    where = copy.mistranslates("en", "alerts.where.choose", "msgstr", long)
    found = copy.report()
    assert told(found.issues) == [(where, True)]
    assert "a question of 11 words (at most 8)" in found.issues[0].what


def test_a_missing_language_is_told_once(copy: BookCopy) -> None:
    copy.words("jv").unlink()
    assert told(copy.report().issues) == [("jv/menus.po:1", False)]


def test_half_of_all_screens_are_short(catalog: Catalog) -> None:
    long = "Kartu kuning untuk semua orang yang mau bekerja. "
    flow = f"flow: main\nstart: bye\nstates:\n  bye:\n    end: {long * 2}\n"
    book = load_book({"main.yaml": flow, "words.yaml": shipped_flows()["words.yaml"]})
    found = list(long_median(Subject(book, catalog, VOCABULARY)))
    size = len(long * 2) - 1
    what = f"the median screen [id] has {size} septets (at most 90)"
    assert str(found[0]) == f"main.yaml:5: {what}: shorten what is just above, as main.bye"


def test_a_keyword_is_quoted_as_it_is_sent() -> None:
    assert list(office_words("SMS STATUS untuk kabar", "id")) == []
    assert list(office_words("Status kartu: {status:9}", "id")) == [("status", "kabar")]
    assert list(office_words("Diverifikasi. Input sesi", "su")) == [
        ("diverifikasi", "periksa"),
        ("input", "ketik"),
        ("sesi", "telepon"),
    ]
