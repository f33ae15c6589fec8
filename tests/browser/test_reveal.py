"""A full number hides again in a browser, and takes nothing along that was typed meanwhile."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.conftest import Opens
from tests.browser.test_accessibility import judged
from tests.support.office import Register

SignsIn = Callable[..., Page]
NIK = "3210115508980001"


def asks(page: Page, who: str) -> Page:
    """Ask to see the full NIK."""
    page.goto(f"/person/{who}")
    page.get_by_text("Tampilkan NIK atau HP lengkap").click()
    page.get_by_label("Mencocokkan dengan KTP").check()
    page.get_by_role("button", name="NIK", exact=True).click()
    expect(page.locator("#nik")).to_contain_text(NIK)
    return page


def test_after_half_a_minute_it_is_masked_and_what_was_typed_stays(
    opens: Opens, desk: str, signs_in: SignsIn, enters: Register
) -> None:
    page = opens(desk)
    page.clock.install()
    asks(signs_in(page), enters("Siti", nik=NIK))
    judged(page, "a full NIK")
    page.get_by_label("Nama lengkap di KTP").fill("Siti Aminah")
    page.clock.run_for(29_000)
    expect(page.locator("#nik")).to_contain_text(NIK)
    page.clock.run_for(2_000)
    expect(page.locator("#nik")).to_have_text("3210********0001")
    expect(page.get_by_label("Nama lengkap di KTP")).to_have_value("Siti Aminah")
    assert NIK not in page.content()


def test_without_any_script_the_page_comes_anew(
    opens: Opens, desk: str, signs_in: SignsIn, enters: Register
) -> None:
    page = asks(signs_in(opens(desk, java_script_enabled=False)), who := enters("Siti", nik=NIK))
    with page.expect_navigation(url=f"**/person/{who}", timeout=40_000):
        expect(page.locator("#nik")).to_contain_text(NIK)
    expect(page.locator("#nik")).to_have_text("3210********0001")
