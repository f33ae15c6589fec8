"""Two years of Siti's card by phone: reports, a lost phone, a number of somebody else's."""

from __future__ import annotations

import pytest

from runtime.wiring import House
from services.cards import number_changes, report_reminding, silence, timed
from tests.story.conftest import Calls, Serves
from tests.story.people import SITI
from tests.story.said import SAID
from tests.story.telling import comes, is_among_todays, registers, words
from tests.support.installation import Clock

LATER = "+6281200000777"
SAYS = {
    "id": ("waktunya lapor. Sudah kerja?", "sudah lapor", "Mau apa?", "dihentikan"),
    "su": ("waktosna lapor. Tos damel?", "tos lapor", "Bade naon?", "dieureunkeun"),
    "jv": ("wancinipun lapor. Sampun damel?", "sampun lapor", "Badhe menapa?", "kendel"),
    "en": ("time to report. Have a job?", "has reported", "What is it?", "is stopped"),
}


def ticks(house: House, clock: Clock) -> None:
    """What the clock does about cards and numbers."""
    silence.note(house.database, clock())
    timed.run(house.database, house.vault, clock())
    report_reminding.remind(house.database, house.vault, clock())
    number_changes.run(house.database, house.vault, clock())


def gets_her_card(calls: Calls, monday: Serves, language: str = "id") -> str:
    """Siti registers on Sunday and has her card on Monday; give its code."""
    code = registers(calls(SITI), SAID[language], SITI)
    counter = monday(SITI)
    comes(is_among_todays(counter, SITI), SITI)
    counter.sends("/issue")
    return code.replace(" ", "")


@pytest.mark.parametrize("language", SAYS)
def test_a_report_is_reminded_of_and_made_with_one_key(
    house: House, clock: Clock, calls: Calls, monday: Serves, language: str
) -> None:
    asks, done, *_ = SAYS[language]
    gets_her_card(calls, monday, language)
    siti = calls(SITI).after(days=181, hours=2)
    ticks(house, clock)
    siti.got_sms(words("{place}: {name}", SITI), "*123#")
    siti.dials().sees(words("{name}: ", SITI) + asks).types("1").sees(done).hung_up()
    assert siti.keys <= 5 + 3, "the service code, then one key"
    reminders = len(siti.inbox())
    siti.after(minutes=5)
    ticks(house, clock)
    assert len(siti.inbox()) == reminders


@pytest.mark.parametrize("language", SAYS)
def test_whoever_does_not_want_the_card_any_more_is_asked_once(calls: Calls, language: str) -> None:
    *_, menu, stopped = SAYS[language]
    siti = calls(SITI)
    registers(siti, SAID[language], SITI)
    siti.dials().types("2").types("1").sees(menu).types("4").types("1").sees(stopped).hung_up()
    siti.dials().is_at("main.welcome").cut_off()


def test_another_day_is_chosen_saved_and_told_by_sms(calls: Calls) -> None:
    siti = calls(SITI)
    registers(siti, SAID["id"], SITI)
    siti.dials().types("2").types("1").types("1").sees("Pilih hari")
    siti.chooses("Sel 24 Nov").sees("datang Sel 24 Nov").types("1").repeats()
    siti.sees("Tersimpan.", "datang Sel 24 Nov").hung_up().got_sms("datang Sel 24 Nov")
    siti.dials().sees("Siti: datang Sel 24 Nov").cut_off()


def test_a_lost_phone_is_replaced_by_code_and_birth_date(
    house: House, clock: Clock, calls: Calls
) -> None:
    old, new = calls(SITI), calls(LATER)
    code = registers(old, SAID["id"], SITI).replace(" ", "")
    new.after(minutes=5).dials().types("2").types(code).types(SITI.born.replace("-", ""))
    new.sees(words("{name}: datang", SITI)).types("2").types("1").types("5")
    new.sees("Pakai nomor HP ini").types("1").sees("Tersimpan. Nomor ini dipakai mulai").hung_up()
    old.got_sms("nomor HP kartu kuning diganti mulai", "Balas BUKAN SAYA")
    assert SITI.name not in old.inbox()[0]
    new.after(days=2)
    ticks(house, clock)
    new.got_sms("nomor ini sekarang untuk kartu kuning")
    old.dials().is_at("main.welcome").cut_off()
    old.texts("STATUS").got_sms("daftar atau lihat kartu kuning")


def test_the_owner_stops_a_thief_with_two_words(house: House, clock: Clock, calls: Calls) -> None:
    siti, thief = calls(SITI), calls(LATER)
    code = registers(siti, SAID["id"], SITI).replace(" ", "")
    thief.dials().types("2").types(code).types(SITI.born.replace("-", ""))
    thief.types("2").types("1").types("5").types("1").hung_up()
    siti.texts("bukan saya").got_sms("tidak jadi diganti")
    thief.got_sms("tidak jadi diganti", "Datang ke kantor")
    siti.after(days=3)
    ticks(house, clock)
    thief.dials().is_at("main.welcome").cut_off()


def test_a_number_given_to_somebody_else_tells_him_nothing(
    house: House, clock: Clock, calls: Calls, monday: Serves
) -> None:
    code = gets_her_card(calls, monday)
    newcomer = calls(SITI).after(days=200, hours=2)
    newcomer.dials().is_at("main.welcome").does_not_see(SITI.name).cut_off()
    newcomer.dials().is_at("main.welcome").cut_off()
    newcomer.texts("STATUS").got_sms("Tekan *123#").after(minutes=1)
    ticks(house, clock)
    newcomer.got_sms("punya kartu kuning?", "SMS BUKAN SAYA")
    assert not any(SITI.name in text for text in newcomer.inbox() if "lapor" in text.lower())
    newcomer.texts("BUKAN SAYA").got_sms("nomor ini kami lepas")
    told = len(newcomer.inbox())
    newcomer.after(days=200)
    ticks(house, clock)
    assert len(newcomer.inbox()) == told
    siti = calls(LATER)
    siti.dials().types("2").types(code).types(SITI.born.replace("-", ""))
    siti.sees(f"{SITI.name}: ").cut_off()
