"""An officer's day at the desk, in a browser: by keyboard, with htmx, and without any script."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from domain.card import UNDO
from runtime.wiring import House
from services.delivery.inbox import inbox
from sms.message import Lane
from tests.browser.conftest import Opens
from tests.browser.keyboard import tabs_to
from tests.support.office import Register

SignsIn = Callable[..., Page]


def test_a_day_by_keyboard(
    opens: Opens, desk: str, signs_in: SignsIn, enters: Register, monday: House
) -> None:
    enters("Siti", hour="08:00")
    page = signs_in(opens(desk))
    tabs_to(page, "Kerjakan berikutnya →")
    page.keyboard.press("Enter")
    page.wait_for_url("**/person/*")
    tabs_to(page, "Nama lengkap di KTP")
    page.keyboard.type("Siti Aminah")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").first).to_contain_text("Tersimpan: Sudah datang")
    tabs_to(page, "Serahkan kartu")
    page.keyboard.press("Enter")
    expect(page.locator(".card-number")).to_contain_text("3210231126000001")
    tabs_to(page, "Kerjakan berikutnya →")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").first).to_contain_text("Tidak ada yang menunggu")
    assert monday.settings.demo


def test_the_sms_is_seen_while_choosing(
    opens: Opens, desk: str, signs_in: SignsIn, enters: Register, monday: House
) -> None:
    who = enters("Siti")
    page = signs_in(opens(desk))
    page.goto(f"/person/{who}")
    page.get_by_label("Nama lengkap di KTP").fill("Siti Aminah")
    page.get_by_label("KTP asli sudah saya lihat").check()
    page.get_by_role("button", name="Sudah datang").click()
    page.get_by_role("button", name="Berkas kurang").click()
    page.get_by_label("ijazah").check()
    expect(page.locator("#preview")).to_contain_text("masih kurang ijazah.")
    page.get_by_label("KK", exact=True).check()
    expect(page.locator("#preview")).to_contain_text("masih kurang ijazah, KK.")
    expect(page.get_by_label("KK", exact=True)).to_be_focused()
    page.get_by_role("button", name="Simpan dan kirim SMS").click()
    expect(page.get_by_role("status").first).to_contain_text("Berkas kurang. SMS dikirim")
    monday.delivery.deliver_due(Lane.URGENT, monday.clock() + UNDO)
    assert "ijazah, KK" in inbox(monday.delivery, "+6281200000001")[0].text


def test_nothing_moves_but_the_counts(
    opens: Opens, desk: str, signs_in: SignsIn, enters: Register
) -> None:
    enters("Siti")
    page = opens(desk)
    page.clock.install()
    signs_in(page)
    before = page.locator(".lists").bounding_box()
    enters("Budi")
    with page.expect_response("**/counts"):
        page.clock.run_for(21_000)
    expect(page.locator("#today-count")).to_have_text("2")
    expect(page.get_by_text("Budi")).to_have_count(0)
    assert page.locator(".lists").bounding_box() == before
    page.reload()
    expect(page.get_by_text("Budi")).to_be_visible()


def test_the_same_day_without_any_script(
    opens: Opens, desk: str, signs_in: SignsIn, enters: Register
) -> None:
    who = enters("Siti")
    page = signs_in(opens(desk, java_script_enabled=False))
    page.get_by_role("searchbox").fill("siti")
    page.get_by_role("button", name="Cari").click()
    page.wait_for_url(f"**/person/{who}")
    page.get_by_label("Nama lengkap di KTP").fill("Siti Aminah")
    page.get_by_label("KTP asli sudah saya lihat").check()
    page.get_by_role("button", name="Sudah datang").click()
    page.get_by_role("button", name="Berkas kurang").click()
    page.get_by_label("ijazah").check()
    page.get_by_role("button", name="Simpan dan kirim SMS").click()
    expect(page.locator("#preview")).to_contain_text("masih kurang ijazah.")
    page.get_by_role("button", name="Simpan dan kirim SMS").click()
    expect(page.get_by_role("status").first).to_contain_text("Berkas kurang. SMS dikirim")
    page.get_by_text("Lainnya", exact=True).click()
    page.get_by_role("button", name="Keluar").click()
    expect(page.get_by_role("heading", name="Masuk")).to_be_visible()


def test_a_password_manager_and_paste_are_welcome(opens: Opens, desk: str) -> None:
    page = opens(desk)
    page.goto("/sign-in")
    for label, purpose in (("Email", "username"), ("Kata sandi", "current-password")):
        field = page.get_by_label(label)
        assert field.get_attribute("autocomplete") == purpose
        field.evaluate("(one) => one.focus()")
        page.keyboard.insert_text("ditempel")
        expect(field).to_have_value("ditempel")


def test_nothing_personal_stays_in_the_browser(
    opens: Opens, desk: str, signs_in: SignsIn, enters: Register
) -> None:
    who = enters("Siti")
    page = signs_in(opens(desk))
    page.goto(f"/person/{who}")
    kept = page.evaluate("JSON.stringify([localStorage, sessionStorage])")
    assert not any(one in kept for one in ("Siti", "3210", "0001", "+62"))
    assert page.evaluate("document.cookie") == ""
