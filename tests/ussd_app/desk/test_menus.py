"""*Gambar menu*: every flow with its real screens, and where calls broke off."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from menus import picture
from menus.loader import load_book
from runtime.wiring import House
from services import funnel
from tests.support.installation import Clock, served
from tests.support.phone import Phone
from tests.support.visitor import Visitor

NIK = "3210115508980001"
SEMARANG = "3374015508980001"
FLOWS = picture.flows(load_book())


@pytest.fixture
def siti(monday: House, clock: Clock) -> Iterator[Phone]:
    """Siti's telephone on the Monday."""
    with served(monday) as url:
        yield Phone(monday, clock, url)


def counted(house: House) -> None:
    """The clock counts what happened."""
    funnel.drain(house.database, house.vault, house.sessions)


def test_an_officer_finds_where_calls_break_off(siti: Phone, sari: Visitor, monday: House) -> None:
    for _ in range(2):
        siti.dials().types("1").types(NIK).types("1").types("S1").cut_off()
        siti.dials_again().types("2").cut_off()
    counted(monday)
    sari.opens("/lists").sees("Gambar menu")
    sari.opens("/menus").sees("Buat kartu", "Waktu habis", "Terputus")
    sari.opens("/menus/register").sees("Ketik nama panggilan")
    # The test's telephone was silent for 42 seconds each time.
    sari.sees("2 masuk, 2 salah, 2 habis, 0 putus")


def test_each_flow_is_shown_with_its_screens_in_every_language(sari: Visitor) -> None:
    for flow in FLOWS:
        sari.opens(f"/menus/{flow}").sees(f"{flow}.")
    sari.opens("/menus/register?in=su").sees("Ketik nami sapopoe")
    sari.opens("/menus/register?in=xx").sees("Ketik nama panggilan")


def test_there_is_no_picture_of_what_is_no_flow(sari: Visitor) -> None:
    sari.opens("/menus/nothing", status=404)


def test_a_poster_is_told_by_its_village(siti: Phone, sari: Visitor, monday: House) -> None:
    sari.opens("/menus").sees("Belum ada yang menelepon dari poster")
    siti.dials("*123*9151#").types("1").types(NIK).types("1").types("Siti").types("1").types("1")
    siti.cut_off().dials("*123*9151#")
    counted(monday)
    sari.opens("/menus").sees("Burujul Kulon, Jatiwangi", "*123*9151# 2 1")


def test_a_visit_booked_at_another_office_is_the_posters_all_the_same(
    siti: Phone, sari: Visitor, dewi: Visitor, monday: House
) -> None:
    siti.dials("*123*9151#").types("1").types(SEMARANG).types("1").types("Siti")
    siti.types("1").types("1").cut_off()
    counted(monday)
    sari.opens("/menus").sees("*123*9151# 1 1")
    dewi.opens("/menus").sees("Belum ada yang menelepon dari poster")


def test_another_office_sees_neither_its_calls_nor_its_posters(
    siti: Phone, dewi: Visitor, monday: House
) -> None:
    siti.dials("*123*9151#").cut_off()
    counted(monday)
    dewi.opens("/menus").does_not_see("Burujul Kulon").sees("Belum ada yang menelepon dari poster")
