"""Break one line of a flow: that line is told, and nothing else."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest

from domain.faults import Fault
from menus.vocabulary import CALLS, CHECKS, LISTS, CheckSpec, Passed, Vocabulary
from tests.support.broken_book import BookCopy, told

YEAR = frozenset({"shape"})
LONG = "Kartu kuning untuk semua orang yang mau bekerja. "


@pytest.fixture
def copy(tmp_path: Path) -> BookCopy:
    return BookCopy.under(tmp_path)


def test_the_copy_is_sound(copy: BookCopy) -> None:
    assert copy.report().issues == ()


class Broken(NamedTuple):
    """In ``state``, the first line that begins with ``line``: ``old`` becomes ``new``."""

    state: str
    line: str
    old: str
    new: str
    told: str


BROKEN_LINES = [
    # structure
    Broken("register.nik", "next:", "read", "raed", "leads to register.raed, which does not exist"),
    Broken("register.born", "yes:", "go: name", "go: nama", "register.nama, which does not exist"),
    Broken("register.read", "young:", "young: young", "young: yuong", "leads to register.yuong"),
    Broken("register.nik", "missed:", "nik_first", "nik_one", "leads to register.nik_one"),
    Broken("main", "start:", "start: start", "start: begin", "starts at main.begin"),
    Broken(
        "main.unfinished", "resume:", "go: resume", "go: (draft)", "only a call may lead to (draft)"
    ),
    Broken(
        "register.nik", "missed:", "nik_first", "read", "register.read cannot show the error line"
    ),
    Broken(
        "register.nik", "missed:", "nik_first", "young", "register.young cannot show the error line"
    ),
    Broken("register.name", "check:", "call_name", "nickname", "there is no check nickname"),
    Broken(
        "register.nik_last", "serial:", "serial", "series", "nik_last has the faults length, serial"
    ),
    Broken(
        "register.home_letters", "check:", "letters", "nik", "no words for date, region, serial"
    ),
    Broken(
        "register.office", "call:", "home.office", "home.bureau", "there is no call home.bureau"
    ),
    Broken(
        "register.nik_middle_heard",
        "heard:",
        "heard:",
        "herd:",
        "nik.middle has the outcomes heard",
    ),
    Broken("alerts.sector", "list:", "sectors", "trades", "there is no list trades"),
    Broken("visit.again", "full:", "full: full", "full: again", "may go round without a screen"),
    Broken("visit.full", "end:", "{until:10}", "{until}", "a brace that is no {name:width}"),
    # ways
    Broken("language.keep", "kept:", "main.start", "pick", "language.keep: no way to an end"),
    Broken(
        "language.keep", "kept:", "main.start", "status.code", "status.code would have no way back"
    ),
    # facts
    Broken(
        "visit.full", "end:", "{until:10}", "{born:10}", "shows {born} before it is always known"
    ),
    Broken("register.home_pick", "item:", "{regency:16}", "{office:16}", "bring no {office}"),
    # fit
    Broken("visit.bye", "end:", "Bawa", LONG + "Bawa", "septets of 160"),
    Broken("visit.confirm", "choose:", "Simpan?", LONG, "visit.confirm [id] may take"),
    Broken("register.nik", "length:", "NIK 16", LONG * 3, "septets of 160"),
    Broken("alerts.sector", "prompt:", "Mau kerja apa?", LONG * 3, "alerts.sector [id] may take"),
    Broken(
        "alerts.sector", "item:", "{sector:26}", "{sector:20}", "cuts 'Rumah tangga/pengasuh' to 20"
    ),
    Broken("words", "sorry:", "Maaf", LONG * 3, "engine.sorry [id] may take"),
    Broken("visit.bye", "end:", "Bawa", "Bawá", "not in GSM-7: á"),
    Broken("visit.thanks", "later:", "Nanti", "Nanti\u2026", "not in GSM-7"),
    Broken("words", "back:", "Kembali", "\u2190", "engine.back: not in GSM-7"),
    # words
    Broken("register.name", "ask:", "Ketik", "Input", "'input' is an office word, say 'ketik'"),
    Broken(
        "register.nik", "length:", "NIK 16", "Diverifikasi: 16", "'diverifikasi' is an office word"
    ),
    Broken("visit.thanks", "later:", "Nanti", "Opsi lain", "'opsi' is an office word"),
    Broken("register.born", "no:", '"Bukan, ketik lagi"', "YA", "register.born.no reads like"),
]


@pytest.mark.parametrize("broken", BROKEN_LINES, ids=lambda broken: broken.told)
def test_a_broken_line_is_told_and_nothing_else(copy: BookCopy, broken: Broken) -> None:
    where = copy.breaks(broken.state, broken.line, broken.old, broken.new)
    found = copy.report()
    assert told(found.issues) == [(where, False)], found.issues
    assert broken.told in found.issues[0].what
    assert not found.clean


def test_a_shorter_check_leaves_words_for_nothing(copy: BookCopy) -> None:
    copy.breaks("register.name", "check:", "call_name", "year")
    assert told(copy.report().issues) == [(copy.where("register.name", "length:"), False)]


def test_an_outcome_not_handled_is_told_at_its_call(copy: BookCopy) -> None:
    copy.breaks("register.office", "young:", "      young: young", "")
    (issue,) = copy.report().issues
    assert issue.where == copy.where("register.office", "call:")
    assert "does not handle young of home.office" in issue.what


def test_a_fault_without_words_is_told_at_its_check(copy: BookCopy) -> None:
    copy.breaks("status.code", "digit:", "      digit: Kode belum cocok. Lihat SMS lagi.", "")
    (issue,) = copy.report().issues
    assert issue.where == copy.where("status.code", "check:")
    assert "no words for digit of code" in issue.what


def test_a_state_nobody_leads_to_is_told_where_it_stands(copy: BookCopy) -> None:
    copy.breaks("main.prove", "wrong:", "year_again", "year")
    (issue,) = copy.report().issues
    assert issue.where == copy.where("main.year_again")
    assert "cannot be reached" in issue.what


def test_of_a_whole_flow_nobody_leads_to_its_first_state_is_told(copy: BookCopy) -> None:
    copy.breaks("main.more", "cadre:", "cadre.start", "callback.menu")
    assert told(copy.report().issues) == [(copy.where("cadre.start"), False)]


def test_a_name_never_saved_is_told_where_it_is_first_shown(copy: BookCopy) -> None:
    copy.breaks("register.name", "save:", "name", "nama")
    (issue,) = copy.report().issues
    assert issue.where == copy.where("visit.confirm", "choose:")
    assert "shows {name} before it is always known" in issue.what


def test_what_is_known_on_one_path_only_is_not_known(copy: BookCopy) -> None:
    copy.breaks("register.home_letters", "save:", "letters", "some")
    (issue,) = copy.report().issues
    assert issue.where == copy.where("register.home_search", "call:")
    assert "home.search needs letters, which is not always known" in issue.what


def test_a_list_that_is_not_brought_on_every_path_is_told(copy: BookCopy) -> None:
    copy.breaks("main.unfinished", "call:", "callback.menu", "status.people")
    (issue,) = copy.report().issues
    assert issue.where == copy.where("status.people", "list:")
    assert "caller.people before it is always brought" in issue.what


def test_facts_are_forgotten_at_the_start(copy: BookCopy) -> None:
    copy.breaks("main.unfinished", "call:", "callback.menu", "visit.bye")
    assert {where for where, _ in told(copy.report().issues)} == {copy.where("visit.bye", "end:")}


def test_a_sixth_option_is_one_too_many(copy: BookCopy) -> None:
    more = "\n".join(f"      x{n}: {{ label: X{n}, go: keep }}" for n in range(6))
    copy.breaks(
        "language.pick", "en:", "en: {", f"en: {{ label: E, go: keep }}\n{more}\n      z: {{"
    )
    (issue,) = copy.report().issues
    assert issue.where == copy.where("language.pick", "x1:")
    assert "has 11 options (at most 5)" in issue.what


def test_a_question_behind_five_menus_is_too_deep(copy: BookCopy) -> None:
    menus = [
        f"  m{n}:\n    choose: Menu\n    options:\n      on: {{ label: Terus, go: m{n + 1} }}\n"
        for n in range(4)
    ]
    ask = (
        "  m4:\n    ask: Tahun?\n    check: year\n    wrong: { shape: Ketik lagi. }\n"
        "    save: year\n    next: bye\n  bye:\n    end: Terima kasih.\n"
    )
    copy.flow("deep").write_text(f"flow: deep\nstates:\n{''.join(menus)}{ask}", "utf-8")
    copy.breaks("main.welcome", "status:", "go: status.code", "go: deep.m0")
    issues = [issue for issue in copy.report().issues if "cannot be reached" not in issue.what]
    assert [issue.where for issue in issues] == [copy.where("deep.m4")]
    assert "5 menu choices before the first question" in issues[0].what


def test_a_long_question_is_a_warning_and_fails_nothing(copy: BookCopy) -> None:
    old, new = "Mau kerja di mana?", "Mau kerja di mana, dekat atau jauh dari rumah?"
    where = copy.rewords("alerts.where", "choose:", old, new)
    found = copy.report()
    assert told(found.issues) == [(where, True)]
    assert found.clean


def test_a_wide_screen_needs_a_reason(copy: BookCopy) -> None:
    old = "{name:20}, datang {day:10} jam {hour:5} di {place:20}. Bawa {papers:36}."
    where = copy.rewords("visit.bye", "end:", old, LONG + old)
    assert told(copy.report().issues) == [(where, False)]
    copy.breaks("visit.bye", "end:", "    end", "    wide: satu kali saja\n    end")
    found = copy.report()
    assert found.issues == ()
    assert found.widest
    assert 160 < found.widest.septets <= 182


def test_no_reason_makes_a_screen_wider_than_the_network_carries(copy: BookCopy) -> None:
    copy.breaks("visit.bye", "end:", "Bawa", LONG + LONG)
    copy.breaks("visit.bye", "end:", "    end", "    wide: satu kali saja\n    end")
    (issue,) = copy.report().issues
    assert issue.where == copy.where("visit.bye", "end:")
    assert issue.what.endswith("septets of 182")


def test_a_reason_to_be_wide_that_is_not_needed_is_a_warning(copy: BookCopy) -> None:
    copy.breaks("visit.bye", "end:", "    end", "    wide: dulu panjang\n    end")
    found = copy.report()
    assert told(found.issues) == [(copy.where("visit.bye", "wide:"), True)]
    assert found.clean


def test_a_check_that_takes_a_key_for_an_answer_is_told(copy: BookCopy) -> None:
    lenient = CheckSpec(lambda text: Passed(text) if text == "00" else Fault("shape"), YEAR)
    vocabulary = Vocabulary({**CHECKS, "birth_date": lenient}, CALLS, LISTS)
    (issue,) = copy.issues_with(vocabulary)
    assert issue.where == copy.where("status.born", "check:")
    assert "birth_date accepts 00, which leads back" in issue.what


def test_errors_of_structure_are_told_before_what_follows_from_them(copy: BookCopy) -> None:
    first = copy.breaks("status.code", "next:", "born", "borm")
    second = copy.breaks("visit.bye", "end:", "Bawa", LONG)
    assert told(copy.report().issues) == [(first, False)]
    copy.breaks("status.code", "next:", "borm", "born")
    assert told(copy.report().issues) == [(second, False)]
