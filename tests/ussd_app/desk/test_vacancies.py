"""*Lowongan* at the desk: typed, published, wanted by a caller, told, closed."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import select

from runtime.wiring import House
from storage.tables import audit, vacancies, vacancy_interests
from tests.support.installation import Clock, served
from tests.support.phone import Phone
from tests.support.visitor import Visitor

FORM = {
    "title": "Operator jahit",
    "employer": "PT Contoh Garmen",
    "sector": "garment",
    "education": "smp",
    "district": "Jatiwangi",
    "seats": "25",
    "wage": "2,4 juta",
    "description": "Menjahit kemeja.",
    "closes_on": "2026-12-31",
}
CHECKED = {"employer_checked": "ya"}


@pytest.fixture
def siti(monday: House, clock: Clock) -> Iterator[Phone]:
    """Siti's telephone, on the Monday."""
    with served(monday) as url:
        yield Phone(monday, clock, url)


def enters(officer: Visitor, **changes: str) -> Visitor:
    """Type a vacancy and save it."""
    return officer.opens("/vacancies/new").sends("/vacancies/new", 200, **{**FORM, **changes})


def publishes(officer: Visitor, **changes: str) -> Visitor:
    return enters(officer, **CHECKED, **changes).sends("/publish")


def opens_the_first(officer: Visitor, kind: str) -> Visitor:
    officer.opens(f"/{kind}")
    links = [link for link in officer.page.links if link.startswith(f"/{kind}/")]
    return officer.opens(next(link for link in links if not link.endswith("/new")))


def test_a_vacancy_is_typed_published_wanted_and_told(siti: Phone, sari: Visitor) -> None:
    sari.opens("/vacancies").sees("Belum ada lowongan").opens("/vacancies/new")
    assert sari.page.forms[-1].fields["place"] == "Kabupaten Majalengka"
    assert sari.page.forms[-1].fields["apply_open"] == "Sen-Jum 08:00-15:00"
    enters(sari, **CHECKED).sees("Disimpan sebagai konsep", "Terbitkan", "KTP, kartu kuning")
    siti.dials("*123*3#").does_not_see("1. Lihat").cut_off()
    sari.sends("/publish").sees("Lowongan terbit", "terbit", "Yang mau 0")
    siti.dials("*123*3#").sees("1 lowongan").types("1").sees("1. Operator jahit, Majalengka")
    siti.types("1").sees("PT Contoh Garmen", "Upah: 2,4 juta").types("3")
    siti.sees("Lulusan SMP/MTs. 25 orang. Sampai Kam 31 Des").types("1")
    siti.sees("Tersimpan. Datang ke Disnaker Majalengka, Sen-Jum 8-15").hung_up()
    siti.got_sms("Operator jahit: datang ke Disnaker Majalengka, Sen-Jum 8-15 s/d Kam 31 Des")
    sari.opens("/").sees("1 orang mau lowongan").opens("/lists").sees("Mau lowongan 1", "Lowongan")
    opens_the_first(sari, "interests").sees("HP …0001", "Operator jahit").does_not_see("0812 0000")
    sari.sends("/show").sees("0812 0000 0001").sends("/told").is_at("/interests")
    sari.sees("Sudah dikabari", "Mau lowongan 0").opens("/").does_not_see("orang mau lowongan")
    opens_the_first(sari, "vacancies").sees("Yang mau 1").sends("/close").sees("Lowongan ditutup")
    siti.dials("*123*3#").does_not_see("1. Lihat")


def test_its_text_comes_by_sms(siti: Phone, sari: Visitor) -> None:
    publishes(sari)
    siti.dials("*123*3#").types("1").types("1").types("2").sees("Kami kirim SMS sekarang")
    siti.got_sms("Operator jahit, PT Contoh Garmen, Majalengka, upah 2,4 juta", "Sampai Kam 31 Des")


def test_an_employer_that_nobody_checked_cannot_be_published(sari: Visitor) -> None:
    enters(sari).sees("Perusahaan belum diperiksa")
    assert not [form for form in sari.page.forms if form.action.endswith("/publish")]


def test_all_mistakes_are_told_beside_their_fields_and_nothing_typed_is_lost(
    sari: Visitor,
) -> None:
    wrong = {"title": "x" * 30, "sector": "", "closes_on": "2026-01-01", "seats": "0"}
    wrong["description"] = "Lihat www.contoh.id"
    sari.opens("/vacancies/new").sends("/vacancies/new", 422, **{**FORM, **wrong})
    sari.sees("paling banyak 24 huruf", "Perlu diisi", "Hari itu sudah lewat", "1 sampai 9999")
    sari.sees("Tanpa tautan, NIK, atau urusan uang")
    assert sari.page.forms[-1].fields["employer"] == "PT Contoh Garmen"
    assert sari.page.forms[-1].fields["description"] == "Lihat www.contoh.id"
    sari.opens("/vacancies").sees("Belum ada lowongan")


def test_what_was_entered_can_be_changed(siti: Phone, sari: Visitor) -> None:
    publishes(sari)
    where = sari.answer.request.path
    sari.opens(f"{where}/change")
    fields = sari.page.forms[-1].fields
    assert (fields["place"], fields["district"]) == ("Kabupaten Majalengka", "Jatiwangi")
    sector = {"sector": "garment", "education": "", "closes_on": "2026-12-31"}
    sari.sends("/change", 200, **sector, seats="3").is_at(where).sees("Disimpan", "terbit")
    siti.dials("*123*3#").types("1").types("1").types("3").sees("Lulusan semua sekolah. 3 orang")
    sari.opens(f"{where}/change")
    sari.sends("/change", 409, **sector, employer_checked="").sees("Perusahaan belum diperiksa")


def test_a_stale_page_is_told_and_a_second_press_is_not(sari: Visitor, tono: Visitor) -> None:
    enters(sari, **CHECKED)
    opens_the_first(tono, "vacancies")
    page = tono.answer
    sari.sends("/publish")
    tono.sends("/publish").sees("Lowongan terbit")
    tono.answer = page
    tono.sends("/close", 409).sees("Belum dikerjakan", "Sudah berubah, baru saja")
    tono.sends("/close").sees("Lowongan ditutup")


def test_what_was_typed_of_a_changed_vacancy_can_still_be_saved(
    sari: Visitor, tono: Visitor
) -> None:
    enters(sari, **CHECKED)
    where, sector = sari.answer.request.path, {"sector": "garment", "closes_on": "2026-12-31"}
    for officer in (sari, tono):
        officer.opens(f"{where}/change")
    sari.sends("/change", 200, **sector, seats="3").sees("Disimpan")
    tono.sends("/change", 409, **sector, seats="25", wage="3 juta")
    tono.sees("Sudah berubah, baru saja. Isian Anda masih di bawah", "Sekarang: 3")
    assert tono.page.forms[-1].fields["wage"] == "3 juta"
    tono.sends("/change", 200, **sector).is_at(where).sees("3 juta")
    sari.opens(where).sends("/publish").opens(f"{where}/change")
    sari.sends("/change", 409, **sector, seats="4", employer_checked="")
    assert sari.page.forms[-1].fields["seats"] == "4"
    sari.sees("Perusahaan belum diperiksa").sends("/change", 200, **sector, **CHECKED).is_at(where)


def test_two_officers_at_one_wish(siti: Phone, sari: Visitor, tono: Visitor) -> None:
    publishes(sari)
    siti.dials("*123*3#").types("1").types("1").types("1").hung_up()
    opens_the_first(sari, "interests")
    opens_the_first(tono, "interests")
    sari.sends("/told")
    page = tono.answer
    tono.sends("/close", 409).sees("Sudah diproses oleh Sari: sudah dikabari, baru saja")
    tono.does_not_see("Lihat nomor")
    tono.answer = page
    tono.sends("/show", 409).does_not_see("0812 0000 0001")
    opens_the_first(sari, "interests").sends("/show").sees("0812 0000 0001")


def test_another_office_sees_neither(siti: Phone, sari: Visitor, dewi: Visitor) -> None:
    publishes(sari)
    where = sari.answer.request.path
    siti.dials("*123*3#").types("1").types("1").types("1").hung_up()
    opens_the_first(sari, "interests")
    wish = sari.answer.request.path
    for path in (where, f"{where}/change", wish):
        dewi.opens(path, 404)
    form = {"csrf_token": sari.page.forms[-1].fields["csrf_token"], "version": "1"}
    dewi.opens("/vacancies").sees("Belum ada lowongan").opens("/interests").sees("Belum ada yang")
    form["csrf_token"] = next(f.fields["csrf_token"] for f in dewi.page.forms if f.fields)
    for path in (f"{where}/close", f"{where}/change", f"{wish}/show", f"{wish}/told"):
        assert dewi.client.post(path, data=form).status_code == 404


def test_every_look_at_a_number_is_written_down(siti: Phone, sari: Visitor, monday: House) -> None:
    publishes(sari)
    siti.dials("*123*3#").types("1").types("1").types("1").hung_up()
    opens_the_first(sari, "interests").sends("/show").sees("0812 0000 0001")
    with monday.database.begin() as conn:
        actions = list(conn.execute(select(audit.c.action).order_by(audit.c.id)).scalars())
        (wish,) = conn.execute(select(vacancy_interests)).all()
        (row,) = conn.execute(select(vacancies)).all()
    ours = [one for one in actions if one.split(".")[0] in {"vacancy", "interest"}]
    assert ours == ["vacancy.entered", "vacancy.published", "vacancy.wanted", "interest.show"]
    assert (wish.state, row.employer_checked) == ("new", True)
    assert not [address for address in sari.addresses if "0001" in address.rpartition("-")[0]]


def test_what_is_no_step_is_not_there(sari: Visitor) -> None:
    publishes(sari)
    where = sari.answer.request.path
    form = {"csrf_token": sari.page.forms[-1].fields["csrf_token"]}
    assert sari.client.post(f"{where}/delete", data=form).status_code == 404


def test_a_long_list_stands_on_pages(sari: Visitor, clock: Clock) -> None:
    for number in range(17):
        clock.goes_on(seconds=1)
        enters(sari, title=f"Kerja {number:02}")
    sari.opens("/vacancies").sees("Lowongan 17", "Kerja 16", "Halaman 1 dari 2")
    sari.does_not_see("Kerja 01").opens("/vacancies?page=2").sees("Kerja 01", "Kerja 00")


def test_an_english_officer_reads_english(sari: Visitor) -> None:
    publishes(sari)
    sari.sends("/language", language="en")
    opens_the_first(sari, "vacancies").sees("published", "Garment, sewing", "KTP, yellow card")
