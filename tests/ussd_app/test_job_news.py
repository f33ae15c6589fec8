"""News of vacancies over the wire: asked for by phone, told by SMS, answered YA, ended by STOP."""

from __future__ import annotations

from uuid import uuid4

import pytest
from sqlalchemy import select, update

from runtime.wiring import House
from services.alerts import matching
from services.cards.outcomes import Desk
from services.incoming import handling
from storage import officers
from storage.officers import Officer
from storage.tables import incoming_messages, vacancies, vacancy_interests
from tests.services.alerts import people
from tests.services.alerts.people import Job
from tests.support.installation import Clock
from tests.support.phone import Phone
from workers.duties import duties


@pytest.fixture
def siti(phone: Phone) -> Phone:
    """Siti's telephone, as she has just booked her day."""
    phone.dials().types("1").types("3210115508980001").types("1").types("Siti").types("1")
    return phone.types("1")


def publishes(house: House, clock: Clock, **changes: object) -> str:
    """A minute later the office publishes a vacancy, and the clock notices."""
    clock.goes_on(minutes=1)
    with house.database.begin() as conn:
        vacancy_id = people.offers(conn, Job(education=None), clock(), **changes)
        matching.published(conn, vacancy_id, clock())
    ticks(house, "alerts.match")
    return vacancy_id


def answers(house: House, clock: Clock, said: str) -> None:
    """An officer answers the one SMS that waits, in his own words, and it leaves."""
    with house.database.begin() as conn:
        officer = Officer(
            id=str(uuid4()),
            office="32.10",
            email="rina@example.go.id",
            name="Rina",
            role="officer",
            language="id",
            active=True,
        )
        officers.add(conn, officer, "x", clock())
        waiting = incoming_messages.c.state == "new"
        row = conn.execute(select(incoming_messages).where(waiting)).one()
        desk = Desk(conn, house.vault, officer, clock())
        done = handling.reply(desk, row.id, row.version, said, frozenset({"ID"}))
        assert isinstance(done, handling.Done)
    clock.goes_on(minutes=1)


def ticks(house: House, name: str) -> None:
    """The clock comes to one of its duties."""
    (duty,) = [duty for duty in duties(house, lambda: False) if duty.name == name]
    duty.run(house.clock())


def dials_news(siti: Phone) -> Phone:
    """She dials the vacancies and chooses news of them."""
    siti.dials("*123*3#")
    (key,) = [key for key, label in siti.lines() if label == "Kabar lewat SMS"]
    return siti.types(key)


def wants_it_at_once(siti: Phone) -> Phone:
    """She says yes, tells her wishes, and asks for each vacancy at once."""
    siti.types("1").types("1").types("1").sees("Mau kerja lain juga?", "1. Sudah cukup").types("1")
    siti.sees("Mau kerja di mana?", "2. Satu provinsi").types("1").sees("Perlu dibantu")
    siti.types("1").hung_up()
    dials_news(siti).sees("Siti: kabar Garmen/jahit, dekat rumah.")
    return siti.types("3").types("2").sees("Tersimpan. Kami SMS begitu ada lowongan").hung_up()


def test_she_hears_of_a_vacancy_says_ya_and_is_told_where_to_go(
    house: House, siti: Phone, clock: Clock
) -> None:
    wants_it_at_once(siti)
    vacancy_id = publishes(house, clock)
    siti.got_sms("Operator jahit, Majalengka", "Anda minta kabar Garmen/jahit", "Balas YA")
    siti.texts("Ya").got_sms("Operator jahit: datang ke Disnaker", "Bawa KTP")
    siti.texts("YA.")
    with house.database.begin() as conn:
        wished = conn.execute(select(vacancy_interests.c.vacancy_id)).scalars().all()
    assert wished == [vacancy_id]


def test_a_ya_to_what_is_closed_by_then_is_told_so(house: House, siti: Phone, clock: Clock) -> None:
    wants_it_at_once(siti)
    vacancy_id = publishes(house, clock)
    siti.got_sms("Balas YA")
    with house.database.begin() as conn:
        conn.execute(update(vacancies).where(vacancies.c.id == vacancy_id).values(state="closed"))
    siti.texts("ya").got_sms("lowongan itu sudah tutup")


def test_a_ya_to_nothing_is_read_by_an_officer(siti: Phone) -> None:
    siti.types("2").types("1").hung_up()
    assert not any("lowongan itu" in text for text in siti.texts("ya").inbox())


def test_a_ya_to_what_she_was_asked_since_is_read_by_an_officer(
    house: House, siti: Phone, clock: Clock
) -> None:
    wants_it_at_once(siti)
    publishes(house, clock)
    siti.got_sms("Balas YA")
    clock.goes_on(minutes=1)
    siti.texts("Bu Rina yang kemarin masih ingat saya?")
    clock.goes_on(minutes=1)
    answers(house, clock, "Bisa, besok jam 9. Jadi datang?")
    siti.got_sms("Jadi datang?").texts("Ya")
    with house.database.begin() as conn:
        assert conn.execute(select(vacancy_interests.c.id)).all() == []
        states = conn.execute(select(incoming_messages.c.state)).scalars().all()
    assert sorted(states) == ["answered", "new"]


def test_after_a_stop_she_hears_nothing_until_she_says_so_herself(
    house: House, siti: Phone, clock: Clock
) -> None:
    wants_it_at_once(siti).texts("STOP").got_sms("SMS lowongan kami hentikan")
    publishes(house, clock)
    siti.got_sms("SMS lowongan kami hentikan")
    dials_news(siti).sees("Nomor ini pernah minta berhenti. Kirim lagi?")
    siti.types("2").sees("Kami tidak SMS lowongan").hung_up()
    dials_news(siti).types("1").sees("Ada 1 lowongan Garmen/jahit dekat Anda")
    siti.types("2").sees("Tersimpan").hung_up()
    publishes(house, clock, title="Kasir toko")
    siti.got_sms("Kasir toko")


def test_after_booking_she_is_offered_what_is_near_and_gets_it_by_sms(
    house: House, phone: Phone, clock: Clock
) -> None:
    for title in ("Operator jahit", "Sopir truk"):
        publishes(house, clock, title=title)
    publishes(house, clock, title="Kasir", place="32.73")
    phone.dials().types("1").types("3210115508980001").types("1").types("Siti").types("1")
    phone.types("1").sees("Tersimpan. Kode", "Ada 2 lowongan dekat Anda. Kirim SMS?")
    phone.types("1").sees("Sekolah terakhir?")
    assert "2 lowongan: " in "".join(phone.inbox())
    phone.cut_off()


def test_she_switches_it_off_with_one_key(house: House, siti: Phone, clock: Clock) -> None:
    wants_it_at_once(siti)
    dials_news(siti).types("4").sees("Tersimpan. Kami tidak SMS").hung_up()
    publishes(house, clock)
    assert not any("Operator" in text for text in siti.inbox())
