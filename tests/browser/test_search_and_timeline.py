"""Filters after a search and the story of a person, at both widths: seen, reached, not too much."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from domain.card import State
from tests.browser.conftest import Opens
from tests.browser.test_accessibility import MOST_COLUMNS, MOST_FOCUSABLE, judged, reachable
from tests.support.office import Register

SignsIn = Callable[..., Page]


def fits(page: Page, name: str, width: int) -> None:
    """Nothing is wrong, too much, or cut off."""
    judged(page, name)
    assert reachable(page) <= MOST_FOCUSABLE, name
    assert page.evaluate("document.documentElement.scrollWidth") <= width, name


@pytest.mark.parametrize("width", [1280, 320])
def test_a_search_is_narrowed_without_any_address(
    opens: Opens, desk: str, signs_in: SignsIn, enters: Register, width: int
) -> None:
    for number in range(14):
        state = State.READY if number % 2 else State.BOOKED
        enters(f"Siti {chr(65 + number)}", state=state, holds_slot=False)
    page = signs_in(opens(desk, width, 800))
    page.get_by_role("searchbox").fill("siti")
    page.get_by_role("button", name="Cari").click()
    expect(page.get_by_role("heading", name="Hasil pencarian")).to_contain_text("12+")
    fits(page, "found", width)
    assert page.get_by_role("columnheader").count() <= MOST_COLUMNS
    page.get_by_label("Keadaan").select_option(label="Kartu siap (7)")
    page.get_by_role("button", name="Saring").click()
    expect(page.get_by_role("heading", name="Hasil pencarian")).to_contain_text("7")
    expect(page.get_by_label("Keadaan")).to_have_value("ready")
    fits(page, "narrowed", width)
    assert page.url == f"{desk}/search"


@pytest.mark.parametrize("width", [1280, 320])
def test_a_long_story_opens(
    opens: Opens, desk: str, signs_in: SignsIn, enters: Register, width: int
) -> None:
    who = enters("Siti", state=State.CAME)
    page = signs_in(opens(desk, width, 800))
    for step in ("Menunggu tanda tangan", "Sudah ditandatangani", "Serahkan kartu"):
        page.goto(f"/person/{who}")
        page.get_by_role("button", name=step).click()
        if step == "Menunggu tanda tangan":
            page.get_by_role("button", name="Ya, Menunggu tanda tangan").click()
        page.get_by_role("button", name="Urungkan").wait_for()
    page.get_by_role("button", name="Urungkan").click()
    expect(page.get_by_role("status").first).to_contain_text("Kembali menjadi: Kartu siap")
    page.get_by_text("catatan sebelumnya").click()
    expect(page.get_by_text("Diurungkan: Serahkan kartu")).to_be_visible()
    fits(page, "timeline", width)
