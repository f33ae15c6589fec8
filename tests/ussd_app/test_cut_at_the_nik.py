"""Cut off where the NIK is asked for: the next call asks for it in parts, and shows nothing else.

Nothing is saved at that question, so there is no draft; all that is kept is that he was cut off.
"""

from __future__ import annotations

import pytest

from runtime.wiring import House
from services.dialogue import drafts
from tests.support.installation import Clock
from tests.support.phone import Phone
from tests.ussd_app.test_going_on import LANGUAGES, NIK, flush, to_the_name

WHOLE, PARTS = "Ketik NIK KTP", "6 angka pertama"


@pytest.fixture
def cut(phone: Phone) -> Phone:
    """A phone whose caller was cut off at the sixteen digits."""
    return phone.dials().types("1").sees(WHOLE).cut_off()


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_was_cut_off_at_the_nik_is_asked_in_three_parts(phone: Phone, language: str) -> None:
    if language != "id":
        phone.in_language(language)
    phone.dials().types("1").is_at("register.nik").cut_off()
    phone.dials_again().is_at("main.welcome").types("1").is_at("register.nik_first")
    phone.types("321011").types("550898").types("0001").is_at("register.born")
    phone.types("1").is_at("register.name")


def test_the_first_screen_is_the_usual_one(phone: Phone) -> None:
    usual = phone.dials().screen
    phone.types("1").cut_off().dials_again()
    assert phone.screen == usual


def test_all_sixteen_digits_do_there_too(cut: Phone) -> None:
    cut.dials_again().types("1").sees(PARTS).types(NIK).is_at("register.born")
    cut.types("0").is_at("register.nik_first").types("0").is_at("main.welcome")


def test_he_is_asked_in_parts_all_through_that_call(cut: Phone) -> None:
    cut.dials_again().types("1").types("0").is_at("main.welcome").types("1").sees(PARTS)
    cut.types("00").is_at("main.welcome").types("1").sees(PARTS)


def test_cut_off_again_he_is_asked_in_parts_again(cut: Phone) -> None:
    cut.dials_again().types("1").sees(PARTS).cut_off()
    cut.dials_again().cut_off()
    cut.dials_again().types("1").sees(PARTS).cut_off()
    cut.dials("*123*1#").sees(PARTS)


def test_cut_off_after_a_miss_he_is_asked_in_parts(phone: Phone) -> None:
    phone.dials().types("1").types("3210").sees(PARTS).cut_off()
    phone.dials_again().is_at("main.welcome").types("1").sees(PARTS)


def test_cut_off_after_a_long_code_he_is_asked_in_parts(phone: Phone) -> None:
    phone.dials("*123*1#").sees(WHOLE).cut_off()
    phone.dials_again().is_at("main.welcome").types("1").sees(PARTS)


def test_after_a_day_all_digits_are_asked(cut: Phone) -> None:
    cut.after(hours=25).dials_again().types("1").sees(WHOLE)


def test_when_redis_forgets_all_digits_are_asked(cut: Phone, house: House) -> None:
    flush(house)
    cut.dials_again().types("1").sees(WHOLE)


def test_when_redis_forgets_in_the_middle_of_the_call_the_parts_stay(
    cut: Phone, house: House
) -> None:
    cut.dials_again()
    for answer, state in (("1", "nik_first"), ("321011", "nik_middle"), ("550898", "nik_last")):
        flush(house)
        cut.types(answer).is_at(f"register.{state}")


def test_who_hung_up_on_the_first_screen_was_not_at_the_nik(phone: Phone) -> None:
    phone.dials().cut_off().dials_again().types("1").sees(WHOLE)


def test_who_went_back_from_the_nik_was_not_cut_off_at_it(phone: Phone) -> None:
    phone.dials().types("1").types("0").is_at("main.welcome").cut_off()
    phone.dials_again().types("1").sees(WHOLE)


def test_who_pressed_the_first_screen_in_the_same_call_was_not_cut_off(phone: Phone) -> None:
    phone.dials().types("1").types("00").types("1").sees(WHOLE)


def test_who_was_turned_away_was_not_cut_off(phone: Phone) -> None:
    phone.dials().types("1").types("3210111510100001").hung_up()
    phone.dials_again().types("1").sees(WHOLE)


def test_once_answered_it_is_forgotten(cut: Phone) -> None:
    cut.dials_again().types("1").types(NIK).types("1").types("Siti").types("1").types("1")
    cut.is_at("visit.thanks").cut_off()
    cut.dials_again().is_at("status.booked").types("1").sees(WHOLE)


def test_a_draft_is_offered_all_the_same_and_not_written_over(phone: Phone) -> None:
    to_the_name(phone).cut_off().dials("*123*1#").is_at("register.nik").cut_off()
    phone.dials_again().is_at("main.unfinished").types("1").is_at("register.name")


def test_a_draft_that_is_written_already_is_not_written_over(
    phone: Phone, house: House, clock: Clock
) -> None:
    to_the_name(phone).cut_off()
    assert drafts.flush(house.database, house.vault, house.sessions, clock()) == 1
    phone.dials("*123*1#").is_at("register.nik").cut_off()
    assert drafts.flush(house.database, house.vault, house.sessions, clock()) == 0
    phone.dials_again().is_at("main.unfinished").types("2").is_at("main.welcome")
    phone.types("1").sees(PARTS)


def test_another_phone_knows_nothing_of_it(
    cut: Phone, house: House, clock: Clock, url: str
) -> None:
    other = Phone(house, clock, url, "+6281200000009")
    other.dials().types("1").sees(WHOLE)
    cut.dials_again().types("1").sees(PARTS)
