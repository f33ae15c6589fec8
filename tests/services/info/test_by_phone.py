"""Info by phone: hours and queue, other services, fairs, trainings, questions."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Thread

import pytest
from sqlalchemy import select, text, update

from runtime.wiring import House
from services import demo_info, housekeeping
from storage.tables import (
    card_requests,
    events,
    incoming_messages,
    service_slots,
    service_types,
    service_visits,
    sign_ups,
)
from tests.support import applicants
from tests.support.installation import Clock
from tests.support.phone import SITI, Phone
from tests.support.processes import until

BUDI = "+6281200000002"
FOREIGN = "+254720123123"


@pytest.fixture
def siti(house: House, clock: Clock, phone: Phone) -> Phone:
    """A stranger's phone; it is Monday, 10.00 in Majalengka, and the office offers all it can."""
    clock.goes_on(hours=24)
    with house.database.begin() as conn:
        demo_info.hang(conn, clock())
    return phone


def info(phone: Phone) -> Phone:
    """Dial, go on with nothing, and ask for the info of Majalengka."""
    phone.dials()
    if len(list(phone.lines())) < 5:
        phone.types("2")
    phone.types("4")
    return phone.types("1") if "Disnaker Majalengka" in phone.screen else phone


def other_service(phone: Phone) -> Phone:
    return info(phone).types("1").types("2")


def books(phone: Phone, name: str = "Siti") -> Phone:
    return other_service(phone).types("1").types(name).types("1")


def training(phone: Phone) -> Phone:
    return info(phone).types("3").types("1")


def count(house: House, table: object) -> int:
    with house.database.begin() as conn:
        return len(conn.execute(select(table)).all())  # type: ignore[call-overload]  # any table


def test_a_stranger_says_which_office_and_hears_how_full_it_is(siti: Phone) -> None:
    siti.dials().types("4").sees("Kantor mana?", "1. Disnaker Majalengka").types("1")
    siti.sees("Mau tahu apa?").types("2").sees("Hari ini 0 janji, 0 sudah datang", "Sen-Jum 8-15")
    siti.types("1").sees("Disnaker Majalengka: ", "loket 2").types("1").sees("Mau tahu apa?")


def test_who_has_a_card_request_is_told_of_the_own_office_and_counted_in_its_queue(
    house: House, siti: Phone, clock: Clock
) -> None:
    with house.database.begin() as conn:
        today = clock().date()
        applicants.enters(conn, house.vault, now=clock(), phone=SITI, day=today)
        came = applicants.enters(
            conn, house.vault, now=clock(), nik="3210111508980009", phone=BUDI, day=today
        )
        done = update(card_requests).where(card_requests.c.id == came)
        conn.execute(done.values(state="came", came_at=clock()))
    siti.dials()
    siti.types(next(key for key, label in siti.lines() if "Lainnya" in label)).types("3")
    siti.sees("Mau tahu apa?").types("2").sees("Hari ini 2 janji, 1 sudah datang")


def test_on_a_sunday_the_next_open_day_is_told(siti: Phone) -> None:
    info(siti.after(days=6)).types("2").sees("Hari ini tutup. Buka lagi Sen 30 Nov.")


def test_the_card_is_the_first_service_and_leads_to_registering(siti: Phone) -> None:
    info(siti).types("1").sees("1. Kartu kuning (AK/1)", "2. Rekomendasi paspor CPMI").types("1")
    siti.sees("gratis. Bawa KTP, ijazah, 2 foto.").types("1").sees("NIK")


def test_a_day_for_another_service_is_booked_with_its_own_papers_and_hours(
    house: House, siti: Phone
) -> None:
    other_service(siti).sees("Rekomendasi paspor CPMI: bawa KTP, KK, ijazah", "1. Pilih hari")
    siti.types("1").types("siti").sees("Siti, Rekomendasi paspor CPMI: datang Sel 24 Nov jam 8.")
    siti.types("1").sees("Tersimpan. Siti: datang Sel 24 Nov jam 8. Bawa KTP, KK").hung_up()
    siti.got_sms("Siti, Rekomendasi paspor CPMI: datang Sel 24 Nov jam 8. Bawa KTP, KK")
    assert count(house, card_requests) == 0


def test_another_day_may_be_chosen(siti: Phone) -> None:
    other_service(siti).types("1").types("Siti").types("2").sees(
        "Pilih hari", "1. Sel 24 Nov jam 9"
    )
    siti.types("2").sees("Siti", "Sel 24 Nov jam 10").types("1").sees("Tersimpan")


def test_who_has_a_day_hears_of_it_and_may_give_it_back(house: House, siti: Phone) -> None:
    books(siti).hung_up()
    other_service(siti).sees("Siti: Rekomendasi paspor CPMI, datang Sel 24 Nov jam 8.").types("2")
    siti.sees("Tersimpan. Siti tidak jadi datang.").hung_up()
    with house.database.begin() as conn:
        assert conn.scalars(select(service_slots.c.taken)).all() == [0]
    books(siti, "Budi").sees("Tersimpan. Budi: datang Sel 24 Nov jam 8")


def test_who_comes_while_giving_it_back_keeps_the_place(house: House, siti: Phone) -> None:
    books(siti).hung_up()
    other_service(siti)
    gives_back = Thread(target=siti.types, args=("2",))
    with house.database.begin() as conn:
        conn.execute(update(service_visits).values(state="came", version=2))
        gives_back.start()
        until(lambda: conn.scalar(text("select 1 from pg_locks where not granted")))
    gives_back.join(timeout=10)
    with house.database.begin() as conn:
        assert conn.scalars(select(service_visits.c.state)).all() == ["came"]
        assert conn.scalars(select(service_slots.c.taken)).all() == [1]


def test_a_repeated_answer_books_one_day(house: House, siti: Phone) -> None:
    books(siti).repeats().repeats()
    assert count(house, service_visits) == 1
    assert len(siti.inbox()) == 1


def test_the_last_place_of_an_hour_goes_to_one_caller(
    house: House, siti: Phone, clock: Clock, url: str
) -> None:
    with house.database.begin() as conn:
        conn.execute(update(service_types).values(hour_quota=1, hours="08:00", ahead_days=1))
    phones = [Phone(house, clock, url, f"+62812000001{number:02d}") for number in range(4)]
    for one in phones:
        other_service(one).types("1").types("Siti").sees("Simpan?")
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda one: one.types("1"), phones))
    assert sum("Tersimpan" in one.screen for one in phones) == 1
    assert sum("baru penuh" in one.screen for one in phones) == 3
    phones[-1].dials()
    other_service(siti).types("1").types("Siti").sees("Belum ada hari kosong sampai 24-11-2026")


def test_a_service_that_is_only_told_of_offers_no_day_and_one_that_is_off_is_not_told_of(
    house: House, siti: Phone
) -> None:
    with house.database.begin() as conn:
        conn.execute(update(service_types).values(state="told"))
    other_service(siti).sees("Rekomendasi paspor CPMI: bawa KTP").does_not_see("Pilih hari")
    with house.database.begin() as conn:
        conn.execute(update(service_types).values(state="off"))
    info(siti).types("1").does_not_see("CPMI")


def test_a_training_is_read_page_by_page_and_a_seat_taken_by_name(
    house: House, siti: Phone
) -> None:
    training(siti).sees("Pelatihan menjahit: Sen 7 Des jam 8, BLK.").types("2")
    siti.sees("Enam hari", "1. Lanjut").types("1").sees("boleh belum bisa menjahit.", "Info lain")
    training(siti).types("1").types("Siti").sees("Tersimpan. Siti: Pelatihan").hung_up()
    siti.got_sms("Siti terdaftar untuk Pelatihan menjahit, Sen 7 Des.")
    training(siti).sees("Siti sudah terdaftar").types("2").types("Rina").sees("Tersimpan. Rina")
    assert count(house, sign_ups) == 2


def test_who_does_not_join_gives_the_seat_back_and_may_take_it_again(
    house: House, siti: Phone
) -> None:
    training(siti).types("1").types("Siti")
    training(siti).types("3").sees("Tersimpan. Siti tidak jadi ikut").hung_up()
    training(siti).sees("1. Daftar").types("1").types("siti").sees("Tersimpan. Siti: Pelatihan")
    with house.database.begin() as conn:
        assert conn.scalars(select(sign_ups.c.state)).all() == ["new"]
    assert len(siti.inbox()) == 2


def test_an_accepted_seat_stays_accepted_when_its_name_is_typed_in_another_way(
    house: House, siti: Phone
) -> None:
    training(siti).types("1").types("Siti Aminah").sees("Tersimpan")
    with house.database.begin() as conn:
        conn.execute(update(sign_ups).values(state="accepted"))
    training(siti).types("2").types("siti  aminah.").sees("Tersimpan")
    with house.database.begin() as conn:
        assert conn.scalars(select(sign_ups.c.state)).all() == ["accepted"]


def test_a_declined_seat_is_not_asked_for_again(house: House, siti: Phone) -> None:
    training(siti).types("1").types("Siti")
    with house.database.begin() as conn:
        conn.execute(update(sign_ups).values(state="declined"))
    training(siti).types("1").types("siti").sees("sudah penuh")
    with house.database.begin() as conn:
        assert conn.scalars(select(sign_ups.c.state)).all() == ["declined"]


def test_a_training_without_seats_or_past_its_last_day_takes_nobody(
    house: House, siti: Phone, clock: Clock, url: str
) -> None:
    with house.database.begin() as conn:
        conn.execute(update(events).where(events.c.kind == "training").values(seats=1))
    others = Phone(house, clock, url, BUDI)
    training(others).types("1")
    training(siti).types("1").types("Siti").sees("Tersimpan")
    others.types("Budi").sees("Pelatihan menjahit: sudah penuh.")
    training(others).sees("Pelatihan menjahit: sudah penuh.").does_not_see("1. Daftar")


def test_a_job_fair_needs_no_sign_up_and_is_over_when_it_is_over(siti: Phone) -> None:
    info(siti).types("3").types("2").sees("Bursa kerja: Sen 14 Des jam 8", "Untuk umum")
    info(siti.after(days=22)).types("3").sees("Belum ada acara.")


def test_a_typed_question_is_answered_at_once(siti: Phone) -> None:
    info(siti).types("4").types("brp biaya kartu kuning").sees("Kartu kuning gratis, tanpa biaya")
    siti.types("1").sees("Mau tahu apa?")


def test_what_may_be_meant_is_listed_and_what_is_not_goes_to_an_officer(
    house: House, siti: Phone
) -> None:
    info(siti).types("4").types("syarat ktp baru").sees("Maksudnya yang mana?", "4. Bukan ini")
    siti.types("4").sees("Tersimpan. Petugas menjawab lewat SMS").repeats().hung_up()
    with house.database.begin() as conn:
        (row,) = conn.execute(select(incoming_messages)).all()
    assert (row.kind, row.state, row.office) == ("free", "new", "32.10")
    assert "syarat" not in row.text_sealed + row.gateway_id


def test_an_office_is_asked_five_times_a_day_by_one_phone(house: House, siti: Phone) -> None:
    for number in range(5):
        info(siti).types("4").types(f"bansos kapan cair {'x' * number}").sees("Tersimpan")
    info(siti).types("4").types("bansos lagi").sees("Hari ini sudah banyak pertanyaan.")
    assert count(house, incoming_messages) == 5


def test_a_list_of_common_questions_needs_no_spelling(siti: Phone) -> None:
    info(siti).types("5").sees("1. Cara buat kartu", "98. Lagi").types("98").types("98")
    siti.types("00")
    info(siti).types("5").types("3").sees("Kartu kuning gratis")


@pytest.mark.usefixtures("siti")
def test_a_foreign_number_may_read_and_is_never_registered(
    house: House, clock: Clock, url: str
) -> None:
    stranger = Phone(house, clock, url, FOREIGN)
    books(stranger).sees("Nomor ini belum bisa kami SMS. Datang ke Disnaker Majalengka")
    training(stranger).types("1").types("Siti").sees("Nomor ini belum bisa kami SMS.")
    info(stranger).types("4").types("bansos kapan cair").sees("Nomor ini belum bisa kami SMS.")
    assert [count(house, one) for one in (service_visits, sign_ups)] == [0, 0]


@pytest.mark.parametrize(
    ("language", "menu", "saved"),
    [("su", "Hoyong terang naon?", "Tos disimpen."), ("jv", "Badhe mangertos punapa?", "Sampun"),
     ("en", "What about?", "Saved.")],
)  # fmt: skip
def test_it_is_told_in_every_language(siti: Phone, language: str, menu: str, saved: str) -> None:
    siti.in_language(language)
    info(siti).sees(menu)
    books(siti).sees(saved)


def test_numbers_are_forgotten_a_season_after_their_day(
    house: House, siti: Phone, clock: Clock
) -> None:
    books(siti)
    training(siti).types("1").types("Siti")
    housekeeping.sweep(house.database, clock())
    assert [count(house, one) for one in (service_visits, sign_ups)] == [1, 1]
    clock.goes_on(days=120)
    housekeeping.sweep(house.database, clock())
    assert [count(house, one) for one in (service_visits, sign_ups)] == [0, 0]
