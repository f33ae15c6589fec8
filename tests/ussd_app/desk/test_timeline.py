"""The story of a person as an officer reads it: calls, SMS and decisions in one list."""

from __future__ import annotations

from runtime.wiring import House
from tests.support.installation import Clock, served
from tests.support.office import Register
from tests.support.phone import Phone
from tests.support.visitor import Visitor
from tests.ussd_app.desk.test_steps import arrives, texts

NIK = "3210115508980001"


def test_from_the_first_call_to_the_counter(sari: Visitor, monday: House, clock: Clock) -> None:
    with served(monday) as url:
        phone = Phone(monday, clock, url).dials()
        phone.types("1").types(NIK).cut_off().after(minutes=1).dials()
        for answer in ("1", "1", "Siti", "1", "1", "2", "1"):
            phone.types(answer)
        phone.hung_up().got_sms("Siti, datang")
    sari.opens("/").sends("/search", find="siti")
    sari.sees("Telepon selesai, 42 detik", "SMS: Hari datang sampai · 1 bagian")
    sari.sees("Mendapat hari datang layanan ini", "Mendaftar lewat telepon")
    sari.sees("Telepon terputus, 42 detik", "Benar?")
    page = sari.page.text
    assert page.index("SMS: Hari datang") < page.index("Telepon terputus")
    sari.does_not_see(NIK)


def test_an_sms_shows_each_of_its_steps(
    sari: Visitor, monday: House, clock: Clock, enters: Register
) -> None:
    who = enters("Siti")
    arrives(sari, who).opens(f"/person/{who}/to_sign").sends("/to_sign").sends("/ready")
    sari.sees("SMS: Kartu siap menunggu dikirim")
    assert texts(monday, clock)
    sari.opens(f"/person/{who}").sees("SMS: Kartu siap sampai")
    sari.sees("menunggu dikirim 09.00.00 terkirim 09.00.10 sampai 09.00.10")


def test_an_sms_that_failed_can_be_sent_again(
    sari: Visitor, monday: House, clock: Clock, enters: Register
) -> None:
    who = enters("Siti")
    arrives(sari, who).opens(f"/person/{who}/to_sign").sends("/to_sign").sends("/ready")
    with monday.database.begin() as conn:
        conn.exec_driver_sql("update messages set status = 'failed', reason = 'NoRoute'")
    sari.opens(f"/person/{who}").sees("gagal (NoRoute)", "Kirim ulang SMS ini")
    [form] = [one for one in sari.page.forms if one.action.endswith("/resend")]
    sari.sends("/resend").sees("SMS dikirim ulang.", "SMS diminta kirim ulang Sari")
    sari.sees("dikirim ulang").does_not_see("Kirim ulang SMS ini")
    assert len(texts(monday, clock)) == 1
    sari.answer = sari.client.post(form.action, data=form.fields, follow_redirects=True)
    sari.sees("SMS itu tidak perlu atau tidak bisa dikirim ulang")


def test_what_was_decided_says_why_and_what_was_taken_back(sari: Visitor, enters: Register) -> None:
    who = enters("Siti")
    arrives(sari, who).opens(f"/person/{who}/incomplete").sends("/incomplete", missing=["kk"])
    sari.sends("/incomplete", missing=["kk"]).sees("Berkas kurang Sari · KK")
    sari.sends("/undo").sees("Diurungkan: Berkas kurang Sari")


def test_a_long_story_shows_its_end_first(sari: Visitor, enters: Register) -> None:
    who = enters("Siti")
    for _ in range(3):
        arrives(sari, who).sends("/undo")
    sari.sees("2 catatan sebelumnya", "Riwayat 6")
