"""A vacancy is hung out, and Siti wants it: by phone and over the wire, in four languages."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from runtime.wiring import House
from services.vacancies import publishing
from services.vacancies.publishing import Clerk
from tests.story.conftest import Calls
from tests.support.installation import Clock
from tests.support.jobs import hangs

SITI = "+6281200000001"
SAID: Mapping[str, tuple[str, ...]] = {
    "id": (
        "1 lowongan: Apa saja, di mana saja",
        "Upah: tanya di sana",
        "Lulusan SMP/MTs. 25 orang. Sampai Kam 31 Des",
        (
            "Tersimpan. Datang ke Disnaker Majalengka, Sen-Jum 8-15, sampai Kam 31 Des. "
            "Bawa KTP, kartu kuning. Kami SMS juga."
        ),
        (
            "Operator jahit: datang ke Disnaker Majalengka, Sen-Jum 8-15 s/d Kam 31 Des. "
            "Bawa KTP, kartu kuning."
        ),
    ),
    "su": (
        "1 lowongan: Naon wae, di mana wae",
        "Gajih: taros di ditu",
        "Lulusan SMP/MTs. 25 jalmi. Dugi ka Kem 31 Des",
        (
            "Tos disimpen. Sumping ka Disnaker Majalengka, Sen-Jum 8-15, dugi ka Kem 31 Des. "
            "Candak KTP, kartu kuning. Dikintun oge ku SMS."
        ),
        (
            "Operator jahit: ka Disnaker Majalengka, Sen-Jum 8-15 dugi Kem 31 Des. "
            "Candak KTP, kartu kuning."
        ),
    ),
    "jv": (
        "1 lowongan: Punapa kemawon, pundi kemawon",
        "Bayaran: tangled mrika",
        "Lulusan SMP/MTs. 25 tiyang. Dumugi Kam 31 Des",
        (
            "Sampun dipunsimpen. Rawuh ing Disnaker Majalengka, Sen-Jum 8-15, dumugi Kam 31 Des. "
            "Bekta KTP, kertu kuning. Ugi dipunkintun SMS."
        ),
        (
            "Operator jahit: dhateng Disnaker Majalengka, Sen-Jum 8-15 dugi Kam 31 Des. "
            "Bekta KTP, kertu kuning."
        ),
    ),
    "en": (
        "Jobs: 1. Anything, anywhere",
        "Wage: ask there",
        "School: SMP/MTs (junior high). 25 people. Until Thu 31 Dec",
        (
            "Saved. Go to Disnaker Majalengka, Mon-Fri 8-15, until Thu 31 Dec. "
            "Bring KTP, yellow card. We also SMS you."
        ),
        (
            "Operator jahit: go to Disnaker Majalengka, Mon-Fri 8-15 until Thu 31 Dec. "
            "Bring KTP, yellow card."
        ),
    ),
}


@pytest.fixture(autouse=True)
def hung_out(house: House, clock: Clock) -> str:
    """A published vacancy in Majalengka."""
    return hangs(house, clock, wage=None, district=None)


@pytest.mark.parametrize("language", SAID)
def test_a_vacancy_is_found_read_to_its_end_and_wanted(calls: Calls, language: str) -> None:
    list_of, wage, needs, saved, sms = SAID[language]
    siti = calls(SITI).in_language(language)
    siti.dials("*123*3#").sees(list_of)
    siti.types("1").sees("1. Operator jahit, Majalengka")
    siti.types("1").sees("Operator jahit, PT Contoh Garmen, Majalengka.", wage)
    siti.types("3").sees(needs).types("3").sees("Menjahit kemeja.")
    siti.types("1").sees(saved).repeats().hung_up().got_sms(sms)
    assert len(siti.inbox()) == 1


def test_four_keys_are_enough_for_a_wish(calls: Calls) -> None:
    siti = calls(SITI).dials("*123*3*1*1*1#")
    assert siti.screen.startswith("Tersimpan. Datang ke")


def test_a_reader_who_is_cut_off_is_asked_nothing_the_next_time(calls: Calls) -> None:
    siti = calls(SITI).dials("*123*3#").types("1").types("1").types("3").sees("25 orang")
    siti.cut_off().dials_again().does_not_see("Lanjut").types("3").types("1").types("1")
    siti.types("1").sees("Tersimpan").hung_up()
    siti.dials_again().does_not_see("Lanjut")


def test_a_vacancy_closed_while_somebody_reads_is_said_to_be_closed(
    calls: Calls, house: House, clock: Clock, hung_out: str
) -> None:
    siti = calls(SITI).dials("*123*3#").types("1").types("1")
    with house.database.begin() as conn:
        publishing.close(Clerk(conn, house.vault, clock(), "32.10"), hung_out, 2)
    siti.types("1").sees("Lowongan itu baru ditutup").types("1").sees("Belum ada lowongan")
    siti.got_no_sms()


def test_the_text_of_a_vacancy_says_how_to_come_back_to_it(calls: Calls) -> None:
    siti = calls(SITI).dials("*123*3#").types("1").types("1").types("2")
    siti.sees("Kami kirim SMS sekarang").got_sms("PT Contoh Garmen", "Tekan *123*3#")
