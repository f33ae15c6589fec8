"""Who was cut off in the middle of registering gets one SMS with what to dial, once a day."""

from __future__ import annotations

import pytest
from sqlalchemy import update

from runtime.wiring import House
from services import redialling
from storage.tables import drafts
from tests.support.installation import Clock
from tests.support.phone import Phone

NIK = "3210115508980001"


def ticks(house: House, clock: Clock) -> int:
    """One round of the clock."""
    return redialling.tell(house.database, house.vault, clock())


def breaks_off(phone: Phone) -> Phone:
    """Register up to the name, and be cut off."""
    return phone.dials().types("1").types(NIK).types("1").is_at("register.name").cut_off()


def test_who_was_cut_off_after_the_nik_is_told_once_that_he_can_go_on(
    phone: Phone, house: House, clock: Clock
) -> None:
    breaks_off(phone)
    assert ticks(house, clock) == 0
    phone.after(minutes=6)
    assert [ticks(house, clock) for _ in range(3)] == [1, 0, 0]
    phone.got_sms("Disnaker Majalengka", "belum selesai", "Tekan *123#")
    phone.dials_again().is_at("main.unfinished").types("1").is_at("register.name")


def test_a_number_that_cannot_be_read_keeps_nobody_else_waiting(
    phone: Phone, house: House, clock: Clock
) -> None:
    breaks_off(phone)
    with house.database.begin() as conn:
        conn.execute(update(drafts).values(phone_sealed="gone:AAAA"))
    budi = Phone(house, clock, phone._url.partition("/ussd/")[0], "+6281200000002")
    breaks_off(budi).after(minutes=6)
    assert [ticks(house, clock) for _ in range(2)] == [1, 0]
    budi.got_sms("belum selesai")
    phone.got_no_sms()


def test_he_is_told_in_his_language(phone: Phone, house: House, clock: Clock) -> None:
    phone.in_language("su")
    breaks_off(phone).after(minutes=6)
    assert ticks(house, clock) == 1
    phone.got_sms("dilajengkeun")


def test_at_most_once_a_day(phone: Phone, house: House, clock: Clock) -> None:
    breaks_off(phone).after(minutes=6)
    assert ticks(house, clock) == 1
    phone.dials_again().types("1").types("Siti").types("2").types("jat").cut_off()
    phone.after(minutes=6)
    assert ticks(house, clock) == 0
    phone.after(hours=24)
    assert ticks(house, clock) == 0
    breaks_off(phone.dials_again().types("2").cut_off()).after(minutes=6)
    assert ticks(house, clock) == 1


@pytest.mark.parametrize("keys", [("1",), ("1", "3210"), ("1", "321011", "550898")])
def test_before_the_nik_there_is_nothing_to_go_on_with(
    phone: Phone, house: House, clock: Clock, keys: tuple[str, ...]
) -> None:
    phone.dials()
    for key in keys:
        phone.types(key)
    phone.cut_off().after(minutes=6)
    assert ticks(house, clock) == 0
    phone.got_no_sms()


def test_who_went_on_and_booked_is_told_of_his_booking_only(
    phone: Phone, house: House, clock: Clock
) -> None:
    breaks_off(phone).dials_again().types("1").types("Siti").types("1").types("1").cut_off()
    phone.after(minutes=6)
    assert ticks(house, clock) == 0
    assert len(phone.inbox()) == 1


def test_who_began_anew_is_told_nothing_of_what_he_left(
    phone: Phone, house: House, clock: Clock
) -> None:
    breaks_off(phone).dials_again().types("2").cut_off().after(minutes=6)
    assert ticks(house, clock) == 0


def test_who_was_told_the_end_on_his_screen_is_not_told_that_he_was_cut_off(
    phone: Phone, house: House, clock: Clock
) -> None:
    phone.dials().types("1").types(NIK).types("1").types("Siti").types("2").types("cic")
    phone.types("1").sees("belum bisa lewat telepon")
    phone.after(minutes=6)
    assert ticks(house, clock) == 0
    phone.dials_again().is_at("main.unfinished")


def test_an_old_call_is_not_brought_up(phone: Phone, house: House, clock: Clock) -> None:
    breaks_off(phone).after(hours=13)
    assert ticks(house, clock) == 0
