"""Tuesday morning: an officer rings who was promised a call, by keyboard and without any script."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from playwright.sync_api import Page, expect

from runtime.wiring import House
from tests.browser.conftest import Opens
from tests.browser.keyboard import tabs_to
from tests.browser.test_accessibility import judged
from tests.support.installation import Clock
from tests.support.office import wants_a_call

SignsIn = Callable[..., Page]
FRIDAY = {"day": date(2026, 11, 20), "hours": "09:00-11:00"}


def rings(page: Page) -> None:
    """Go from the front page to the number of whoever was promised first, by keyboard alone."""
    tabs_to(page, "2 orang menunggu telepon kita")
    page.keyboard.press("Enter")
    page.wait_for_url("**/callbacks")
    tabs_to(page, "HP …0002")
    page.keyboard.press("Enter")
    page.wait_for_url("**/callbacks/*")
    expect(page.get_by_role("heading", level=1)).to_contain_text("HP …0002")
    expect(page.locator("body")).not_to_contain_text("0812 0000 0002")
    tabs_to(page, "Telepon sekarang")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_have_text("0812 0000 0002")


def test_the_oldest_promise_is_kept_by_keyboard(
    opens: Opens, desk: str, signs_in: SignsIn, monday: House, clock: Clock
) -> None:
    wants_a_call(monday, clock, 1)
    wants_a_call(monday, clock, 2, **FRIDAY, stuck_at="")
    page = signs_in(opens(desk))
    expect(page.locator(".notice")).to_contain_text("Jum 20 Nov, 09.00-11.00")
    expect(page.locator(".notice")).to_contain_text("sudah lewat")
    rings(page)
    judged(page, "ringing")
    tabs_to(page, "Sudah bicara")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Sudah bicara")
    expect(page.get_by_role("row")).to_have_count(2)
    expect(page.get_by_role("table")).to_contain_text("HP …0001")


def test_who_rings_is_seen_by_the_others_and_a_stale_page_is_told(
    opens: Opens, desk: str, signs_in: SignsIn, monday: House, clock: Clock
) -> None:
    where = f"/callbacks/{wants_a_call(monday, clock, 2)}"
    sari, tono = signs_in(opens(desk)), signs_in(opens(desk, 320, 700), "tono")
    for page in (sari, tono):
        page.goto(where)
    sari.get_by_role("button", name="Telepon sekarang").click()
    tono.get_by_role("button", name="Telepon sekarang").click()
    expect(tono.get_by_role("alert")).to_contain_text("Sudah diproses oleh Sari")
    expect(tono.locator("body")).not_to_contain_text("0812 0000 0002")
    judged(tono, "handled by another")
    assert tono.evaluate("document.documentElement.scrollWidth") <= 320


def test_a_call_is_made_without_any_script(
    opens: Opens, desk: str, signs_in: SignsIn, monday: House, clock: Clock
) -> None:
    where = f"/callbacks/{wants_a_call(monday, clock, 2)}"
    page = signs_in(opens(desk, 320, 800, java_script_enabled=False))
    page.goto(where)
    page.get_by_role("button", name="Telepon sekarang").click()
    expect(page.get_by_role("status")).to_have_text("0812 0000 0002")
    page.get_by_role("button", name="Tidak diangkat").click()
    expect(page.get_by_role("status")).to_contain_text("Ia tetap di daftar ini")
    page.get_by_role("link", name="Buka HP …0002").click()
    page.get_by_role("button", name="Tutup tanpa telepon").click()
    expect(page.get_by_role("status")).to_contain_text("Ditutup")
