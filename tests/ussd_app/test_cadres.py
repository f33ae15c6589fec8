"""A cadre of Jatiwangi registers people of his village, from his own phone."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

import pytest
from sqlalchemy import Connection, select

from domain.words import LANGUAGES
from runtime.wiring import House
from services.cadres import enrolling, weekly
from services.cadres.enrolling import Enrolled, Wish
from services.incoming.registering import KEPT
from storage import officers, places
from storage.tables import cadres, card_requests, incoming_messages
from storage.vault import Vault
from tests.support import office
from tests.support.installation import Clock
from tests.support.phone import Phone

BUDI = "+6281300000001"
WATI = "+6281300000002"
WATIS_NIK = "3210115508980001"
ASEPS_NIK = "3210111203900002"


@dataclass(frozen=True, slots=True)
class Desk:
    """What the services of the desk work with."""

    conn: Connection
    vault: Vault
    now: datetime


@pytest.fixture
def pin(house: House, clock: Clock) -> str:
    """Budi is enrolled by the head of the office; this is his PIN."""
    office.opens(house, clock)
    return enrols(house, clock)


@pytest.fixture
def budi(house: House, clock: Clock, url: str) -> Phone:
    """Budi's telephone."""
    return Phone(house, clock, url, BUDI)


def enrols(house: House, clock: Clock, phone: str = BUDI, daily: str = "20") -> str:
    with house.database.begin() as conn:
        head = officers.by_email(conn, "tono@example.go.id")
        assert head
        wish = Wish("Budi", "Sutawangi", phone, daily)
        enrolled = enrolling.enrol(Desk(conn, house.vault, clock()), wish, head)
    assert isinstance(enrolled, Enrolled), enrolled
    return enrolled.pin


def enters(budi: Phone, pin: str) -> Phone:
    return budi.dials("*123*5*5#").is_at("cadre.pin").types(pin).is_at("cadre.nik")


def registers(budi: Phone, nik: str, name: str, number: str = "") -> Phone:
    budi.types(nik).sees("Benar?").types("1").types(name).sees(f"{name} punya HP sendiri?")
    budi.types("1").types(number) if number else budi.types("2")
    return budi.sees("Kec. Jatiwangi?").types("1").sees(f"{name}, datang").types("1")


def requests(house: House) -> list[tuple[str, str | None, str]]:
    rows = select(card_requests).order_by(card_requests.c.created_at)
    with house.database.begin() as conn:
        return [
            (
                row.call_name,
                house.vault.open(row.phone_sealed, where=places.phone(row.id))
                if row.phone_sealed
                else None,
                row.state,
            )
            for row in conn.execute(rows)
        ]


def wrong(pin: str) -> str:
    return f"{(int(pin) + 1) % 1_000_000:06}"


def test_who_has_no_phone_is_registered_and_the_cadre_hears_day_and_code(
    house: House, budi: Phone, pin: str
) -> None:
    registers(enters(budi, pin), ASEPS_NIK, "Asep").hung_up().got_no_sms()
    assert re.search(r"Tersimpan. Asep datang .* Bawa KTP.* Kode \d{3} \d{3} \d{3}\.", budi.screen)
    assert requests(house) == [("Asep", None, "booked")]
    budi.dials().sees("1. Buat kartu kuning").does_not_see("Asep")


def test_who_has_a_phone_is_told_there_and_asks_from_there(
    house: House, clock: Clock, url: str, budi: Phone, pin: str
) -> None:
    registers(enters(budi, pin), WATIS_NIK, "Wati", "0813 0000 0002").hung_up()
    budi.sees("Tersimpan. Kabarnya kami SMS ke HP Wati.").does_not_see("Kode ")
    assert requests(house) == [("Wati", WATI, "booked")]
    wati = Phone(house, clock, url, WATI)
    wati.got_sms("Wati, datang", "Kode").dials().sees("Wati: datang")
    budi.got_no_sms()


@pytest.mark.parametrize("language", LANGUAGES)
def test_in_every_language_after_redis_was_lost(
    house: House, budi: Phone, pin: str, language: str
) -> None:
    if language != "id":
        budi.in_language(language)
    budi.dials("*123*5*5#").types(pin).types(ASEPS_NIK).types("1").types("Asep").repeats()
    for answer in ("2", "1", "1"):
        house.sessions.close()
        budi.types(answer).repeats()
    budi.hung_up().sees("Asep")
    assert requests(house) == [("Asep", None, "booked")]


def test_the_cadre_learns_nothing_of_who_is_registered(
    house: House, clock: Clock, url: str, budi: Phone, pin: str
) -> None:
    wati = Phone(house, clock, url, WATI)
    wati.dials().types("1").types(WATIS_NIK)
    for answer in ("1", "Wati", "1", "1"):
        wati.types(answer)
    wati.is_at("visit.thanks").cut_off()
    registers(enters(budi, pin), WATIS_NIK, "Wati", WATI)
    budi.sees("Tersimpan. Kabarnya kami SMS ke HP Wati.")
    assert requests(house) == [("Wati", WATI, "booked")]
    wati.got_sms("Wati, datang")


def test_another_persons_nik_gets_the_ending_of_a_new_one(
    house: House, clock: Clock, url: str, budi: Phone, pin: str
) -> None:
    wati = Phone(house, clock, url, WATI)
    wati.dials().types("1").types(WATIS_NIK)
    for answer in ("1", "Wati", "1", "1"):
        wati.types(answer)
    wati.cut_off()
    registers(enters(budi, pin), WATIS_NIK, "Siti").hung_up().sees("Tersimpan. Siti datang")
    assert requests(house)[1] == ("Siti", None, "requested")
    assert any("ada yang mendaftar dengan NIK Anda" in text for text in wati.inbox())


def test_the_same_person_is_registered_once(house: House, budi: Phone, pin: str) -> None:
    registers(enters(budi, pin), ASEPS_NIK, "Asep")
    told = budi.screen
    registers(enters(budi, pin), ASEPS_NIK, "Asep").sees(told)
    assert len(requests(house)) == 1


def test_three_wrong_pins_lock_for_a_quarter_of_an_hour(budi: Phone, pin: str) -> None:
    budi.dials("*123*5*5#").types("12").sees("PIN 6 angka saja.")
    budi.types(wrong(pin)).sees("PIN salah. Sisa 2 kali.").repeats()
    budi.types(wrong(pin)).sees("Sisa 1 kali.")
    budi.types(wrong(pin)).sees("Coba lagi 15 menit lagi.").hung_up()
    budi.dials("*123*5*5#").sees("Coba lagi 15 menit lagi.").hung_up()
    budi.after(minutes=16)
    enters(budi, pin)


def test_nobody_else_is_a_cadre(phone: Phone, pin: str) -> None:
    phone.dials("*123*5*5#").sees("Nomor ini belum jadi nomor kader.").hung_up()
    phone.texts(f"DAFTAR {pin} {ASEPS_NIK} Asep").got_sms("daftar atau lihat kartu kuning")


def test_a_day_has_a_number_of_people(
    house: House, clock: Clock, url: str, budi: Phone, pin: str
) -> None:
    assert pin
    ani = Phone(house, clock, url, "+6281300000009")
    own = enrols(house, clock, ani.number, daily="1")
    registers(enters(ani, own), ASEPS_NIK, "Asep").sees("Tersimpan")
    ani.dials("*123*5*5#").sees("Hari ini sudah 1 orang.").hung_up()
    ani.texts(f"DAFTAR {own} {WATIS_NIK} Wati").got_sms("hari ini sudah 1 orang")
    ani.after(days=1)
    enters(ani, own)
    budi.got_no_sms()


def test_one_sms_registers_somebody(
    house: House, clock: Clock, url: str, budi: Phone, pin: str
) -> None:
    budi.texts(f"daftar#{pin}#3210 1112 0390 0002#Asep Sunandar")
    budi.got_sms("Asep Sunandar datang", "Kode")
    budi.texts(f"DAFTAR {pin} {WATIS_NIK} Wati 081300000002").got_sms("Wati tersimpan")
    Phone(house, clock, url, WATI).got_sms("Wati, datang", "Kode")
    assert requests(house) == [("Asep Sunandar", None, "booked"), ("Wati", WATI, "booked")]
    with house.database.begin() as conn:
        rows = conn.execute(select(incoming_messages)).all()
    kept = {house.vault.open(row.text_sealed, where=places.incoming_text(row.id)) for row in rows}
    assert kept == {KEPT}
    assert {row.kind for row in rows} == {"register"}


def test_an_sms_that_is_told_twice_registers_once(house: House, budi: Phone, pin: str) -> None:
    for _ in range(2):
        budi.texts(f"DAFTAR {pin} {ASEPS_NIK} Asep", id="same-id")
    assert len(budi.inbox()) == 1
    assert len(requests(house)) == 1


@pytest.mark.parametrize(
    ("written", "answer"),
    [
        ("{pin} 321 Asep", "belum terbaca"),
        ("{pin} " + ASEPS_NIK, "belum terbaca"),
        ("{pin} " + ASEPS_NIK + " Asep 0233281234", "belum terbaca"),
        ("{wrong} " + ASEPS_NIK + " Asep", "PIN salah. Sisa 2 kali."),
        ("{pin} 3210115508150001 Asep", "belum terbaca"),
        ("{pin} 3275012008980001 Asep", "kami belum tahu dia tinggal di mana"),
    ],
)
def test_what_cannot_be_done_is_said_and_registers_nobody(
    house: House, budi: Phone, pin: str, written: str, answer: str
) -> None:
    budi.texts("DAFTAR " + written.format(pin=pin, wrong=wrong(pin))).got_sms(answer)
    assert requests(house) == []


def test_a_busy_cadre_is_answered_more_often_than_a_machine(
    house: House, budi: Phone, pin: str
) -> None:
    for serial in range(1, 8):
        budi.texts(f"DAFTAR {pin} 321011120390{serial:04} Asep")
    assert len(budi.inbox()) == 7
    assert len(requests(house)) == 7


def test_on_monday_he_hears_what_came_of_it(
    house: House, clock: Clock, budi: Phone, pin: str
) -> None:
    registers(enters(budi, pin), ASEPS_NIK, "Asep")
    while clock().weekday() != 0 or clock().hour != 3:
        clock.goes_on(hours=1)
    assert weekly.tell(house.database, house.vault, clock()) == 1
    assert weekly.tell(house.database, house.vault, clock()) == 0
    budi.got_sms("1 orang Anda sudah daftar, 0 sudah punya kartu.")
    clock.goes_on(days=1)
    assert weekly.tell(house.database, house.vault, clock()) == 0


def test_the_pin_is_kept_only_as_a_hash(house: House, pin: str) -> None:
    with house.database.begin() as conn:
        (row,) = conn.execute(select(cadres)).mappings()
    assert row["pin_hash"].startswith("$argon2id$")
    assert pin not in str(dict(row))


def test_who_goes_back_and_asks_for_himself_is_registered_as_himself(
    house: House, budi: Phone, pin: str
) -> None:
    budi.dials().types("5").types("5").types(pin).is_at("cadre.nik")
    budi.types("0").types("0").types("0").sees("2. Kartu saya").types("1").types(ASEPS_NIK)
    for answer in ("1", "Budi", "1", "1"):
        budi.types(answer)
    budi.sees("Tersimpan. Kode")
    assert requests(house) == [("Budi", BUDI, "booked")]


def test_going_on_without_the_pin_is_for_half_an_hour_only(
    house: House, budi: Phone, pin: str
) -> None:
    enters(budi, pin).types(ASEPS_NIK).types("1").types("Asep").types("2").cut_off()
    budi.after(minutes=20).dials_again().sees("Lanjut").types("1").sees("Kec. Jatiwangi?").cut_off()
    budi.after(minutes=31).dials_again().sees("1. Buat kartu kuning")
    assert requests(house) == []


def test_what_the_cadre_is_told_holds_for_a_number_that_fell_silent(
    house: House, clock: Clock, url: str, budi: Phone, pin: str
) -> None:
    wati = Phone(house, clock, url, WATI)
    wati.dials().types("1").types(WATIS_NIK)
    for answer in ("1", "Wati", "1", "1"):
        wati.types(answer)
    wati.cut_off().after(days=200)
    registers(enters(budi, pin), WATIS_NIK, "Wati", WATI).sees("Kabarnya kami SMS ke HP Wati.")
    wati.got_sms("lewat HP ini. Kartu gratis.")
    assert "Wati" not in wati.inbox()[0]
