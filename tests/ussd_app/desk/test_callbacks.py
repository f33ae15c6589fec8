"""*Minta ditelepon*: from two mistakes at the keypad to the officer's call on Monday."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import select, update

from runtime.wiring import House
from storage.tables import audit, callback_requests, offices
from tests.support.installation import Clock, served
from tests.support.phone import Phone
from tests.support.visitor import Visitor

NIK = "3210115508980001"
NUMBER = "0812 0000 0001"


@pytest.fixture
def siti(monday: House, clock: Clock) -> Iterator[Phone]:
    """Siti's telephone, at nine on the Monday: the morning's window has begun."""
    with served(monday) as url:
        yield Phone(monday, clock, url)


def asks(phone: Phone) -> Phone:
    """Mistype a name twice and say yes to the call."""
    phone.dials().types("1").types(NIK).types("1").types("R2").sees("huruf saja").types("D2")
    phone.sees("Kami telepon Sen 23 Nov siang dari 0233 000000. Mau?").types("1")
    return phone.sees("Tersimpan. Kami telepon Sen 23 Nov siang, jam 13-15").hung_up()


def opens_the_first(officer: Visitor) -> Visitor:
    officer.opens("/callbacks")
    links = [link for link in officer.page.links if link.startswith("/callbacks/")]
    return officer.opens(links[0])


def test_whoever_is_stuck_is_rung_and_spoken_with(siti: Phone, sari: Visitor) -> None:
    sari.opens("/").does_not_see("menunggu telepon kita")
    asks(siti)
    sari.opens("/").sees("1 orang menunggu telepon kita Paling awal: Sen 23 Nov, 13.00-15.00")
    sari.opens("/callbacks").sees("HP …0001", "Indonesia", "Ketik nama panggilan", "menunggu")
    opens_the_first(sari).sees("Telepon sekarang").does_not_see(NUMBER, "81200000001")
    sari.sends("/call").sees(NUMBER, "Telepon dari 0233 000000", "Sudah bicara", "Tidak diangkat")
    sari.opens("/callbacks").sees("sedang ditelepon Sari").does_not_see(NUMBER)
    opens_the_first(sari).does_not_see(NUMBER).sends("/call").sees(NUMBER)
    sari.sends("/reached").is_at("/callbacks").sees("Sudah bicara", "Tidak ada yang menunggu")
    sari.opens("/").does_not_see("menunggu telepon kita")


def test_every_look_at_the_number_is_written_down(
    siti: Phone, sari: Visitor, monday: House
) -> None:
    asks(siti)
    opens_the_first(sari).sends("/call").sends("/missed")
    opens_the_first(sari).sends("/call").sends("/reached")
    with monday.database.begin() as conn:
        entries = conn.execute(select(audit).order_by(audit.c.id)).all()
        (row,) = conn.execute(select(callback_requests)).all()
    ours = [entry for entry in entries if entry.action.startswith("callback.")]
    deeds = ["asked", "call", "missed", "call", "reached"]
    assert [entry.action for entry in ours] == [f"callback.{deed}" for deed in deeds]
    assert {entry.office for entry in ours} == {"32.10"}
    assert [entry.officer_id is None for entry in ours] == [True, False, False, False, False]
    assert all(entry.details == {"callback": row.id} for entry in ours)


def test_who_does_not_answer_stays_on_the_list_with_his_promise(siti: Phone, sari: Visitor) -> None:
    asks(siti)
    opens_the_first(sari).sends("/call").sends("/missed").is_at("/callbacks")
    sari.sees("Ia tetap di daftar ini", "belum diangkat 1 kali", "13.00-15.00")
    siti.dials().types("3").sees("Kami telepon Sen 23 Nov siang").hung_up()
    opens_the_first(sari).sends("/call").sends("/missed").sees("belum diangkat 2 kali")


def test_a_promise_that_has_passed_is_marked_and_made_anew_when_asked(
    siti: Phone, sari: Visitor, clock: Clock
) -> None:
    asks(siti)
    clock.goes_on(hours=6, minutes=1)
    sari.signs_in("sari@example.go.id").opens("/").sees("sudah lewat")
    opens_the_first(sari).sees("sudah lewat")
    before = sari.answer
    siti.dials().types("3").sees("Kami telepon Sel 24 Nov pagi").types("1")
    siti.sees("Tersimpan. Kami telepon Sel 24 Nov pagi, jam 9-11").hung_up()
    sari.answer = before
    sari.sends("/call", 409).sees("Penelepon meminta lagi", "Sel 24 Nov, 09.00-11.00")
    sari.opens("/callbacks").sees("Minta ditelepon 1").does_not_see("sudah lewat")


def test_the_second_officer_is_told_who_was_first(
    siti: Phone, sari: Visitor, tono: Visitor
) -> None:
    asks(siti)
    opens_the_first(sari)
    opens_the_first(tono)
    sari.sends("/call").sees(NUMBER)
    tono.sends("/call", 409).sees("Sudah diproses oleh Sari: sedang ditelepon, baru saja")
    tono.does_not_see(NUMBER).sees("Sedang ditelepon oleh Sari", "Saya yang telepon")
    page = tono.answer
    sari.sends("/reached")
    tono.answer = page
    tono.sends("/call", 409).sees("Sudah diproses oleh Sari: sudah bicara").does_not_see(NUMBER)
    assert all("/close" not in form.action for form in tono.page.forms)


def test_a_colleague_takes_over_what_lies(siti: Phone, sari: Visitor, tono: Visitor) -> None:
    asks(siti)
    opens_the_first(sari).sends("/call")
    opens_the_first(tono).sends("/call").sees(NUMBER)
    sari.sends("/reached", 409).sees("Sudah diproses oleh Tono: sedang ditelepon")


def test_a_second_press_of_one_button_is_no_conflict(siti: Phone, sari: Visitor) -> None:
    asks(siti)
    opens_the_first(sari)
    page = sari.answer
    sari.sends("/call").sees(NUMBER)
    sari.answer = page
    sari.sends("/call").sees(NUMBER)
    page = sari.answer
    sari.sends("/missed").is_at("/callbacks")
    sari.answer = page
    sari.sends("/missed").is_at("/callbacks").sees("belum diangkat 1 kali")


def test_another_office_sees_nobody(siti: Phone, sari: Visitor, dewi: Visitor) -> None:
    asks(siti)
    dewi.opens("/").does_not_see("menunggu telepon kita")
    dewi.opens("/callbacks").sees("Tidak ada yang menunggu telepon").does_not_see("0001")
    opens_the_first(sari)
    dewi.opens(sari.answer.request.path, 404)


def test_what_is_no_deed_is_not_there(siti: Phone, sari: Visitor) -> None:
    asks(siti)
    opens_the_first(sari)
    form = {"csrf_token": sari.page.forms[-1].fields["csrf_token"], "version": "1"}
    where = sari.answer.request.path
    assert sari.client.post(f"{where}/delete", data=form).status_code == 404
    assert sari.client.post(f"{where}/call", data=form | {"version": "x"}).status_code == 409


def test_no_number_ever_stands_in_an_address(siti: Phone, sari: Visitor) -> None:
    asks(siti)
    opens_the_first(sari).sends("/call").sends("/missed")
    seen = " ".join((*sari.addresses, *sari.page.links))
    assert "0001" not in seen.replace("00000000-0000", "")
    assert sari.answer.headers["Cache-Control"] == "no-store"


def test_the_officer_reads_the_callers_language_and_the_screen_in_his_own(
    siti: Phone, sari: Visitor
) -> None:
    siti.in_language("su")
    siti.dials().types("1").types("321").types("321").types("321").types("1").hung_up()
    sari.opens("/callbacks").sees("Sunda", "Ketik 6 angka pertama NIK")
    sari.opens("/").sends("/language", language="en")
    sari.opens("/callbacks").sees("Sundanese", "Type the first 6 digits of NIK", "waiting")


def test_whoever_asks_in_the_menu_is_told_apart(siti: Phone, sari: Visitor) -> None:
    siti.dials().types("5").types("2").types("1").hung_up()
    sari.opens("/callbacks").sees("Minta dari menu")


def test_a_long_list_stands_on_pages_with_the_oldest_promise_first(
    monday: House, clock: Clock, siti: Phone, sari: Visitor
) -> None:
    with monday.database.begin() as conn:
        conn.execute(update(offices).values(callback_daily=100))
    address = siti._url.partition("/ussd/")[0]
    for number in range(2, 20):
        clock.goes_on(seconds=1)
        Phone(monday, clock, address, f"+62812{number:08d}").dials("*123*5*2#").types("1").hung_up()
    sari.opens("/callbacks").sees("Minta ditelepon 18", "HP …0002", "Halaman 1 dari 2")
    sari.does_not_see("HP …0017").opens("/callbacks?page=2").sees("HP …0017", "HP …0019")
    text = sari.page.text
    assert text.index("0017") < text.index("0018") < text.index("0019")
