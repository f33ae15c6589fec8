"""What a phone can ask for once somebody is registered, and what two years bring."""

from __future__ import annotations

from runtime.wiring import House
from services import funnel
from services.cards import timed
from tests.story.conftest import Calls, Serves
from tests.story.people import SITI
from tests.story.said import INDONESIAN
from tests.story.telling import comes, here, is_among_todays, registers
from tests.support.installation import Clock
from tests.support.wire import visitor

BUDI = "3210111508980002"


def test_one_phone_serves_a_family(calls: Calls) -> None:
    phone = calls(SITI)
    registers(phone, INDONESIAN, SITI)
    phone.after(seconds=40).dials().chooses("Daftar orang lain").types(BUDI).sees(
        "laki-laki"
    ).types("1")
    phone.types("Budi").types("1").types("1").is_at("visit.thanks").types("2").types("1").hung_up()
    assert [sms.split()[2] for sms in phone.inbox()] == ["Budi,", "Siti,"]
    phone.dials().sees("Kartu siapa?").chooses("Budi").sees("Budi: datang Sen 23 Nov jam 8")


def test_code_and_birth_date_open_the_answer_on_any_phone(calls: Calls) -> None:
    code = registers(calls(SITI), INDONESIAN, SITI)
    other = calls("+6281200000099").dials().chooses("Kartu saya")
    other.types("123").sees("Kode 9 angka. Tadi 3.").types(code).sees("Ketik tanggal lahir")
    other.types("01011990").sees("Kode atau tanggal lahir belum cocok.").types("1")
    other.types(code.replace(" ", "")).types("15081998").sees("Siti: datang Sen 23 Nov jam 8")


def test_a_card_is_reported_until_it_ends(
    calls: Calls, monday: Serves, house: House, url: str, clock: Clock
) -> None:
    phone = calls(SITI)
    registers(phone, INDONESIAN, SITI)
    counter = comes(is_among_todays(monday(SITI), SITI), SITI)
    page = here(counter)
    counter.sends("/issue")

    clock.goes_on(days=182)
    assert timed.run(house.database, house.vault, clock()) == 1
    phone.dials().sees("Siti: waktunya lapor. Sudah kerja?")
    counter = visitor(url).signs_in(SITI.officer).opens(page).sees("Waktunya lapor")
    counter.sends("/report").sees("Tersimpan: Sudah lapor")
    phone.after(seconds=10).dials()
    phone.sees("Siti: kartu aktif sampai 23-11-2028. Lapor mulai 23-11-2027")

    for days in (150, 150, 150, 100):
        # Who does not call for half a year has a number that may be somebody else's by now.
        clock.goes_on(days=days)
        phone.dials().cut_off()
        funnel.drain(house.database, house.vault, house.sessions)
    assert timed.run(house.database, house.vault, clock()) >= 1
    phone.dials().sees("Siti: tidak ada kartu aktif. Buat kartu baru?").types("1")
    phone.is_at("visit.confirm").sees("Siti, datang ")


def test_who_works_needs_no_card_any_more(calls: Calls, monday: Serves) -> None:
    phone = calls(SITI)
    registers(phone, INDONESIAN, SITI)
    counter = comes(is_among_todays(monday(SITI), SITI), SITI).sends("/issue")
    counter.opens(f"{here(counter)}/employed").sends("/employed").sees("Sudah bekerja")
    phone.after(seconds=10).dials().is_at("main.welcome")
