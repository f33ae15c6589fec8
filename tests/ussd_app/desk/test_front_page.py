"""One page to look at all day: search, one yellow button, three lists."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from domain.card import State
from runtime.wiring import House
from tests.support.installation import Clock
from tests.support.office import Register
from tests.support.visitor import Visitor

SITI = "3210115508980001"


def test_an_empty_day_is_friendly(sari: Visitor) -> None:
    sari.sees("Hari ini", "Senin, 23 November 2026", "Datang hari ini 0")
    sari.sees("Tidak ada janji lagi hari ini", "Tidak ada yang perlu dijawab")
    sari.sees("Semua kartu sudah diserahkan")
    sari.sends("/next").is_at("/").sees("Tidak ada yang menunggu")


def test_today_stands_by_the_hour(sari: Visitor, enters: Register) -> None:
    enters("Wati", hour="10:00")
    enters("Budi", hour="08:00")
    enters("Besok", day=date(2026, 11, 24))
    sari.opens("/").sees("Datang hari ini 2", ["08.00 Budi Jatiwangi …0002", " Ada janji"][0])
    text = sari.page.text
    assert text.index("Budi") < text.index("Wati")
    sari.does_not_see("Besok")


def test_exceptions_stand_by_their_age(sari: Visitor, enters: Register) -> None:
    first = enters("Neneng", nik=SITI)
    enters("Neni", nik=SITI, state=State.REQUESTED, holds_slot=False, contested_with=first)
    sari.opens("/").sees("Perlu dijawab 1", "Neni Satu NIK diminta dua nomor baru saja")


def test_the_button_leads_to_whoever_waits(sari: Visitor, tono: Visitor, enters: Register) -> None:
    waiting = {f"/person/{enters(name, hour='08:00')}" for name in ("Budi", "Wati")}
    seen = [who.opens("/").sends("/next").answer.request.path for who in (sari, tono)]
    assert set(seen) == waiting
    tono.opens(seen[0]).sees("Sedang dibuka oleh Sari")


def test_long_lists_are_cut_and_go_on_elsewhere(sari: Visitor, enters: Register) -> None:
    for number in range(18):
        enters(f"Orang {chr(65 + number)}", hour="08:00")
    sari.opens("/").sees("Datang hari ini 18", "Lihat semua (18)").does_not_see("Orang H")
    sari.opens("/people/today").sees("Orang O", "Halaman 1 dari 2").does_not_see("Orang P")
    sari.opens("/people/today?page=2").sees("Orang P", "Orang R").does_not_see("Orang O")
    sari.opens("/people/today?page=99").sees("Halaman 2 dari 2")
    sari.opens("/people/unissued").sees("Semua kartu sudah diserahkan")
    sari.opens("/people/nothing", 404)


def test_counts_are_all_that_moves(sari: Visitor, enters: Register) -> None:
    enters("Budi")
    answer = sari.client.get("/counts")
    assert 'id="today-count" hx-swap-oob="true">1<' in answer.text
    assert "Budi" not in answer.text


@pytest.mark.parametrize("asked", ["siti", "SITI ", "0001", SITI, "3210 1155 0898 0001"])
def test_one_who_is_found_alone_is_opened(sari: Visitor, enters: Register, asked: str) -> None:
    who = enters("Siti", nik=SITI)
    enters("Budi")
    sari.opens("/").sends("/search", find=asked).is_at(f"/person/{who}")


def test_several_or_nobody_are_said_plainly(sari: Visitor, enters: Register) -> None:
    enters("Siti")
    enters("Sitinah")
    sari.opens("/").sends("/search", find="siti").is_at("/search").sees(
        "Hasil pencarian 2", "Sitinah"
    )
    sari.sends("/search", find="Zulkifli").sees("Belum ketemu", "nama di KTP")
    sari.sends("/search", find="sity").sees("Tidak ada nama persis itu. Yang mirip:", "Siti")
    sari.sends("/search", find="").sees("Belum ketemu")


def test_no_name_and_no_number_ever_stands_in_an_address(sari: Visitor, enters: Register) -> None:
    enters("Siti", nik=SITI)
    enters("Sitinah", nik="3210115508980002")
    for asked in ("siti", "0001", SITI, "sitinah"):
        sari.opens("/").sends("/search", find=asked)
    seen = " ".join((*sari.addresses, *sari.page.links)).lower()
    assert "siti" not in seen
    assert SITI not in seen
    assert "0001" not in seen


def test_another_offices_people_are_nowhere(sari: Visitor, enters: Register, clock: Clock) -> None:
    enters("Dewi", office="33.74")
    sari.opens("/").does_not_see("Dewi").sends("/search", find="dewi").sees("Belum ketemu")
    clock.goes_on(minutes=timedelta(minutes=5).seconds // 60)
    sari.opens("/").sends("/next").is_at("/")


def test_a_name_that_is_markup_stays_a_name(sari: Visitor, monday: House, enters: Register) -> None:
    assert monday.settings.demo
    who = enters("<b>Siti</b>")
    sari.opens(f"/person/{who}")
    assert "<b>Siti</b>" not in sari.answer.text
    sari.sees("<b>Siti</b>")
