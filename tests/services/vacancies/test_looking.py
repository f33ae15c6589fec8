"""Looking through vacancies on a phone: the nearest first, then the newest, never a stale one."""

from __future__ import annotations

from datetime import date

import pytest

from services.vacancies import looking, publishing
from storage import alert_profiles
from tests.services.cards.town import MAJALENGKA, SEMARANG, Line, Town
from tests.services.vacancies.board import Board

CIREBON, ABROAD = "32.09", "abroad"


def titles(line: Line, **known: str) -> list[str]:
    """What the list shows, in order."""
    answered = line.call("vacancies.look", **known)
    return [item["job"] for item in (answered.items or {}).get("vacancies.open", ())]


@pytest.fixture
def five(board: Board) -> Board:
    """One near, one in the province, one further off, one abroad, and a newer one near."""
    board.hangs(title="Dekat")
    board.hangs(title="Luar negeri", place=ABROAD, district=None)
    board.hangs(title="Satu provinsi", place=CIREBON, district=None)
    board.hangs(title="Dekat, baru")
    board.hangs(SEMARANG, title="Jauh", place=SEMARANG, district=None)
    return board


@pytest.mark.usefixtures("five")
def test_a_registered_caller_sees_what_is_near_his_home_first(town: Town) -> None:
    town.dials(1).registers()
    siti = town.dials(1)
    assert titles(siti) == ["Dekat, baru", "Dekat", "Satu provinsi", "Jauh", "Luar negeri"]
    assert (siti.known["area"], siti.known["count"]) == ("Majalengka", "5")
    assert siti.hears("vacancies.look") == "near"


@pytest.mark.usefixtures("five")
def test_of_a_caller_nothing_is_known_of_the_newest_comes_first(town: Town) -> None:
    budi = town.dials(2)
    assert budi.hears("vacancies.look") == "found"
    assert titles(budi)[:2] == ["Jauh", "Dekat, baru"]
    assert (budi.known["area"], budi.known["sector"]) == ("anywhere", "anything")


@pytest.mark.usefixtures("five")
def test_where_one_regency_is_served_its_callers_are_near_it(town: Town) -> None:
    town.served = frozenset({MAJALENGKA})
    budi = town.dials(2)
    assert budi.hears("vacancies.look") == "near"
    assert titles(budi)[:2] == ["Dekat, baru", "Dekat"]


def test_a_place_and_a_work_that_are_chosen_stand_over_the_card(town: Town, five: Board) -> None:
    five.hangs(title="Kasir", sector="shop")
    town.dials(1).registers()
    assert titles(town.dials(1), work_place=SEMARANG, work="garment")[0] == "Jauh"
    assert titles(town.dials(1), work_place="abroad") == ["Luar negeri"]
    assert titles(town.dials(1), work_place="anywhere")[:2] == ["Kasir", "Jauh"]
    assert titles(town.dials(1), work="shop") == ["Kasir"]


@pytest.mark.usefixtures("five")
def test_whoever_left_the_choice_of_a_place_halfway_keeps_his_own(town: Town) -> None:
    town.dials(1).registers()
    assert titles(town.dials(1), work_place="regency")[0] == "Dekat, baru"


def test_work_of_any_kind_is_shown_to_all(town: Town, board: Board) -> None:
    board.hangs(title="Apa saja", sector="anything")
    board.hangs(title="Sopir", sector="driver")
    assert titles(town.dials(1), work="garment") == ["Apa saja"]
    assert titles(town.dials(1), work="anything") == ["Sopir", "Apa saja"]


def test_drafts_closed_and_past_vacancies_are_never_shown(town: Town, board: Board) -> None:
    board.drafts(title="Konsep")
    closed = board.hangs(title="Ditutup")
    board.hangs(title="Sampai hari ini", closes_on=date(2026, 11, 22))
    board.does(publishing.close, closed)
    assert titles(town.dials(1)) == ["Sampai hari ini"]
    town.after(days=1)
    answered = town.dials(1).call("vacancies.look", work="garment")
    assert (answered.outcome, answered.facts["sector"]) == ("none", "garment")


def test_the_list_is_as_long_as_four_pages_and_its_count_is_true(town: Town, board: Board) -> None:
    for number in range(looking.MOST + 3):
        board.hangs(title=f"Kerja {number}")
    line = town.dials(1)
    assert len(titles(line)) == looking.MOST
    assert line.known["count"] == str(looking.MOST + 3)


def test_one_vacancy_is_told_in_full(town: Town, board: Board) -> None:
    vacancy_id = board.hangs()
    told = town.dials(1).call("vacancies.read", vacancy=vacancy_id)
    assert told.outcome == "told"
    assert told.facts == {
        "job": "Operator jahit",
        "employer": "PT Contoh Garmen",
        "where": "Majalengka",
        "wage": "2,4 juta",
        "education": "smp",
        "seats": "25",
        "apply_place": "Disnaker Majalengka",
        "apply_open": "1-5 08:00-15:00",
        "last_day": "2026-12-31",
        "bring": "ktp,ak1",
        "rest": "Menjahit kemeja.",
    }


def test_what_a_vacancy_leaves_out_is_said_in_words(town: Town, board: Board) -> None:
    vacancy_id = board.hangs(wage=None, education=None, description=None)
    told = town.dials(1).call("vacancies.read", vacancy=vacancy_id).facts
    assert (told["wage"], told["education"], told["rest"]) == ("ask_wage", "any_school", "")


def test_a_vacancy_that_was_closed_meanwhile_is_gone(town: Town, board: Board) -> None:
    vacancy_id = board.hangs()
    board.does(publishing.close, vacancy_id)
    for call in ("vacancies.read", "vacancies.want", "vacancies.send"):
        assert town.dials(1).hears(call, vacancy=vacancy_id) == "gone"


def test_a_long_text_is_turned_page_by_page_without_the_database(town: Town, board: Board) -> None:
    text = " ".join(["Menjahit kemeja dan celana."] * 7)
    line = town.dials(1)
    line.call("vacancies.read", vacancy=board.hangs(description=text))
    with town.counting() as statements:
        assert line.hears("vacancies.terms") == "more"
        told = [(line.hears("vacancies.turn"), line.known["detail"]) for _ in range(3)]
    assert [outcome for outcome, _ in told] == ["more", "more", "last"]
    assert " ".join(detail for _, detail in told) == text
    assert not any("vacancies" in one for one in statements)


def test_regencies_are_found_by_letters(town: Town) -> None:
    line = town.dials(1)
    assert line.hears("vacancies.places", work_letters="xyz") == "none"
    answered = line.call("vacancies.places", work_letters="semar")
    lines = (answered.items or {})["vacancies.places"]
    assert [item["area"] for item in lines] == ["Kab. Semarang", "Kota Semarang"]


def test_the_wishes_of_the_card_choose_the_work_and_who_would_go_abroad(
    town: Town, board: Board
) -> None:
    request = town.dials(1).registers().facts["request"]
    board.hangs(title="Sopir", sector="driver")
    board.hangs(title="Kasir", sector="shop")
    board.hangs(title="Perawat", sector="shop", place=ABROAD, district=None)
    with town.database.begin() as conn:
        alert_profiles.keep(conn, request, MAJALENGKA, town.now)
        alert_profiles.answer(conn, request, sectors=("shop", "food"), reach="near")
    siti = town.dials(1)
    assert titles(siti) == ["Kasir", "Perawat"]
    assert siti.known["sector"] == "shop,food"
    with town.database.begin() as conn:
        alert_profiles.answer(conn, request, reach="abroad")
    assert titles(town.dials(1)) == ["Perawat"]
    assert titles(town.dials(1), work="driver", work_place=MAJALENGKA) == ["Sopir"]


def test_a_number_that_fell_silent_is_as_new(town: Town, board: Board) -> None:
    board.hangs()
    town.dials(1).registers()
    assert town.dials(1).hears("vacancies.look") == "near"
    town.after(days=190)
    board.hangs(closes_on=date(2027, 6, 30))
    assert town.dials(1).hears("vacancies.look") == "found"
