"""A file of vacancies: all of it or nothing, every wrong line named, read again without harm."""

from __future__ import annotations

from dataclasses import replace

import pytest

from domain.vacancies import State
from services.vacancies import publishing
from services.vacancies.importing import MistakesError, Report
from services.vacancies.sheets import COLUMNS, Mistake
from tests.services.vacancies.board import FIRST, HEAD, SECOND, Board, sheet
from tests.support.jobs import SEWING


def mistakes(board: Board, file: bytes) -> list[tuple[int, str, str]]:
    with pytest.raises(MistakesError) as raised:
        board.imports(file, publish=True)
    return [(one.line, one.column, one.why) for one in raised.value.mistakes]


def test_a_file_becomes_drafts(board: Board) -> None:
    assert board.imports(sheet(FIRST, SECOND)) == Report(new=2)
    first, second = board.all()
    assert first.details == replace(SEWING, reference="L-1")
    assert (first.title, first.place, first.sector) == ("Operator jahit", "32.10", "garment")
    assert (second.seats, second.wage, second.employer_checked) == (1, None, False)
    assert {one.state for one in board.all()} == {State.DRAFT}


def test_only_what_is_checked_is_published_with_it(board: Board) -> None:
    assert board.imports(sheet(FIRST, SECOND), publish=True) == Report(new=2, published=1)
    assert [one.state for one in board.all()] == [State.PUBLISHED, State.DRAFT]


def test_the_same_file_again_changes_nothing(board: Board) -> None:
    board.imports(sheet(FIRST, SECOND), publish=True)
    before = board.all()
    assert board.imports(sheet(FIRST, SECOND), publish=True) == Report(same=2)
    assert board.all() == before


def test_a_line_that_changed_changes_its_vacancy(board: Board) -> None:
    board.imports(sheet(FIRST, SECOND), publish=True)
    more = sheet(FIRST.replace(";25;", ";30;"), SECOND.replace(";tidak;", ";ya;"))
    assert board.imports(more, publish=True) == Report(changed=2, published=1)
    assert [(one.seats, one.state) for one in board.all()] == [
        (30, State.PUBLISHED),
        (1, State.PUBLISHED),
    ]


def test_what_an_officer_closed_stays_closed(board: Board) -> None:
    board.imports(sheet(FIRST), publish=True)
    board.does(publishing.close, board.all()[0].id)
    changed = sheet(FIRST.replace(";25;", ";30;"))
    assert board.imports(changed, publish=True) == Report(same=1)
    assert board.all()[0].state is State.CLOSED


def test_a_published_line_may_not_become_unchecked(board: Board) -> None:
    board.imports(sheet(FIRST), publish=True)
    unchecked = sheet(FIRST.replace(";ya;", ";tidak;"))
    assert mistakes(board, unchecked) == [(2, "diperiksa", "unchecked")]


def test_a_known_line_past_its_day_is_passed_over_and_a_new_one_is_a_mistake(board: Board) -> None:
    board.imports(sheet(SECOND))
    board.town.after(days=20)
    assert board.imports(sheet(FIRST, SECOND)) == Report(new=1, over=1)
    late = SECOND.replace("L-2", "L-3")
    assert mistakes(board, sheet(late)) == [(2, "sampai", "over")]


def test_every_wrong_line_is_named_and_nothing_is_taken(board: Board) -> None:
    wrong = (
        FIRST,
        SECOND.replace("shop", "astronot").replace("32.10", "Semarang"),
        FIRST,
        SECOND.replace("L-2", ""),
        FIRST.replace("L-1", "L-9").replace("Operator jahit", "x" * 30),
    )
    assert mistakes(board, sheet(*wrong)) == [
        (3, "bidang", "unknown"),
        (3, "tempat", "unknown"),
        (4, "nomor", "again"),
        (5, "nomor", "needed"),
        (6, "jabatan", "wide"),
    ]
    assert board.all() == []


def test_a_dry_run_tells_the_same_and_takes_nothing(board: Board) -> None:
    dry = board.imports(sheet(FIRST, SECOND), publish=True, dry=True)
    assert dry == Report(new=2, published=1)
    assert board.all() == []
    assert board.imports(sheet(FIRST, SECOND), publish=True) == dry


@pytest.mark.parametrize(
    ("separator", "encoding"), [(";", "utf-8"), (",", "utf-8-sig"), ("\t", "cp1252")]
)
def test_spreadsheets_of_all_kinds_are_read(board: Board, separator: str, encoding: str) -> None:
    line = SECOND.replace("Kasir", "Kasir kaf\u00e9").replace(";", separator)
    file = f"{HEAD.replace(';', separator)}\r\n{line}\r\n".encode(encoding)
    assert board.imports(file) == Report(new=1)
    assert board.all()[0].title == "Kasir kaf\u00e9"


def test_cells_over_several_lines_and_empty_lines_keep_the_count_of_lines(board: Board) -> None:
    long = FIRST.replace("Menjahit kemeja.", '"Menjahit\nkemeja."')
    assert mistakes(board, sheet(long, "", ";;", SECOND.replace("shop", "?"))) == [
        (6, "bidang", "unknown")
    ]
    assert board.imports(sheet(long)) == Report(new=1)
    assert board.all()[0].description == "Menjahit kemeja."


def test_columns_may_stand_in_any_order_and_some_may_be_missing(board: Board) -> None:
    names = ("sampai", "nomor", "jabatan", "perusahaan", "bidang", "tempat")
    head = ";".join((*names, "lamar_di", "jam_buka", "bawa"))
    line = "1-12-2026;A;Kasir;Toko Contoh;shop;abroad;Toko Contoh;Sab 08:00-12:00;ktp"
    assert board.imports(sheet(line, head=head)) == Report(new=1)
    assert board.all()[0].place == "abroad"


@pytest.mark.parametrize(
    ("file", "told"),
    [
        (b"", [(1, name, "missing") for name in COLUMNS if name not in {
            "diperiksa", "pendidikan", "kecamatan", "jumlah", "upah", "uraian"}]),
        (sheet(head=f"{HEAD};gaji"), [(1, "gaji", "unknown_column")]),
        (sheet(head=f"{HEAD};upah"), [(1, "upah", "twice")]),
        (sheet(FIRST, 'L-3;"'), [(3, "", "quotes")]),
    ],
)  # fmt: skip
def test_a_file_that_is_no_such_table_says_why(
    board: Board, file: bytes, told: list[tuple[int, str, str]]
) -> None:
    assert mistakes(board, file) == told


def test_a_mistake_tells_how_much_is_the_most(board: Board) -> None:
    with pytest.raises(MistakesError) as raised:
        board.imports(sheet(FIRST.replace("Operator jahit", "x" * 30)))
    assert raised.value.mistakes == (Mistake(2, "jabatan", "wide", 24),)
    assert str(raised.value) == "1 mistakes"
