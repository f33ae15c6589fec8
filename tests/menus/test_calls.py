"""Callers and what they see, as phone calls."""

from __future__ import annotations

import pytest

from domain.words import LANGUAGES
from menus.engine import Engine
from tests.support.pure_phone import NIK, PurePhone


def test_a_caller_books_a_day(phone: PurePhone) -> None:
    phone.dials().sees("1. Buat kartu kuning", "Rp 200").sees_no("0. ")
    phone.types("1").sees("NIK").types(NIK).sees("15-08-1998", "perempuan")
    phone.types("1").types("Siti").sees("Kec. Jatiwangi").types("1")
    phone.sees("Siti, datang Sel 24 Nov jam 9 di Disnaker Majalengka")
    phone.types("1").sees("Kode 482 157 901").sees_no("0. Kembali")
    phone.types("2").sees("Perlu dibantu saat datang?").types("1")
    phone.sees("Bawa KTP, ijazah, 2 foto").hung_up()


def test_registering_is_saved_at_the_sixth_screen_with_few_keys(phone: PurePhone) -> None:
    before_saving = ("1", NIK, "1", "Siti", "1", "1")
    phone.dials()
    for screens, typed in enumerate(before_saving, 1):
        assert phone.session.saved is (screens > 2)
        phone.types(typed)
    phone.is_at("visit.thanks")
    assert len(before_saving) == 6
    assert sum(len(typed) for typed in before_saving if typed not in (NIK, "Siti")) <= 25


def test_a_nik_of_the_wrong_length_is_asked_in_three_parts(phone: PurePhone) -> None:
    phone.dials().types("1", "123").is_at("register.nik_first")
    phone.sees_just("NIK 16 angka. Tadi 3.", "Ketik 6 angka pertama NIK", "0. Kembali")
    phone.types("321011").sees("Kec. Jatiwangi.").types("550898").sees("Lahir 15-08-1998")
    phone.types("99").sees("4 angka saja. Tadi 2.", "Lahir 15-08-1998")
    phone.types("0001").is_at("register.born").knows_of({"nik_last": "0001"})


def test_a_whole_nik_is_taken_where_its_first_part_is_asked(phone: PurePhone) -> None:
    phone.dials().types("1", "123", NIK).is_at("register.born")


def test_the_full_nik_is_never_shown(phone: PurePhone) -> None:
    phone.dials()
    for typed in ("1", NIK, "1", "Siti", "1", "1", "1", "1", "1", "1", "1", "1"):
        assert NIK not in phone.types(typed).screen
    phone.hung_up()


def test_vacancies_are_asked_for_after_the_card(phone: PurePhone) -> None:
    phone.dials().types("1", NIK, "1", "Siti", "1", "1").types("1").sees("Sekolah terakhir?")
    phone.types("5").sees("Mau kerja apa?", "98. Lagi")
    phone.types("98").types("98").types("98").sees_no("98. Lagi")
    phone.types("18").sees("Mau kerja lain juga?").types("1")
    phone.sees("Mau kerja di mana?").types("4").sees("Perlu dibantu")
    phone.types("1").sees("Sel 24 Nov").hung_up()
    phone.knows_of({"education": "smk", "sector": "anything", "reach": "abroad"})


def test_another_day_is_picked_from_pages(phone: PurePhone) -> None:
    phone.dials().types("1", NIK, "1", "Siti", "1", "2").is_at("visit.pick")
    phone.sees("1. Sel 24 Nov jam 9", "98. Lagi").types("98", "98", "98", "12")
    phone.is_at("visit.confirm").sees("Kam 26 Nov jam 14.30")
    phone.knows_of({"slot": "2026-11-26 14:30"})


def test_the_slot_was_taken_meanwhile(phone: PurePhone) -> None:
    phone.hears(card_book="taken,booked").dials().types("1", NIK, "1", "Siti", "1", "1")
    phone.sees("Jam tadi baru penuh", "0. Kembali").types("1").is_at("visit.thanks")


def test_a_home_is_found_by_its_first_letters(phone: PurePhone) -> None:
    phone.hears(home_search="none,found").dials().types("1", NIK, "1", "Siti", "2")
    phone.types("xyz").sees("belum ketemu").types("jat").sees("3. Jatibarang, Indramayu")
    phone.types("2").is_at("visit.confirm").knows_of({"home": "32.10.13"})


def test_an_applicant_is_told_at_once(phone: PurePhone) -> None:
    phone.hears(caller_recognise="known").dials()
    phone.sees("Siti: datang Sel 24 Nov jam 9, loket 2. Bawa KTP, ijazah, 2 foto.")


def test_several_people_share_a_phone(phone: PurePhone) -> None:
    phone.hears(caller_recognise="several").dials().sees("1. Siti", "2. Budi")
    phone.types("2").sees("Budi: datang").types("0").sees("Kartu siapa?")


def test_a_caller_who_was_cut_off_goes_on(phone: PurePhone) -> None:
    phone.dials().types("1", NIK, "1").cut_off().dials_again().sees("Lanjut daftar?")
    phone.types("1").is_at("register.name").types("Siti").is_at("register.home_here")


def test_a_caller_who_was_cut_off_at_the_nik_is_asked_for_it_in_parts(phone: PurePhone) -> None:
    phone.dials().types("1").is_at("register.nik").cut_off().dials_again()
    phone.is_at("main.welcome").types("1").is_at("register.nik_first").types("0")
    phone.is_at("main.welcome").types("1", NIK).is_at("register.born").types("0")
    phone.is_at("register.nik_first").types("0").is_at("main.welcome")


def test_a_caller_who_was_cut_off_may_begin_anew(phone: PurePhone) -> None:
    phone.dials().types("1", NIK, "1").cut_off().dials_again().types("2").is_at("main.welcome")
    phone.cut_off().dials_again().is_at("main.welcome")


def test_after_a_while_going_on_asks_the_birth_year(phone: PurePhone) -> None:
    phone.dials().types("1", NIK, "1").cut_off()
    phone.hears(draft_resume="ask_year", draft_prove="wrong,resumed").dials_again().types("1")
    phone.types("98").sees("Tahun 4 angka").types("1997").sees("Belum cocok")
    phone.types("1998").is_at("register.name").types("0").is_at("register.born")


def test_a_draft_of_the_last_step_goes_on_there_with_its_lists(phone: PurePhone) -> None:
    phone.dials().types("1", NIK, "1", "Siti", "1", "2").is_at("visit.pick").cut_off()
    phone.dials_again().types("1").is_at("visit.pick").sees("1. Sel 24 Nov jam 9")
    phone.types("1", "1").is_at("visit.thanks").cut_off().dials_again().is_at("main.welcome")


def test_a_draft_goes_on_in_another_language(phone: PurePhone) -> None:
    phone.dials().types("1", NIK, "1").cut_off().in_language("en").dials_again()
    phone.types("1").is_at("register.name")
    assert phone.session.language == "en"


def test_enquiring_leaves_no_draft(phone: PurePhone) -> None:
    phone.dials().types("2", "482157908").is_at("status.code").types("0").is_at("main.welcome")
    phone.cut_off().dials_again().is_at("main.welcome")


def test_a_missed_day_is_booked_anew(phone: PurePhone) -> None:
    phone.hears(caller_recognise="known", status_tell="no_show").dials().types("1")
    phone.sees("Siti, datang Sel 24 Nov").types("1").is_at("visit.thanks")


def test_choosing_a_language_is_kept_and_heard_at_once(phone: PurePhone) -> None:
    phone.dials().types("5", "4", "4").is_at("main.welcome").sees("1. ").sees_no(
        "0. ", "Buat kartu"
    )
    assert phone.session.language == "en"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_story_is_told_in_every_language(engine: Engine, language: str) -> None:
    phone = PurePhone(engine, language).dials()
    phone.types("1", "321", "321011", "550898", "0001", "1", "Siti", "2", "jat", "1", "2", "3")
    phone.types("1", "1", "2", "98", "9", "1", "1", "2").hung_up().is_at("visit.helped")
    assert phone.session.language == language
