"""Complaints from the keypad to the officer's answer, and back: over HTTP on both sides."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import select

from runtime.wiring import House
from storage.tables import audit, tickets
from tests.support import office
from tests.support.installation import Clock, served
from tests.support.phone import Phone
from tests.support.visitor import Visitor
from ussd_app import create_app

WORDS = "Antre 3 jam, loket 3 tutup. Hubungi 0812 3456 7890, NIK 3210115508980001"


@pytest.fixture
def monday(house: House, clock: Clock) -> House:
    """The house on a working day."""
    return office.opens(house, clock)


@pytest.fixture
def siti(monday: House, clock: Clock) -> Iterator[Phone]:
    """Siti's telephone."""
    with served(monday) as url:
        yield Phone(monday, clock, url)


@pytest.fixture
def app(monday: House) -> Flask:
    """The web of the house."""
    return create_app(monday)


@pytest.fixture
def sari(app: Flask) -> Visitor:
    """An officer in Majalengka, signed in."""
    return Visitor(app).signs_in("sari@example.go.id")


@pytest.fixture
def tono(app: Flask) -> Visitor:
    """The head of the office in Majalengka, signed in."""
    return Visitor(app).signs_in("tono@example.go.id")


@pytest.fixture
def dewi(app: Flask) -> Visitor:
    """The head of another office, signed in."""
    return Visitor(app).signs_in("dewi@example.go.id")


def complains(phone: Phone, words: str = WORDS) -> Phone:
    """Go through the menus and type; of two offices Majalengka is the first."""
    phone.dials().types("5").types("1").sees("Aduan untuk kantor mana?").types("1")
    phone.sees("Aduan: ketik atau ditelepon?").types("1").sees("Ketik aduan")
    return phone.types(words).sees("Tersimpan. Kode ", "paling lama 3 hari").hung_up()


def code_of(phone: Phone) -> str:
    return phone.screen.partition("Kode ")[2][:7]


def opens_the_first(officer: Visitor) -> Visitor:
    officer.opens("/tickets")
    links = [link for link in officer.page.links if link.startswith("/tickets/")]
    return officer.opens(links[0])


def answers(officer: Visitor, said: str = "Loket 3 kami buka lagi.") -> Visitor:
    opens_the_first(officer).sends("/answer", said=said).sees(said, "1 Puas, 2 Belum")
    return officer.sends("/answer").sees("Dijawab. SMS berangkat setelah 10 detik", "Urungkan")


def test_a_complaint_is_answered_judged_and_answered_again(siti: Phone, sari: Visitor) -> None:
    sari.opens("/").does_not_see("Aduan dan data: ")
    code = code_of(complains(siti))
    siti.got_sms(f"Disnaker Majalengka: aduan kami terima, kode {code}.")
    sari.opens("/").sees("Aduan dan data: 1 menunggu jawaban")
    sari.opens("/tickets").sees(code, "Aduan", "Antre 3 jam", "72 jam lagi", "baru")
    opens_the_first(sari).sees("Antre 3 jam", "HP …0001").does_not_see("81200000001")
    sari.sends("/take").sees("Anda yang mengurus", "diurus Sari")
    siti.dials().types("5").types("1").types("1").sees(f"{code}, aduan: sedang diurus").hung_up()

    answers(sari)
    assert len(siti.inbox()) == 1
    siti.after(seconds=10).got_sms(f"Disnaker Majalengka, {code}: Loket 3 kami buka lagi. 1 Puas")
    siti.dials("*123*5*1#").sees("Loket 3 kami buka lagi. Puas?").types("2")
    siti.sees(f"Tersimpan. {code} kami urus lagi").hung_up()

    opens_the_first(sari).sees("jawaban belum membantu", "Loket 3 kami buka lagi.")
    answers(sari, "Mulai besok ada 4 loket.")
    siti.after(seconds=10).got_sms("Mulai besok ada 4 loket.")
    siti.dials().types("5").types("1").types("1").sees(f"Terima kasih. {code} selesai").hung_up()
    sari.opens("/tickets").sees("Tidak ada yang menunggu jawaban")
    sari.opens("/").does_not_see("Aduan dan data: ")


@pytest.mark.parametrize(
    ("word", "told"),
    [("1", "terima kasih. aduan"), ("2", "kami urus lagi"), ("Puas", "terima"), ("BELUM!", "urus")],
)
def test_an_answer_is_judged_by_sms(siti: Phone, sari: Visitor, word: str, told: str) -> None:
    complains(siti).got_sms("aduan kami terima")
    answers(sari)
    siti.after(seconds=10).got_sms("1 Puas, 2 Belum")
    siti.texts(word).got_sms(told)
    sari.opens("/messages").sees("Tidak ada pesan yang menunggu")
    assert len(siti.inbox()) == 3
    siti.texts(word)
    sari.opens("/messages").sees("HP …0001")


def test_a_digit_that_answers_nothing_waits_for_an_officer(siti: Phone, sari: Visitor) -> None:
    siti.texts("2")
    sari.opens("/messages").sees("HP …0001", "2")


def test_status_with_a_code_tells_of_that_ticket_to_its_own_number(siti: Phone) -> None:
    code = code_of(complains(siti))
    siti.texts(f"STATUS {code}").got_sms(f"aduan {code} diurus petugas. Kami jawab sampai")
    siti.after(hours=72).texts(f"status {code.replace(' ', '')}")
    siti.got_sms(f"maaf, aduan {code} belum kami jawab")
    budi = Phone(siti.house, siti._clock, siti._url.partition("/ussd/")[0], "+6281200000002")
    budi.texts(f"STATUS {code}")
    assert code not in budi.inbox()[0]


def test_what_is_overdue_stands_first_and_is_said(siti: Phone, sari: Visitor, clock: Clock) -> None:
    complains(siti)
    clock.goes_on(hours=60)
    budi = Phone(siti.house, clock, siti._url.partition("/ussd/")[0], "+6281200000002")
    complains(budi, "Petugas loket 1 kurang ramah")
    clock.goes_on(hours=14)
    sari.signs_in("sari@example.go.id").opens("/").sees("2 menunggu jawaban", "1 lewat waktu")
    text = sari.opens("/tickets").sees("lewat 2 jam", "58 jam lagi").page.text
    assert text.index("Antre 3 jam") < text.index("kurang ramah")
    sari.opens("/lists").sees("Aduan dan data 2 1", "Minta ditelepon 0", "Pesan masuk 0")


def test_the_second_officer_is_told_who_was_first(
    siti: Phone, sari: Visitor, tono: Visitor
) -> None:
    complains(siti)
    opens_the_first(sari)
    opens_the_first(tono)
    answers(sari)
    tono.sends("/take", 409).sees("Sudah diproses oleh Sari: dijawab, baru saja")
    tono.does_not_see("Saya yang urus")


def test_an_answer_is_taken_back_and_one_that_holds_a_link_is_refused(
    siti: Phone, sari: Visitor
) -> None:
    complains(siti)
    opens_the_first(sari).sends("/answer", 422, said="Lihat www.contoh.id").sees("tautan")
    sari.sends("/answer", 422, said="x" * 79).sees("paling banyak 78")
    answers(sari).sends("/undo").sees("Jawaban diurungkan", "Jawab dan tutup")
    siti.after(seconds=30)
    assert len(siti.inbox()) == 1


def test_what_is_shown_is_what_is_sent_in_the_callers_language(siti: Phone, sari: Visitor) -> None:
    siti.in_language("su").dials().types("5").types("1").types("1").types("1")
    siti.types("Antri 3 jam, loket tutup").hung_up().got_sms("pangaduan ditampi")
    opens_the_first(sari).sends("/answer", said="Loket 3 dibuka.").sees("1 Sugema, 2 Teu acan")
    sari.sends("/answer")
    siti.after(seconds=10).got_sms("Loket 3 dibuka. 1 Sugema, 2 Teu acan")


def test_no_sms_is_promised_to_a_number_that_was_let_go(siti: Phone, sari: Visitor) -> None:
    complains(siti).texts("BUKAN SAYA")
    opens_the_first(sari).sees("Nomor ini tidak bisa dikirimi SMS lagi")
    sari.sends("/answer", said="Loket 3 buka.").does_not_see("1 Puas, 2 Belum", "Kirim SMS")
    seen = sari.answer
    sari.sends("/answer").sees("Dijawab. Nomor ini tidak bisa dikirimi SMS lagi")
    sari.does_not_see("SMS berangkat")
    sari.answer = seen
    sari.sends("/answer").does_not_see("SMS berangkat")
    siti.after(minutes=1)
    assert not [told for told in siti.inbox() if "Loket 3 buka." in told]


def test_a_second_press_says_as_the_first_that_the_sms_leaves(siti: Phone, sari: Visitor) -> None:
    complains(siti)
    opens_the_first(sari).sends("/answer", said="Loket 3 buka.")
    seen = sari.answer
    for _ in range(2):
        sari.answer = seen
        sari.sends("/answer").sees("Dijawab. SMS berangkat setelah 10 detik")


def test_another_office_sees_nothing(siti: Phone, sari: Visitor, dewi: Visitor) -> None:
    complains(siti)
    dewi.opens("/tickets").sees("Tidak ada yang menunggu").does_not_see("Antre")
    opens_the_first(sari)
    dewi.opens(sari.answer.request.path, 404)
    assert len(exported(dewi)) == 1


def exported(officer: Visitor) -> list[list[str]]:
    officer.opens("/tickets")
    (form,) = [one for one in officer.page.forms if one.action == "/tickets/export"]
    answer = officer.client.post("/tickets/export", data=form.fields)
    assert (answer.status_code, answer.mimetype) == (200, "text/csv")
    return list(csv.reader(io.StringIO(answer.text.removeprefix("\ufeff"))))


def test_complaints_are_passed_on_without_number_nik_or_formula(
    siti: Phone, sari: Visitor, monday: House
) -> None:
    complains(siti)
    siti.after(minutes=1)
    for words in ('=HYPERLINK("http://x","klik")', "+62 812 3456 7890 kurang sopan"):
        siti.dials().types("5").types("1").types("2").types(words).sees("Tersimpan").hung_up()
    head, first, *others = exported(sari)
    assert head[:4] == ["kode", "tanggal", "instansi", "isi"]
    assert first[1:3] == ["2026-11-23", "Disnaker Majalengka"]
    assert first[3].startswith("Antre 3 jam")
    assert sorted(row[3][:2] for row in others) == ["'=", "(n"]
    said = str([row[3] for row in (first, *others)])
    assert not any(secret in said for secret in ("7890", "0812", "3210", "0001"))
    opens_the_first(sari).sees("Aduan ", "Antre 3 jam", "Hubungi (nomor)")
    sari.sends("/forward").sees("Dicatat", "Diteruskan ke SP4N-LAPOR!")
    assert exported(sari)[1][5] == "ya"
    with monday.database.begin() as conn:
        found = conn.execute(select(audit.c.details).where(audit.c.action == "ticket.exported"))
        assert [details for (details,) in found] == [{"count": "3"}] * 2


def test_whoever_cannot_type_is_rung(siti: Phone, sari: Visitor) -> None:
    siti.dials().types("5").types("1").types("1").types("2").sees("Kami telepon").types("1")
    siti.sees("Tersimpan. Kami telepon").hung_up().got_sms("aduan kami terima")
    opens_the_first(sari).sees("Disampaikan lewat telepon", "Minta ditelepon")
    (link,) = [one for one in sari.page.links if one.startswith("/callbacks/")]
    sari.opens(link).sees("Aduan: ketik atau ditelepon?", "Telepon sekarang")
    opens_the_first(sari).sends("/words", 422, words="1").sees("8 sampai 500")
    sari.sends("/words", words=WORDS).sees("Isi aduan tersimpan", "Antre 3 jam", "diurus Sari")
    assert exported(sari)[1][3].startswith("Antre 3 jam")
    (back,) = [one for one in sari.opens(link).page.links if one.startswith("/tickets/")]
    sari.opens(back).sees("Antre 3 jam").does_not_see("Simpan isi aduan")


def test_the_same_callback_again_files_nothing_twice(siti: Phone, monday: House) -> None:
    complains(siti).repeats()
    with monday.database.begin() as conn:
        assert len(conn.execute(select(tickets.c.id)).all()) == 1


def test_data_is_asked_for_with_hours_that_run(siti: Phone, sari: Visitor) -> None:
    siti.dials().types("5").types("3").types("2").sees("bawa KTP").types("1").types("1")
    code = code_of(siti.sees("Tersimpan. Kode "))
    siti.hung_up().got_sms(f"salinan data kami terima, kode {code}")
    siti.dials().types("5").types("3").types("2").types("1").sees(f"Kode {code}").hung_up()
    sari.opens("/tickets").sees("Salinan data", "72 jam lagi")
    opens_the_first(sari).sees("Permintaan dari menu Data saya", "UU 27/2022", "3 x 24 jam")
    answers(sari, "Salinan siap, bawa KTP.")
    siti.after(seconds=10).got_sms(f"{code}: Salinan siap, bawa KTP.")


def test_alerts_end_at_once(siti: Phone) -> None:
    siti.dials().types("5").types("3").types("1").sees("SMS lowongan berhenti").hung_up()


@pytest.mark.parametrize("language", ["su", "jv", "en"])
def test_every_language_complains_and_asks_for_its_data(siti: Phone, language: str) -> None:
    siti.in_language(language).dials().types("5").types("1").types("1").types("1")
    siti.types("Antri dangu pisan").sees(" 3 ").hung_up()
    siti.dials().types("5").types("3").types("3").types("1").hung_up()
    assert len(siti.inbox()) == 2


def test_no_number_stands_in_an_address(siti: Phone, sari: Visitor) -> None:
    complains(siti)
    answers(sari)
    assert "0001" not in " ".join((*sari.addresses, *sari.page.links)).replace("00000000-0000", "")
    assert sari.answer.headers["Cache-Control"] == "no-store"
