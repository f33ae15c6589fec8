"""Callers for whom the straight way is not the way: another day, another home, no room, no age."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select, update

from runtime.wiring import House
from services.cards import timed
from storage.tables import card_requests, offices, slots
from tests.story.caller import Caller
from tests.story.conftest import Calls, Serves
from tests.story.people import SITI, WATI
from tests.support.installation import Clock

BUDI = "3210111508980002"


def to_the_day(phone: Caller, nik: str = SITI.nik, name: str = "Siti") -> Caller:
    """Dial and answer up to the screen that offers a day."""
    phone.dials()
    for answer in ("1", nik, "1", name, "1"):
        phone.types(answer)
    return phone.is_at("visit.confirm")


def books(phone: Caller, nik: str = SITI.nik, name: str = "Siti") -> Caller:
    phone = to_the_day(phone, nik, name).types("1").is_at("visit.thanks")
    return phone.types("2").types("1").hung_up()


def has_room(house: House, **columns: Any) -> None:
    """Set what the office of Majalengka offers."""
    statement = update(offices).where(offices.c.code == "32.10").values(**columns)
    with house.database.begin() as conn:
        conn.execute(statement)


def held(house: House) -> list[tuple[str, str, int]]:
    """The hours that people hold: office, day and hour, how many."""
    with house.database.begin() as conn:
        rows = conn.execute(select(slots).where(slots.c.taken > 0))
        return [(row.office, f"{row.day} {row.hour}", row.taken) for row in rows]


def test_another_day_is_chosen_booked_and_told(calls: Calls, house: House) -> None:
    phone = to_the_day(calls(SITI)).types("2").is_at("visit.pick").does_not_see("Sen 23 Nov jam 8")
    phone.chooses("Sel 24 Nov jam 8").sees("Siti, datang Sel 24 Nov jam 8").types("1")
    phone.is_at("visit.thanks").got_sms("datang Sel 24 Nov jam 8")
    assert held(house) == [("32.10", "2026-11-24 08:00", 1)]


def test_the_hour_that_has_just_gone_leads_to_the_next(calls: Calls, house: House) -> None:
    has_room(house, hours=["08:00", "09:00"], daily_quota=2, hour_quota=1)
    slow = to_the_day(calls(SITI)).sees("Sen 23 Nov jam 8")
    books(calls("+6281200000002"), BUDI, "Budi").sees("Sen 23 Nov jam 8")
    slow.types("1").sees("Jam tadi baru penuh. Siti, datang Sen 23 Nov jam 9").types("1")
    slow.is_at("visit.thanks").got_sms("Sen 23 Nov jam 9")
    assert sorted(held(house)) == [
        ("32.10", "2026-11-23 08:00", 1),
        ("32.10", "2026-11-23 09:00", 1),
    ]


def test_with_no_room_left_nothing_is_saved_and_tomorrow_it_goes_on(
    calls: Calls, house: House
) -> None:
    has_room(house, hours=["08:00"], daily_quota=1, hour_quota=1, ahead_days=1)
    books(calls("+6281200000002"), BUDI, "Budi")
    phone = calls(SITI).dials()
    for answer in ("1", SITI.nik, "1", "Siti", "1"):
        phone.types(answer)
    phone.hung_up().sees("Belum ada hari kosong sampai 23-11-2026. Telepon lagi besok pagi.")
    assert held(house) == [("32.10", "2026-11-23 08:00", 1)]
    phone.got_no_sms()
    phone.after(days=1).dials().is_at("main.unfinished").types("1").types("1998")
    phone.sees("Tinggal di Kec. Jatiwangi?").types("1").sees("Siti, datang Sel 24 Nov jam 8")


def test_who_lives_elsewhere_than_the_nik_says_comes_there(
    calls: Calls, monday: Serves, house: House
) -> None:
    phone = calls(SITI).dials()
    for answer in ("1", SITI.nik, "1", "Siti"):
        phone.types(answer)
    phone.chooses("Kecamatan lain").sees("Ketik 3 huruf awal")
    phone.types("xyz").sees("Kecamatan itu belum ketemu").types("temb").sees("Pilih kecamatan")
    phone.chooses("Tembalang, Kota Semarang").sees("di Disnaker Semarang").types("1")
    phone.got_sms("Disnaker Semarang: Siti, datang Sen 23 Nov jam 8")
    assert held(house) == [("33.74", "2026-11-23 08:00", 1)]
    monday(WATI).sees("Datang hari ini 1", "Siti Tembalang")


def test_a_home_that_nobody_serves_yet_is_told_where_to_go(calls: Calls) -> None:
    phone = calls("+6281200000004").dials()
    for answer in ("1", "3273011204950003", "1", "Asep"):
        phone.types(answer)
    phone.sees("Tinggal di Kec. Sukasari?").types("1").hung_up()
    phone.sees("Kota Bandung belum bisa lewat telepon. Datang ke kantor Disnaker di sana.")
    phone.got_no_sms()


def test_a_foreign_number_is_told_why_it_cannot_register(calls: Calls) -> None:
    phone = calls("+254711000111").dials().types("1").types(SITI.nik).hung_up()
    phone.sees("Hanya nomor HP Indonesia yang bisa daftar.").got_no_sms()
    phone.dials().chooses("Lainnya").chooses("Language").chooses("English").sees(
        "1. Get a yellow card"
    )


def test_an_unknown_service_code_is_served_like_our_own(calls: Calls) -> None:
    phone = calls(SITI, code="*384*777#").dials().sees("1. Buat kartu kuning")
    for answer in ("1", SITI.nik, "1", "Siti", "1", "1", "2", "1"):
        phone.types(answer)
    phone.hung_up().got_sms("Siti, datang Sen 23 Nov jam 8")


@pytest.mark.parametrize(
    ("nik", "told"),
    [
        (
            "3210115508100001",
            "Umur di bawah 18 tahun: daftar di kantor Disnaker. Bawa KTP atau KK.",
        ),
        ("3210115508150001", "Umur 11 tahun? Ketik 6 angka pertama NIK"),
    ],
)
def test_an_age_that_cannot_be_is_asked_again_and_one_too_low_is_sent_to_the_counter(
    calls: Calls, nik: str, told: str
) -> None:
    calls(SITI).dials().types("1").types(nik).sees(told)


def test_a_nik_in_three_parts_is_answered_part_by_part_and_kept(calls: Calls) -> None:
    phone = calls(SITI).dials().types("1").types("32101155").sees("NIK 16 angka. Tadi 8.")
    phone.sees("Ketik 6 angka pertama NIK").types("99").sees("6 angka saja. Tadi 2.")
    phone.types("321011").sees("Kec. Jatiwangi. Ketik 6 angka berikutnya")
    phone.types("553098").sees("Itu bukan tanggal lahir").types("550898")
    phone.sees("Lahir 15-08-1998. Ketik 4 angka terakhir").cut_off()
    phone.dials_again().types("1").sees("Lahir 15-08-1998. Ketik 4 angka terakhir")
    phone.types("0000").sees("Akhir NIK belum cocok").types("0001")
    phone.sees("Lahir 15-08-1998, perempuan. Benar?").does_not_see("3210", "0001")


def test_who_missed_the_day_chooses_another_and_keeps_the_code(
    calls: Calls, house: House, clock: Clock
) -> None:
    phone = books(calls(SITI))
    [first] = phone.inbox()
    clock.goes_on(days=2)
    assert timed.run(house.database, house.vault, clock()) == 1
    phone.dials().sees("Siti: janji Sen 23 Nov sudah lewat. Pilih hari baru?").types("1")
    phone.sees("Siti, datang Sel 24 Nov jam 13").types("1").is_at("visit.thanks").types("2")
    phone.types("1").hung_up().got_sms(
        "Siti, datang Sel 24 Nov jam 13", first[first.index("Kode") :]
    )
    with house.database.begin() as conn:
        assert len(conn.execute(select(card_requests.c.id)).all()) == 1


def test_who_does_not_know_the_birth_year_meets_no_draft(calls: Calls) -> None:
    calls(SITI).dials().types("1").types(SITI.nik).types("1").cut_off()
    phone = calls(SITI).after(minutes=31).dials().types("1").is_at("main.year")
    phone.types("1997").sees("Belum cocok").types("1996").types("1995")
    phone.is_at("main.welcome").does_not_see("1998", "Jatiwangi")
    phone.cut_off().dials().is_at("main.welcome")
