"""*Pesan masuk*: an SMS from the wire to the officer's answer on the handset."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import select

from runtime.wiring import House
from storage.tables import audit, incoming_messages, offices
from tests.support.installation import Clock, served
from tests.support.office import Register
from tests.support.phone import Phone
from tests.support.visitor import Visitor

BUDI = "+6281200000002"


@pytest.fixture
def siti(monday: House, clock: Clock) -> Iterator[Phone]:
    """Siti's telephone, on the working day."""
    with served(monday) as url:
        yield Phone(monday, clock, url)


def opens_the_first(officer: Visitor) -> Visitor:
    officer.opens("/messages")
    links = [link for link in officer.page.links if link.startswith("/messages/")]
    return officer.opens(links[0])


def test_a_question_is_read_answered_and_heard(siti: Phone, sari: Visitor) -> None:
    siti.texts("Kantor buka hari Sabtu?")
    sari.opens("/").sees("Pesan masuk (1)").opens("/messages")
    sari.sees("HP …0001", "baru", "Kantor buka hari Sabtu?")
    opens_the_first(sari).sees("Kantor buka hari Sabtu?").does_not_see("81200000001")
    sari.sends("/reply", said="Sabtu  tutup.\nSenin buka jam 8.")
    sari.sees("tekan Kirim SMS", "Disnaker Majalengka: Sabtu tutup. Senin buka jam 8.", "160 huruf")
    sari.sends("/reply").sees("SMS berangkat setelah 10 detik", "Dijawab oleh Sari", "Urungkan")
    assert not any("Sabtu" in text for text in siti.inbox())
    siti.after(seconds=10).got_sms("Disnaker Majalengka: Sabtu tutup. Senin buka jam 8.")
    sari.opens("/messages").sees("Tidak ada pesan yang menunggu")


def test_an_answer_is_taken_back_before_it_leaves_and_not_after(siti: Phone, sari: Visitor) -> None:
    siti.texts("Kantor buka hari Sabtu?")
    opens_the_first(sari).sends("/reply", said="Tidak").sends("/reply")
    sari.sends("/undo").sees("Pesan dibuka lagi", "Jawaban").does_not_see("Dijawab oleh")
    siti.after(seconds=30)
    assert not any("Tidak" in text for text in siti.inbox())
    sari.sends("/reply", said="Ya, buka").sends("/reply")
    page = sari.answer
    siti.after(seconds=10).got_sms("Ya, buka")
    sari.answer = page
    sari.sends("/undo", 409).sees("SMS sudah berangkat", "Dijawab oleh Sari")
    sari.does_not_see("Urungkan", "Jawaban Anda belum dikirim")
    assert len([text for text in siti.inbox() if "Ya, buka" in text]) == 1


def test_the_second_officer_is_told_who_was_first(
    siti: Phone, sari: Visitor, tono: Visitor
) -> None:
    siti.texts("Kantor buka hari Sabtu?").after(minutes=1)
    opens_the_first(sari)
    opens_the_first(tono).sends("/reply", said="Tutup, Bu").sends("/reply")
    sari.sends("/reply", 409, said="Buka, Bu")
    sari.sees("Sudah diproses oleh Tono", "Jawaban Anda belum dikirim", "Buka, Bu")
    siti.after(seconds=10).got_sms("Tutup, Bu")
    assert not any("Buka" in text for text in siti.inbox())
    tono.opens("/messages").sees("Tidak ada pesan")


def test_a_message_is_closed_without_an_answer_and_opened_again(
    siti: Phone, sari: Visitor, monday: House
) -> None:
    siti.texts("Terima kasih banyak bu")
    opens_the_first(sari).sends("/close").sees("Pesan ditutup", "Ditutup oleh Sari")
    sari.sends("/undo").sees("Pesan dibuka lagi").sends("/close")
    with monday.database.begin() as conn:
        done = list(conn.scalars(select(audit.c.action).where(audit.c.action.like("message.%"))))
    assert done == ["message.closed", "message.undone", "message.closed"]


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (" ", "2 huruf atau lebih"),
        ("a" * 139, "139 huruf, paling banyak 138"),
        ("€" * 70, "140 huruf"),
        ("Lihat disnaker.go.id", "tidak memuat tautan"),
        ("NIK 3210115508980001 sudah benar", "tidak memuat tautan"),
        ("Transfer dulu ya", "urusan uang"),
    ],
    ids=("empty", "long", "extended", "link", "nik", "money"),
)
def test_what_no_sms_of_an_office_holds_is_refused(
    siti: Phone, sari: Visitor, said: str, told: str
) -> None:
    siti.texts("Kantor buka hari Sabtu?")
    opens_the_first(sari).sends("/reply", 422, said=said).sees(told)
    siti.after(seconds=30)
    assert len(siti.inbox()) == 1


def test_what_changed_after_the_preview_is_shown_again(siti: Phone, sari: Visitor) -> None:
    siti.texts("Kantor buka hari Sabtu?")
    opens_the_first(sari).sends("/reply", said="Buka").sends("/reply", said="Buka jam 8")
    sari.sees("tekan Kirim SMS", "Majalengka: Buka jam 8")


def test_each_office_sees_its_own_and_what_may_be_anybodys(
    siti: Phone, sari: Visitor, dewi: Visitor, enters: Register
) -> None:
    enters("Siti")
    siti.texts("Salam dari Cikoneh bu Sari")
    sari.opens("/messages").sees("Siti", "Salam dari Cikoneh bu Sari")
    opens_the_first(sari).sees("Lihat kartu Siti")
    where = sari.answer.request.path
    dewi.opens("/messages").does_not_see("Cikoneh").opens(where, 404)
    siti.number = BUDI
    siti.texts("Halo, ini kantor mana?")
    opens_the_first(dewi).sees("Halo, ini kantor mana?").sends("/close")
    sari.opens("/messages").does_not_see("kantor mana")


def test_a_nik_that_somebody_wrote_is_masked_and_markup_is_text(siti: Phone, sari: Visitor) -> None:
    siti.texts("NIK saya 3210115508980001 <b>tebal</b>")
    sari.opens("/messages").sees("3210********0001").does_not_see("3210115508980001")
    opens_the_first(sari).sees("3210********0001 <b>tebal</b>").does_not_see("3210115508980001")


def test_a_nik_typed_in_groups_is_masked_and_hours_are_not(siti: Phone, sari: Visitor) -> None:
    siti.texts("NIK 3210 1155 0898 0001, juga 3210-1155-0898-0001. Buka 08.00-12.00 13.00-15.00?")
    opens_the_first(sari).does_not_see("1155 0898", "1155-0898", "0898 0001")
    sari.sees("NIK 3210********0001, juga 3210********0001. Buka 08.00-12.00 13.00-15.00?")
    sari.sends("/reply", 422, said="NIK 3210 1155 0898 0001 benar?").sees(
        "tidak memuat tautan, NIK"
    )
    sari.sends("/reply", said="Buka 08.00-12.00 13.00-15.00, telepon 0233-281234 0233-281235")
    sari.sends("/reply", said="Kartu gratis, tidak ada biaya.").sees("tekan Kirim SMS")
    sari.sends("/reply", 422, said="Tidak ada biaya, transfer saja").sees("urusan uang")


def test_an_sms_to_one_office_about_a_card_of_another_is_the_others(
    siti: Phone, monday: House, sari: Visitor, dewi: Visitor, enters: Register
) -> None:
    with monday.database.begin() as conn:
        conn.execute(offices.update().where(offices.c.code == "32.10").values(sms_sender="21512"))
    enters("Wulan", phone=siti.number, office="33.74", home="33.74.10")
    siti.texts("Apakah saya bisa datang besok?")
    sari.opens("/messages").does_not_see("Wulan", "besok")
    dewi.opens("/messages").sees("Wulan", "besok")


def test_the_name_of_a_card_is_told_to_its_own_office_only(
    siti: Phone, monday: House, sari: Visitor, enters: Register
) -> None:
    enters("Wulan", phone=siti.number, office="33.74", home="33.74.10")
    siti.texts("Apakah saya bisa datang besok?")
    with monday.database.begin() as conn:
        conn.execute(incoming_messages.update().values(office=None))
    sari.opens("/messages").sees("besok").does_not_see("Wulan")
    opens_the_first(sari).sees("besok").does_not_see("Wulan")


def test_an_sms_from_a_phone_of_several_is_nobodys_in_particular(
    siti: Phone, sari: Visitor, enters: Register
) -> None:
    enters("Ayu", phone=siti.number)
    enters("Budi", phone=siti.number)
    siti.texts("Berkas Ayu hilang, bagaimana?")
    sari.opens("/messages").sees("HP …0001", "Berkas Ayu").does_not_see("Budi")
    opens_the_first(sari).sees("Berkas Ayu").does_not_see("Budi", "Lihat kartu")


def test_who_presses_twice_is_told_that_it_is_done(siti: Phone, sari: Visitor) -> None:
    siti.texts("Kantor buka hari Sabtu?")
    opens_the_first(sari).sends("/reply", said="Sabtu tutup.")
    for action, told in (
        ("/reply", "SMS berangkat"),
        ("/undo", "dibuka lagi"),
        ("/close", "ditutup"),
    ):
        [form] = [form for form in sari.page.forms if form.action.endswith(action)]
        codes = [sari.client.post(form.action, data=form.fields).status_code for _ in range(2)]
        assert codes == [303, 303], action
        sari.opens(form.action.removesuffix(action)).sees(told)
    assert not any("Sabtu" in text for text in siti.after(seconds=11).inbox())


def test_another_answer_of_ones_own_was_not_sent_and_that_is_told(
    siti: Phone, sari: Visitor
) -> None:
    siti.texts("Kantor buka hari Sabtu?")
    other_tab = opens_the_first(sari).sends("/reply", said="Sabtu buka.").answer
    opens_the_first(sari).sends("/reply", said="Sabtu tutup.").sends("/reply")
    sari.answer = other_tab
    sari.sends("/reply", 409).sees("Jawaban Anda belum dikirim", "Sabtu buka.")


def test_who_cannot_be_written_to_can_only_be_put_away(siti: Phone, sari: Visitor) -> None:
    siti.texts("Promo akhir tahun!", **{"from": "TOKO"})
    opens_the_first(sari).sees("Bukan nomor HP", "tidak bisa dikirimi SMS").sends("/close")


def test_a_long_list_is_read_page_by_page(siti: Phone, sari: Visitor) -> None:
    for number in range(17):
        siti.texts(f"Pertanyaan nomor {number} ya bu")
    sari.opens("/messages").sees("nomor 0 ya", "nomor 14 ya", "Halaman 1 dari 2")
    sari.does_not_see("nomor 15 ya").opens("/messages?page=2").sees("nomor 16 ya")
    sari.opens("/messages?page=99").sees("Halaman 2 dari 2").opens("/messages?page=x")


def test_ten_thousand_letters_can_be_read(siti: Phone, sari: Visitor) -> None:
    siti.texts("panjang sekali " * 700)
    sari.opens("/messages").sees("panjang sekali...")
    assert opens_the_first(sari).page.text.count("panjang sekali") == 700


def test_of_two_who_send_at_once_one_is_told(siti: Phone, sari: Visitor, tono: Visitor) -> None:
    siti.texts("Kantor buka hari Sabtu?")
    opens_the_first(sari).sends("/reply", said="Buka, Bu")
    opens_the_first(tono).sends("/reply", said="Tutup, Bu").sends("/reply")
    sari.sends("/reply", 409).sees("Sudah diproses oleh Tono", "Buka, Bu")
    sari.opens("/messages").sees("Tidak ada pesan")
