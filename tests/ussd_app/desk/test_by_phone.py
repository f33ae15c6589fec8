"""What card holders do by phone is seen at the desk, and a number changes at the counter."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask

from domain.card import State
from runtime.wiring import House
from services import guessing
from services.cards import silence
from storage import attempts
from storage.tables import card_requests
from tests.services.cards.town import Moment
from tests.support.installation import Clock, served
from tests.support.office import Register
from tests.support.phone import SITI, Phone
from tests.support.visitor import Visitor

NIK = "3210115508980001"
BUDI = "+6281200000002"


@pytest.fixture
def siti(monday: House, clock: Clock) -> Iterator[Phone]:
    """Siti's telephone on the Monday."""
    with served(monday) as url:
        yield Phone(monday, clock, url)


def puts(house: House, request: str, state: State, **values: object) -> None:
    """Put a request where a test needs it."""
    one = card_requests.update().where(card_requests.c.id == request)
    with house.database.begin() as conn:
        conn.execute(one.values(state=state, holds_slot=False, **values))


def test_a_report_by_phone_stands_in_the_list_and_on_the_persons_page(
    siti: Phone, sari: Visitor, dewi: Visitor, monday: House, enters: Register
) -> None:
    sari.opens("/by-phone").sees("Belum ada yang lapor")
    request = enters("Siti", nik=NIK, phone=SITI)
    day = monday.clock().date()
    puts(monday, request, State.REPORT_DUE, next_report_on=day, issued_at=monday.clock())
    siti.dials().sees("Siti: waktunya lapor. Sudah kerja?").types("3").sees("Tersimpan. Siti")
    siti.hung_up()
    sari.opens("/lists").sees("Lapor dan perubahan")
    sari.opens("/by-phone").sees("Siti", "Melapor", "ikut pelatihan")
    sari.opens(f"/person/{request}").sees("Melapor", "Ikut pelatihan", "layanan ini")
    dewi.opens("/by-phone").does_not_see("Siti")


def test_work_found_shows_its_sector_and_place(
    siti: Phone, sari: Visitor, monday: House, enters: Register
) -> None:
    request = enters("Siti", nik=NIK, phone=SITI)
    day = monday.clock().date()
    puts(monday, request, State.REPORT_DUE, next_report_on=day, issued_at=monday.clock())
    siti.dials().types("2").sees("Tersimpan. Kerja apa?").types("1").sees("Kerja di mana?")
    siti.types("1").sees("Tersimpan. Terima kasih").hung_up()
    sari.opens("/by-phone").sees("Sudah bekerja", "dekat rumah")


def test_the_counter_changes_a_number_at_once(siti: Phone, sari: Visitor, enters: Register) -> None:
    request = enters("Siti", nik=NIK, phone=SITI)
    sari.opens(f"/person/{request}/number").sees("Nomor sekarang: +6281*****0001")
    sari.sends("/number", phone="0812 0000 0002", ktp="seen")
    sari.is_at(f"/person/{request}").sees("nomor HP sekarang …0002", "Nomor HP diganti")
    siti.dials().sees("Disnaker. Kartu kuning gratis")
    siti.number = BUDI
    siti.dials().sees("Siti: datang")


def test_what_is_no_number_is_asked_again(sari: Visitor, enters: Register) -> None:
    request = enters("Siti", nik=NIK, phone=SITI)
    for phone, ktp in (("12", "seen"), ("+254711082000", "seen"), ("081200000002", "")):
        sari.opens(f"/person/{request}/number")
        sari.sends("/number", 422, phone=phone, ktp=ktp)
        sari.sees("misalnya 0812" if ktp else "Lihat dulu KTP aslinya")


def test_the_second_of_two_officers_hears_who_was_first(
    sari: Visitor, tono: Visitor, enters: Register
) -> None:
    request = enters("Siti", nik=NIK, phone=SITI)
    for officer in (sari, tono):
        officer.opens(f"/person/{request}/number")
    sari.sends("/number", phone="081200000002", ktp="seen")
    tono.sends("/number", 409, phone="081200000003", ktp="seen")
    tono.sees("Sari", "Nomor HP diganti")
    tono.sends("/number", phone="081200000003", ktp="seen").sees("…0003")


def test_another_office_does_not_know_the_person(dewi: Visitor, enters: Register) -> None:
    request = enters("Siti", nik=NIK, phone=SITI)
    dewi.opens(f"/person/{request}/number", 404)


def test_a_silent_number_is_asked_for_and_gets_no_sms(
    sari: Visitor, monday: House, clock: Clock, enters: Register
) -> None:
    request = enters("Siti", nik=NIK, phone=SITI)
    puts(monday, request, State.SIGNING)
    clock.goes_on(days=185)
    silence.note(monday.database, clock())
    sari.signs_in("sari@example.go.id")
    sari.opens(f"/person/{request}").sees("tanyakan nomornya", "Tidak ada nomor HP: tidak ada SMS")


def test_who_manages_officers_hears_that_somebody_is_guessing(
    sari: Visitor, app: Flask, monday: House, clock: Clock
) -> None:
    with monday.database.begin() as conn:
        for _ in range(guessing.LIMITS[guessing.CODES]):
            attempts.add(conn, guessing.CODES, "x", clock())
        guessing.missed(Moment(conn, monday.vault, clock()), guessing.CODES)
    sari.opens("/").does_not_see("menebak")
    adi = Visitor(app).signs_in("adi@example.go.id")
    adi.opens("/").sees("Ada yang menebak-nebak: kode dan tanggal lahir")
