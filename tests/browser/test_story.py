"""The whole job in two windows of one server: a caller's at the phone, an officer's at the desk."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Page, expect

from runtime.wiring import House
from sms.message import Lane
from tests.browser.conftest import Opens
from tests.browser.handset import Handset
from tests.browser.keyboard import tabs_to
from tests.support import office
from tests.support.installation import Clock

SITI = "3210115508980001"
# Five past eight in Majalengka, and in Semarang.
MONDAY = datetime(2026, 11, 23, 1, 5, tzinfo=UTC)
Officer = Callable[..., Page]


@pytest.fixture
def phone(opens: Opens, url: str) -> Handset:
    """The caller's window."""
    page = opens(url)
    page.goto("/phone")
    return Handset(page)


@pytest.fixture
def officer(
    house: House, clock: Clock, opens: Opens, url: str, signs_in: Callable[..., Page]
) -> Officer:
    """Let it become the day of the visit; give the window of an officer who has signed in."""

    def comes_to_work(name: str, **options: object) -> Page:
        office.opens(house, clock)
        clock.time = MONDAY
        return signs_in(opens(url, **options), name)

    return comes_to_work


def sends(house: House, clock: Clock) -> None:
    """Wait until no officer can take a step back, then do the work of the urgent worker."""
    clock.goes_on(seconds=10)
    while house.delivery.deliver_due(Lane.URGENT, house.clock()):
        pass


def gets_sms(phone: Handset, *parts: str) -> None:
    """Wait for the envelope, open the newest message, go back to the first view."""
    expect(phone.page.locator("[data-screen=unread]")).to_be_visible(timeout=9000)
    phone.presses("left", "green").sees(*parts)
    phone.page.keyboard.press("Escape")
    phone.sees("Tekan hijau")


def says(page: Page, words: str) -> None:
    """The desk says what it did."""
    expect(page.get_by_role("status").first).to_contain_text(words)


def test_by_keyboard_from_the_dial_to_the_card(
    phone: Handset, officer: Officer, house: House, clock: Clock
) -> None:
    phone.types("").sees("1. Buat kartu kuning").types("1").sees("Ketik NIK").types(SITI)
    phone.sees("15-08-1998").types("1").sees("nama panggilan").types("Siti").sees("Jatiwangi")
    phone.types("1").sees("Siti, datang Sen 23 Nov jam 8").types("1").sees("Tersimpan. Kode")
    phone.types("1").sees("Sekolah terakhir?").types("5").sees("Mau kerja apa?").types("98")
    phone.sees("7. Sopir").types("7").sees("1. Sudah cukup").types("1")
    phone.sees("Mau kerja di mana?").types("1").sees("Perlu dibantu").types("1").sees("Bawa KTP")
    sends(house, clock)
    phone.page.keyboard.press("Escape")
    gets_sms(phone, "Siti, datang Sen 23 Nov jam 8", "Kode ")

    desk = officer("sari")
    tabs_to(desk, "Siti")
    desk.keyboard.press("Enter")
    desk.wait_for_url("**/person/*")
    tabs_to(desk, "Nama lengkap di KTP")
    desk.keyboard.type("Siti Aminah")
    desk.keyboard.press("Tab")
    desk.keyboard.press("Space")
    desk.keyboard.press("Enter")
    says(desk, "Tersimpan: Sudah datang")
    tabs_to(desk, "Serahkan kartu")
    desk.keyboard.press("Enter")
    says(desk, "Tersimpan: Kartu diserahkan")

    clock.goes_on(seconds=10)
    phone.page.bring_to_front()
    phone.types("").sees("Siti: kartu aktif sampai 23-11-2028. Lapor mulai 23-05-2027")


def test_by_mouse_with_the_number_of_a_printed_card(
    phone: Handset, officer: Officer, house: House, clock: Clock
) -> None:
    phone.page.get_by_label("Dewi").check()
    phone.presses("green").sees("1. Buat kartu").presses("1", "green").sees("Ketik NIK")
    phone.page.get_by_role("button", name="Ketik NIK ini di telepon").click()
    phone.presses("green").sees("29-02-2000").presses("1", "green").sees("nama panggilan")
    phone.presses("#").writes("3", "33", "9", "444").presses("green").sees(
        "Tinggal di Kec. Tembalang?"
    )
    phone.presses("1", "green").sees("Dewi, datang Sen 23 Nov", "Disnaker Semarang")
    phone.presses("1", "green").sees("Tersimpan. Kode").presses("2", "green")
    phone.sees("Perlu dibantu").presses("1", "green").sees("Bawa KTP")
    phone.presses("red")
    sends(house, clock)
    gets_sms(phone, "Disnaker Semarang: Dewi, datang Sen 23 Nov jam 8")

    desk = officer("dewi")
    desk.get_by_role("button", name="Kerjakan berikutnya").click()
    desk.get_by_label("Nama lengkap di KTP").fill("Dewi Lestari")
    desk.get_by_label("KTP asli sudah saya lihat").click()
    desk.get_by_role("button", name="Sudah datang").click()
    desk.get_by_label("Nomor kartu").fill("AK1/2026-0077")
    desk.get_by_role("button", name="Serahkan kartu").click()
    expect(desk.locator(".card-number")).to_contain_text("AK1/2026-0077")

    clock.goes_on(seconds=10)
    phone.page.bring_to_front()
    phone.presses("green").sees("Dewi: kartu aktif sampai 23-11-2028")


def test_a_desk_without_any_script_answers_in_the_language_of_the_caller(
    phone: Handset, officer: Officer, house: House, clock: Clock
) -> None:
    phone.types("").sees("5. Lainnya").types("5").sees("4. Bahasa").types("4")
    phone.sees("Basa Sunda").types("2").sees("Ngadamel")
    phone.types("1").sees("Ketik NIK KTP-na").types(SITI).sees("Leres?").types("1")
    phone.sees("Ketik nami").types("Siti").sees("Linggih di").types("1").sees("Simpen?").types("1")
    phone.sees("Tos disimpen. Kode").types("2").sees("Peryogi").types("1").sees("Candak KTP")
    phone.page.keyboard.press("Escape")

    desk = officer("sari", java_script_enabled=False)
    desk.get_by_role("link", name="Siti").click()
    desk.get_by_label("Nama lengkap di KTP").fill("Siti Aminah")
    desk.get_by_label("KTP asli sudah saya lihat").check()
    desk.get_by_role("button", name="Sudah datang").click()
    desk.get_by_role("button", name="Berkas kurang").click()
    desk.get_by_label("KK", exact=True).check()
    desk.get_by_role("button", name="Simpan dan kirim SMS").click()
    expect(desk.locator("blockquote")).to_contain_text("Siti, kirang keneh KK.")
    desk.get_by_role("button", name="Simpan dan kirim SMS").click()
    says(desk, "Berkas kurang. SMS dikirim")
    sends(house, clock)
    phone.page.bring_to_front()
    gets_sms(phone, "Siti, kirang keneh KK. Candak ka kantor")

    desk.get_by_role("button", name="Berkas sudah lengkap").click()
    desk.get_by_role("button", name="Serahkan kartu").click()
    says(desk, "Tersimpan: Kartu diserahkan")
    clock.goes_on(seconds=10)
    phone.page.bring_to_front()
    phone.presses("green").sees("Siti: kartu aktip dugi ka 23-11-2028")
