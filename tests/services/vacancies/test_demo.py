"""The vacancies of the demo: there once, for callers of both offices, from invented employers."""

from __future__ import annotations

from services import demo_vacancies
from tests.services.cards.town import MAJALENGKA, SEMARANG, Town
from tests.services.vacancies.board import Board


def hangs(town: Town) -> None:
    with town.database.begin() as conn:
        demo_vacancies.hang(conn, town.vault, town.now)


def test_they_hang_once_and_are_left_as_they_are(town: Town, board: Board) -> None:
    hangs(town)
    before = board.all(), board.all(SEMARANG)
    assert all(len(office) >= 4 for office in before)
    town.after(days=1)
    hangs(town)
    assert (board.all(), board.all(SEMARANG)) == before


def test_every_employer_says_that_it_is_invented(town: Town, board: Board) -> None:
    hangs(town)
    assert all("Contoh" in one.employer for one in board.all() + board.all(SEMARANG))


def test_callers_of_both_offices_see_their_own_first(town: Town) -> None:
    hangs(town)
    for place, short in ((MAJALENGKA, "Majalengka"), (SEMARANG, "Kota Semarang")):
        answered = town.dials(1).call("vacancies.look", work_place=place)
        lines = (answered.items or {})["vacancies.open"]
        assert [line["where"] for line in lines][:3] == [short] * 3
