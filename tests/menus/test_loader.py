"""Flow files are read strictly, and every error names its line."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from menus.definition import Ask, Choose, Missed, StateId
from menus.loader import load_book, read_flows, shipped_flows
from menus.reading import BadBookError

WORDS = shipped_flows()["words.yaml"]

MAIN = """\
flow: main
start: year
states:
  year:
    ask: Tahun?
    check: year
    wrong:
      shape: Ketik lagi.
    save: year
    missed: { times: 2, go: sure }
    next: sure
  sure:
    choose: Benar?
    options:
      yes: { label: Ya, go: other.bye }
      016: { label: Tidak, go: year }
"""

OTHER = """\
flow: other
resumes: yes
states:
  bye:
    end: >
      Terima
      kasih.
"""


def sources(main: str = MAIN, other: str = OTHER, words: str = WORDS) -> Mapping[str, str]:
    return {"main.yaml": main, "other.yaml": other, "words.yaml": words}


@pytest.mark.parametrize(
    ("said", "resumes", "typed"),
    [("yes", {"other"}, set()), ("no", set(), set()), ("typed", {"other"}, {"other"})],
)
def test_a_flow_is_gone_on_with_as_it_says(said: str, resumes: set[str], typed: set[str]) -> None:
    book = load_book(sources(other=OTHER.replace("resumes: yes", f"resumes: {said}")))
    assert (set(book.resumes), set(book.typed)) == (resumes, typed)


def test_a_book_is_read_with_the_lines_it_stands_on() -> None:
    book = load_book(sources())
    year = book.states[book.start]
    assert isinstance(year, Ask)
    assert (book.start, year.next, year.missed) == ("main.year", "main.sure", Missed(2, year.next))
    assert book.resumes == {"other"}
    assert book.where(book.start) == "main.yaml:4"
    assert book.where(book.start, "next") == "main.yaml:11"
    assert book.origin["main.year.wrong.shape"] == "main.yaml:8"
    assert book.origin["main.sure.yes"] == "main.yaml:15"
    assert book.first_of("other") == "other.bye"
    assert book.first_of("none") is None


def test_words_are_taken_as_they_are_written() -> None:
    sure = load_book(sources()).states[StateId("main.sure")]
    assert isinstance(sure, Choose)
    assert [option.value for option in sure.options] == ["yes", "016"]


def test_the_version_changes_with_any_file() -> None:
    version = load_book(sources()).version
    assert load_book(sources()).version == version
    assert load_book(sources(other=OTHER.replace("kasih", "kasih!"))).version != version


def test_a_folder_is_read_without_what_is_no_flow(tmp_path: Path) -> None:
    for name, text in sources().items():
        (tmp_path / name).write_text(text, "utf-8")
    (tmp_path / "notes.txt").write_text("flow: none", "utf-8")
    assert read_flows(tmp_path) == sources()


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("    save: year\n", "    save: year\n    save: age\n", "main.yaml:10: 'save' is written"),
        ("    save: year\n", "    safe: year\n", "main.yaml:9: unknown key 'safe'"),
        ("    save: year\n", "", "main.yaml:4: 'save' is missing"),
        ("    save: year\n", "    save:\n", "main.yaml:9: words expected"),
        ("    save: year\n", "    save: [year]\n", "main.yaml:9: words expected"),
        ("times: 2", "times: two", "main.yaml:10: a number from 1 to 9 expected, not 'two'"),
        ("times: 2", "times: 0", "main.yaml:10: a number from 1 to 9 expected"),
        ("    choose: Benar?\n", "", "main.yaml:12: main.sure needs exactly one of ask, choose"),
        ("    choose:", "    end: Ya\n    choose:", "main.yaml:12: main.sure needs exactly one"),
        ("label: Ya,", "", "main.yaml:15: 'label' is missing"),
        ("016:", "choose:", "main.yaml:16: main.sure.choose is named twice"),
        ("  sure:", "  Sure:", "main.yaml:12: 'Sure' is no name"),
        ("  sure:", "  year:", "main.yaml:12: 'year' is written twice"),
        ("flow: main", "flow: other", "other.yaml:1: flow 'other' is in two files"),
        ("flow: main\n", "", "main.yaml:1: 'flow' is missing"),
        ("start: year\n", "", "main.yaml:1: no flow has a 'start'"),
        ("states:", "scenes:", "main.yaml:3: unknown key 'scenes'"),
        ("    ask: Tahun?", "    ask: 'Tahun?", "no YAML"),
        ("    ask: Tahun?", "    ask: Tahun\x00?", "main.yaml:1: no YAML"),
        ("  year:\n", "  year: none\n  years:\n", "main.yaml:4: keys with values expected"),
    ],
)
def test_a_mistake_is_told_with_its_line(old: str, new: str, told: str) -> None:
    assert old in MAIN
    with pytest.raises(BadBookError) as error:
        load_book(sources(main=MAIN.replace(old, new, 1)))
    assert told in str(error.value)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("resumes: yes", "resumes: true", "other.yaml:2: yes, no or typed expected"),
        ("resumes: yes", "start: bye", "other.yaml:2: the book already starts at main.yaml:2"),
        (OTHER, "flow: other\nstates: {}\n", "other.yaml:2: names with values expected"),
        ("    end: >", "    show: []\n    next: >", "other.yaml:5: a list [ ... ] expected"),
        (OTHER, "", "other.yaml:1: the file is empty"),
        (OTHER, "- flow", "other.yaml:1: keys with values expected"),
    ],
)
def test_so_is_one_in_another_file(old: str, new: str, told: str) -> None:
    with pytest.raises(BadBookError) as error:
        load_book(sources(other=OTHER.replace(old, new, 1)))
    assert told in str(error.value)


def test_the_engine_needs_all_its_words() -> None:
    with pytest.raises(BadBookError, match=r"words.yaml:3: 'back' is missing"):
        load_book(sources(words=WORDS.replace("  back:", "  #back:")))
    with pytest.raises(BadBookError, match="the engine's word 'back' is missing"):
        load_book({"main.yaml": MAIN, "other.yaml": OTHER})
