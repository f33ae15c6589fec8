"""An officer's steps, from the counter to the card, by forms alone."""

from __future__ import annotations

from datetime import date

from domain.card import State
from runtime.wiring import House
from services.cards import counter
from services.cards.counter import Desk
from services.delivery.inbox import inbox
from sms.message import Lane
from storage import card_requests
from tests.support.installation import Clock
from tests.support.office import Register
from tests.support.staff import TONO
from tests.support.visitor import Visitor

NUMBER = "+6281200000001"


def arrives(visitor: Visitor, who: str, name: str = "Siti Aminah") -> Visitor:
    """Let somebody come to the counter with his KTP."""
    return visitor.opens(f"/person/{who}").sends("/came", full_name=name, ktp="seen")


def texts(house: House, clock: Clock) -> list[str]:
    """Wait until nothing can be taken back, send what is due, read the handset."""
    clock.goes_on(seconds=10)
    house.delivery.deliver_due(Lane.URGENT, clock())
    return [sms.text for sms in inbox(house.delivery, NUMBER)]


def test_from_the_counter_to_the_card(sari: Visitor, enters: Register) -> None:
    who = enters("Siti")
    sari.opens(f"/person/{who}").sees("Siti", "Ada janji", "Periksa aslinya: KTP, ijazah, 2 foto")
    sari.sees("3210********0001", "+6281*****0001").does_not_see("3210111508980001", NUMBER)
    arrives(sari, who).sees("Tersimpan: Sudah datang", "Siti Aminah")
    sari.sees("seperti 3210231126000001").sends("/issue").sees("Tersimpan: Kartu diserahkan")
    sari.sees("Nomor kartu 3210231126000001", "Lapor lagi", "Kerjakan berikutnya")


def test_the_name_and_the_ktp_are_asked_for(sari: Visitor, enters: Register) -> None:
    who = enters("Siti")
    sari.opens(f"/person/{who}").sends("/came", 422, full_name="S1ti", ktp="seen")
    sari.sends("/came", 422, full_name="Si\0ti", ktp="seen")
    sari.sees("Nama 2 sampai 60 huruf")
    sari.sends("/came", 422, full_name="Siti Aminah", ktp=[]).sees("Lihat dulu KTP aslinya")
    assert 'value="Siti Aminah"' in sari.answer.text
    sari.sends("/came", full_name="  Siti   Aminah ", ktp="seen").sees(
        "Siti Aminah", "Sudah datang"
    )


def test_a_number_from_elsewhere_is_typed(dewi: Visitor, enters: Register) -> None:
    who = enters("Siti", office="33.74", state=State.CAME)
    dewi.opens(f"/person/{who}").sees("Ketik nomor kartu")
    dewi.sends("/issue", 422, number="").sees("Ketik nomor kartu, 1 sampai 32")
    dewi.sends("/issue", number="AK1-2026/0007").sees("Nomor kartu AK1-2026/0007")
    other = enters("Budi", office="33.74", state=State.CAME)
    dewi.opens(f"/person/{other}").sends("/issue", 422, number="AK1-2026/0007")
    dewi.sees("Nomor itu sudah dipakai kartu lain")
    assert 'value="AK1-2026/0007"' in dewi.answer.text


def test_missing_papers_are_shown_as_an_sms_before_it_leaves(
    sari: Visitor, monday: House, clock: Clock, enters: Register
) -> None:
    who = enters("Siti")
    arrives(sari, who).opens(f"/person/{who}/incomplete").sees("Apa yang kurang?", "Pilih dulu")
    sari.sends("/incomplete", 422).sees("Centang sedikitnya satu")
    sari.sends("/incomplete", missing=["diploma", "photo2"]).sees("masih kurang ijazah, 2 foto")
    sari.sees("1 SMS,", "dari 160 huruf", "bahasa Indonesia")
    assert texts(monday, clock) == []
    sari.sends("/incomplete", missing=["diploma", "photo2"]).sees("Tersimpan: Berkas kurang. SMS")
    sari.sees("Periksa yang tadi kurang: ijazah, 2 foto", "Berkas sudah lengkap")
    assert "ijazah, 2 foto" in texts(monday, clock)[0]
    sari.sends("/came").sees("Tersimpan: Sudah datang")


def test_a_changed_choice_is_shown_again(sari: Visitor, enters: Register) -> None:
    who = enters("Siti")
    arrives(sari, who).opens(f"/person/{who}/incomplete").sends("/incomplete", missing=["kk"])
    sari.sends("/incomplete", missing=["kk", "ktp"]).sees("masih kurang KTP, KK")
    sari.opens(f"/person/{who}").sees("Sudah datang")


def test_a_refusal_says_why_in_the_readers_language(
    sari: Visitor, monday: House, clock: Clock, enters: Register
) -> None:
    who = enters("Siti", language="su")
    arrives(sari, who).opens(f"/person/{who}/refuse").sees("Mengapa ditolak?")
    sari.sends("/refuse", 422).sees("Pilih satu alasan")
    sari.sends("/refuse", reason="other_region").sees("linggih di daerah sanes", "bahasa Sunda")
    sari.sends("/refuse", reason="other_region").sees("Ditolak", "tinggal di daerah lain")
    assert "linggih di daerah sanes" in texts(monday, clock)[0]


def test_htmx_gets_the_sms_alone(sari: Visitor, enters: Register) -> None:
    who = enters("Siti")
    arrives(sari, who).opens(f"/person/{who}/incomplete")
    form = next(form for form in sari.page.forms if form.action.endswith("/incomplete"))
    answer = sari.client.post(
        f"/person/{who}/incomplete/preview", data=form.fields | {"missing": "kk"}
    )
    assert answer.text.startswith('<div id="preview"')
    assert 'name="seen" value="kk"' in answer.text


def test_a_card_that_waits_for_its_signature(
    sari: Visitor, monday: House, clock: Clock, enters: Register
) -> None:
    who = enters("Siti")
    arrives(sari, who).opens(f"/person/{who}/to_sign").sends("/to_sign").sees("Menunggu tanda")
    sari.sees("SMS yang akan dikirim", "Siti").sends("/ready").sees("Kartu siap. SMS dikirim")
    assert texts(monday, clock)
    sari.opens("/").sees("Kartu belum diserahkan 1", "Siti Aminah")
    sari.opens(f"/person/{who}").sends("/issue").sees("Kartu diserahkan")


def test_another_day_is_chosen_and_shown(
    sari: Visitor, monday: House, clock: Clock, enters: Register
) -> None:
    who = enters("Siti", state=State.NO_SHOW, day=date(2026, 11, 20), holds_slot=False)
    sari.opens(f"/person/{who}/rebook").sends("/rebook", 422, slot="").sees("Pilih satu hari")
    sari.sends("/rebook", slot="2026-11-24 09:00").sees("SMS yang akan dikirim", "Sel 24 Nov")
    sari.sends("/rebook", slot="2026-11-24 09:00").sees("Ada janji. SMS dikirim", "24 November")
    assert "Sel 24 Nov" in texts(monday, clock)[0]
    sari.opens(f"/person/{who}/rebook").sends("/rebook", slot="2026-11-29 09:00")
    sari.sends("/rebook", 422, slot="2026-11-29 09:00").sees("Jam itu baru saja penuh")


def test_the_second_of_two_officers_is_told_and_loses_nothing(
    sari: Visitor, tono: Visitor, enters: Register
) -> None:
    who = enters("Siti")
    arrives(sari, who).opens(f"/person/{who}/incomplete").sends("/incomplete", missing=["kk"])
    tono.opens(f"/person/{who}/incomplete").sends("/incomplete", missing=["ktp"])
    tono.sends("/incomplete", missing=["ktp"])
    sari.sends("/incomplete", 409, missing=["kk"]).sees("Sudah ditangani oleh Tono: Berkas kurang")
    sari.sees("Isian Anda: KK", "Tidak ada lagi yang perlu Anda kerjakan")


def test_what_the_second_entered_can_still_be_saved_where_it_makes_sense(
    sari: Visitor, tono: Visitor, enters: Register
) -> None:
    who = enters("Siti")
    arrives(sari, who).opens(f"/person/{who}/refuse").sends("/refuse", reason="papers_false")
    tono.opens(f"/person/{who}/to_sign").sends("/to_sign")
    sari.sends("/refuse", 409, reason="papers_false").sees("Sudah ditangani oleh Tono")
    sari.sees("Isian Anda: berkas tidak sah", "Isian Anda belum disimpan dan masih ada di bawah")
    sari.sends("/refuse", reason="papers_false").sees("Tersimpan: Ditolak")


def test_the_service_itself_may_be_first(
    sari: Visitor, monday: House, clock: Clock, enters: Register
) -> None:
    who = enters("Siti", state=State.NO_SHOW)
    sari.opens(f"/person/{who}/withdraw")
    with monday.database.begin() as conn:
        desk = Desk(conn, monday.vault, TONO, clock())
        assert isinstance(counter.withdraw(desk, who, 1), counter.Moved)
    sari.sends("/withdraw", 409).sees("Sudah ditangani oleh Tono: Dibatalkan, baru saja")


def test_a_button_pressed_twice_is_pressed_once(sari: Visitor, enters: Register) -> None:
    who = enters("Siti")
    arrives(sari, who)
    form = next(form for form in sari.page.forms if form.action.endswith("/issue"))
    first, second = (sari.client.post(form.action, data=form.fields) for _ in range(2))
    assert (first.status_code, second.status_code) == (303, 303)
    sari.opens(f"/person/{who}").sees("Nomor kartu 3210231126000001")


def test_two_requests_for_one_nik_stand_side_by_side(
    sari: Visitor, monday: House, enters: Register
) -> None:
    nik = "3210115508980001"
    first = enters("Neneng", nik=nik)
    second = enters("Neni", nik=nik, state=State.REQUESTED, holds_slot=False, contested_with=first)
    for one in (first, second):
        sari.opens(f"/person/{one}").sees("Satu NIK diminta dua nomor", "Neneng", "Neni")
        sari.sees("Minta KTP asli", "Permohonan pertama", "Permohonan kedua")
    sari.sends(f"{second}/keep").is_at(f"/person/{second}").sees("Pemilik NIK sudah jelas", "Neni")
    sari.does_not_see("Satu NIK diminta dua nomor")
    with monday.database.begin() as conn:
        loser = card_requests.get(conn, first)
    assert loser is not None
    assert loser.state is State.WITHDRAWN


def test_no_card_is_made_while_two_ask_for_one_nik(sari: Visitor, enters: Register) -> None:
    nik = "3210115508980001"
    first = enters("Neneng", nik=nik)
    arrives(sari, first, "Neneng Rohaeti")
    form = next(form for form in sari.page.forms if form.action.endswith("/issue"))
    enters("Neni", nik=nik, state=State.REQUESTED, holds_slot=False, contested_with=first)
    sari.answer = sari.client.post(form.action, data=form.fields)
    assert sari.answer.status_code == 409
    sari.sees("Belum bisa", "Tentukan dulu pemiliknya", "Neneng", "Neni")
    sari.sends(f"{first}/keep").sends("/issue").sees("Nomor kartu 3210231126000001")


def test_a_step_that_is_not_possible_any_more(sari: Visitor, enters: Register) -> None:
    who = enters("Siti")
    arrives(sari, who).opens(f"/person/{who}/rebook").is_at(f"/person/{who}")
    form = next(form for form in sari.page.forms if form.action.endswith("/issue"))
    again = {**form.fields, "full_name": "Siti Aminah", "ktp": "seen"}
    sari.answer = sari.client.post(f"/person/{who}/came", data=again)
    assert sari.answer.status_code == 409
    sari.sees("Belum bisa", "Langkah itu tidak bisa lagi: sekarang Sudah datang")
    sari.client.post(f"/person/{who}/nonsense", data=form.fields)
    sari.opens(f"/person/{who}/nonsense", 404)
