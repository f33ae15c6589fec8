"""What an office tells, changed at the desk and heard on the phone: answers, events, services."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import select, update

from runtime.wiring import House
from services import demo_info
from storage.tables import answers, audit, events, service_visits, sign_ups
from tests.support.installation import Clock, served
from tests.support.phone import Phone
from tests.support.visitor import Visitor

TRAINING = {
    "kind": "training",
    "title": "Las listrik",
    "venue": "BLK Kadipaten",
    "day": "2026-12-07",
    "hour": "8.00",
    "seats": "2",
    "sign_up_until": "2026-12-01",
    "details": "Lima hari. Bawa KTP.",
}
SERVICE = {
    "name": "Surat pindah kerja",
    "papers": "KTP, surat pabrik",
    "open": "Senin-Kamis 08.00-12.00",
    "hours": "8.00, 9.00",
    "hour_quota": "1",
    "ahead_days": "7",
    "state": "booked",
}


@pytest.fixture
def siti(monday: House, clock: Clock) -> Iterator[Phone]:
    """Siti's telephone, on the Monday."""
    with served(monday) as url:
        yield Phone(monday, clock, url)


def info(phone: Phone) -> Phone:
    phone.dials()
    if len(list(phone.lines())) < 5:
        phone.types("2")
    return phone.types("4").types("1")


def enters(officer: Visitor, path: str, fields: dict[str, str]) -> Visitor:
    return officer.opens(f"{path}/new").sends(f"{path}/new", 200, **fields)


def published(officer: Visitor) -> str:
    """Enter a training and publish it; give its address."""
    enters(officer, "/events", TRAINING).sees("Disimpan.")
    (where,) = (link for link in officer.page.links if link.count("-") == 4)
    officer.opens(where).sends("/publish").sees("terbit")
    return where


def test_an_answer_in_the_offices_own_words_is_what_callers_hear(
    siti: Phone, sari: Visitor, monday: House
) -> None:
    sari.opens("/answers").sees("Jawaban atas pertanyaan 35", "Kartu kuning gratis, tanpa biaya")
    sari.opens("/answers/hours/id").sees("Jawaban dalam bahasa Indonesia")
    assert sari.page.forms[-1].fields["text"].startswith("Kantor buka Sen-Jum 8-15.")
    sari.sends("/answers/hours/id", title="Jam buka", text="Buka Senin sampai Kamis, jam 8.")
    sari.sees("Disimpan.", "Buka Senin sampai Kamis, jam 8.")
    info(siti).types("4").types("kantor buka jam brp").sees("Buka Senin sampai Kamis, jam 8.")
    with monday.database.begin() as conn:
        told = conn.execute(select(audit.c.details).where(audit.c.action == "answer.changed"))
        assert told.scalar_one() == {"answer": "hours", "language": "id"}


def test_an_answer_of_ones_own_is_found_by_the_ways_to_ask_for_it(
    siti: Phone, sari: Visitor
) -> None:
    sari.opens("/answers/new/id").sends(
        "/answers/new/id", title="Parkir", text="Parkir di belakang.", asked="parkir sepeda"
    )
    sari.opens("/answers").sends("/answers", tried="parkir sepedanya dimana").sees(
        "Dijawab: Parkir"
    )
    sari.sends("/answers", tried="bansos kapan cair").sees("Masuk ke Pesan masuk")
    info(siti).types("4").types("parkir sepeda di mana").sees("Parkir di belakang.")


def test_what_is_not_to_be_told_is_told_no_more(siti: Phone, sari: Visitor) -> None:
    sari.opens("/answers/cost/id").sends("/answers/cost/id", hidden="ya").sees("tidak disebut")
    info(siti).types("5").sees("3. Jam buka")


@pytest.mark.parametrize(
    ("text", "told"),
    [("", "Perlu diisi"), ("x" * 139, "paling banyak 138"), ("Lihat www.contoh.id", "Tanpa tautan"),
     ("Buka {open:18}", "Tanpa tanda kurung"), ("Bayar Rp 5.000", "urusan uang")],
)  # fmt: skip
def test_what_no_sms_may_hold_is_not_saved(
    sari: Visitor, monday: House, text: str, told: str
) -> None:
    sari.opens("/answers/cost/id").sends("/answers/cost/id", 422, text=text).sees(told)
    with monday.database.begin() as conn:
        assert conn.execute(select(answers)).all() == []


def test_who_saves_a_page_that_a_colleague_has_changed_is_told(
    sari: Visitor, tono: Visitor
) -> None:
    for officer in (sari, tono):
        officer.opens("/answers/cost/id")
    sari.sends("/answers/cost/id", text="Gratis.")
    tono.sends("/answers/cost/id", 409, text="Tanpa biaya.").sees("Belum disimpan")
    assert tono.page.forms[-1].fields["text"] == "Tanpa biaya."
    tono.sees("Sekarang: Gratis.").opens("/answers").does_not_see("Tanpa biaya.")


def test_what_was_typed_meanwhile_can_still_be_saved(sari: Visitor, tono: Visitor) -> None:
    enters(sari, "/events", TRAINING)
    enters(sari, "/services", SERVICE)
    (event,) = (link for link in sari.opens("/events").page.links if link.count("-") == 4)
    (service,) = (link for link in sari.opens("/services").page.links if link.count("-") == 4)
    chosen = {"kind": "training", "day": "2026-12-07", "sign_up_until": "2026-12-01"}
    for form, name, also in (
        ("/answers/cost/id", "title", {}),
        (f"{event}/change", "venue", chosen),
        (service, "note", {"state": "booked"}),
    ):
        for officer in (sari, tono):
            officer.opens(form)
        sari.sends(form, 200, **also, **{name: "Baru"}).sees("Disimpan.")
        tono.sends(form, 409, **also, **{name: "Punya saya"}).sees("Sekarang: Baru")
        assert tono.page.forms[-1].fields[name] == "Punya saya"
        tono.sends(form, 200, **also).sees("Disimpan.").opens(form)
        assert tono.page.forms[-1].fields[name] == "Punya saya"


def test_each_language_of_an_answer_is_a_click_away(siti: Phone, sari: Visitor) -> None:
    sari.opens("/answers/cost/id").sees("Jangan disebut")
    (sundanese,) = (link for link in sari.page.links if link == "/answers/cost/su")
    sari.opens(sundanese).sees("Jawaban dalam bahasa Sunda").does_not_see("Jangan disebut")
    sari.sends("/answers/cost/su", text="Haratis, Kang.").sees("Disimpan.")
    info(siti.in_language("su")).types("4").types("biaya").sees("Haratis, Kang.")
    sari.opens("/answers/new/id").does_not_see("Sunda").opens("/answers/new/su", 404)


def test_another_office_says_it_as_before(sari: Visitor, dewi: Visitor) -> None:
    sari.opens("/answers/cost/id").sends("/answers/cost/id", text="Gratis di Majalengka.")
    dewi.opens("/answers").does_not_see("Gratis di Majalengka.")


def test_a_training_is_entered_published_signed_up_for_and_accepted(
    siti: Phone, sari: Visitor
) -> None:
    where = published(sari)
    info(siti).types("3").sees("1. Las listrik, Sen 7 Des").types("1").types("1").types("Siti")
    siti.sees("Tersimpan").hung_up()
    sari.opens("/lists").sees("Bursa kerja dan pelatihan 1").opens("/events").sees("1 / 2")
    sari.opens(where).sees("Siti", "menunggu")
    seat = next(form.action for form in sari.page.forms if "/people/" in form.action)
    siti.after(minutes=1)
    sari.sends(seat.removeprefix(where), state="accepted").sees("diterima")
    siti.got_sms("Siti diterima di Las listrik. Mulai Sen 7 Des jam 8, BLK Kadipaten.")
    sari.opens("/lists").sees("Bursa kerja dan pelatihan 0")


def test_who_withdrew_meanwhile_is_not_accepted(siti: Phone, sari: Visitor, monday: House) -> None:
    where = published(sari)
    info(siti).types("3").types("1").types("1").types("Siti")
    sari.opens(where)
    info(siti).types("3").types("1").types("3").sees("tidak jadi ikut")
    seat = next(form.action for form in sari.page.forms if "/people/" in form.action)
    sari.sends(seat.removeprefix(where), 409, state="accepted").sees("Belum disimpan")
    with monday.database.begin() as conn:
        assert conn.scalars(select(sign_ups.c.state)).all() == ["withdrawn"]


def test_every_event_can_be_reached_with_its_count(siti: Phone, sari: Visitor) -> None:
    published(sari)
    info(siti).types("3").types("1").types("1").types("Siti").hung_up()
    for day in range(8, 24):
        enters(sari, "/events", {**TRAINING, "title": f"Las {day}", "day": f"2026-12-{day:02}"})
    sari.opens("/events").sees("Las 23", "Halaman 1 dari 2").does_not_see("Las listrik")
    sari.opens("/events?page=2").sees("Las listrik", "1 / 2").does_not_see("Las 23")


def test_a_draft_and_a_closed_event_are_not_told(siti: Phone, sari: Visitor) -> None:
    enters(sari, "/events", TRAINING)
    info(siti).types("3").sees("Belum ada acara.")
    (where,) = (link for link in sari.page.links if link.count("-") == 4)
    sari.opens(where).sends("/publish").sends("/close").sees("ditutup")
    info(siti).types("3").sees("Belum ada acara.")


@pytest.mark.parametrize(
    ("changes", "told"),
    [({"title": ""}, "Perlu diisi"), ({"day": "2026-11-01"}, "lewat"), ({"hour": "25"}, "Tulis"),
     ({"seats": "0"}, "Angka 1 sampai 999"), ({"sign_up_until": "2026-12-08"}, "Paling lambat"),
     ({"details": "Bayar Rp 50.000"}, "urusan uang")],
)  # fmt: skip
def test_an_event_that_cannot_be_told_is_not_taken(
    sari: Visitor, monday: House, changes: dict[str, str], told: str
) -> None:
    sari.opens("/events/new").sends("/events/new", 422, **{**TRAINING, **changes}).sees(told)
    with monday.database.begin() as conn:
        assert conn.execute(select(events)).all() == []


def test_a_service_is_data_with_its_own_papers_and_hours(siti: Phone, sari: Visitor) -> None:
    enters(sari, "/services", SERVICE).sees("Surat pindah kerja", "KTP, surat pabrik", "pilih hari")
    info(siti).types("1").types("2").sees("Surat pindah kerja: bawa KTP, surat pabrik.").types("1")
    siti.types("Siti").sees("datang Sel 24 Nov jam 8").types("1").sees("Tersimpan").hung_up()
    sari.opens("/visits").sees("Sel 24 Nov 2026 08.00", "Siti", "ditunggu")
    visit = next(form.action for form in sari.page.forms if form.action.startswith("/visits/"))
    sari.sends(visit, state="came").sees("Disimpan.", "datang")


def test_two_services_of_one_name_are_not_taken(sari: Visitor) -> None:
    enters(sari, "/services", SERVICE)
    sari.opens("/services/new").sends("/services/new", 409, **SERVICE).sees("Belum disimpan")


def test_what_is_usual_for_work_abroad_is_filled_in(sari: Visitor) -> None:
    sari.opens("/services/new")
    assert sari.page.forms[-1].fields["name"] == demo_info.CPMI
    sari.sends("/services/new", state="off").sees("Rekomendasi paspor CPMI", "tidak disebut")


def test_a_visit_that_was_called_off_meanwhile_is_not_marked(
    siti: Phone, sari: Visitor, monday: House
) -> None:
    enters(sari, "/services", SERVICE)
    info(siti).types("1").types("2").types("1").types("Siti").types("1").sees("Tersimpan")
    sari.opens("/visits")
    with monday.database.begin() as conn:
        conn.execute(update(service_visits).values(state="withdrawn", version=2))
    visit = next(form.action for form in sari.page.forms if form.action.startswith("/visits/"))
    sari.sends(visit, 409, state="came").sees("Belum disimpan")
