"""The day that the README shows, on every screen an office may have."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from playwright.sync_api import Page, expect

from runtime.wiring import House
from tests.browser.conftest import Opens
from tests.browser.lively_day import ASEP, DEWI, EUIS, Days
from tests.support.installation import Clock

# How far each table reaches beyond the card it stands in, in pixels.
BEYOND = """() => [...document.querySelectorAll(".list")].map((card) => {
    const padding = parseFloat(getComputedStyle(card).paddingRight);
    const inner = card.getBoundingClientRect().right - padding;
    return card.querySelector("table").getBoundingClientRect().right - inner;
})"""
WIDTHS = (320, 390, 768, 1024, 1100, 1280, 1366, 1920)


@pytest.fixture
def lived(house: House, clock: Clock, url: str) -> str:
    """The address of an office in the middle of its day, with a name that cannot be broken."""
    Days(house, clock, url, (DEWI, ASEP, replace(EUIS, full_name="Euis Kusumawardhani"))).go_by()
    return url


def test_the_day_stands_whole_on_screens_of_every_width(
    lived: str, opens: Opens, signs_in: Callable[..., Page]
) -> None:
    page = signs_in(opens(lived))
    for name, count in (("today", "11"), ("answer", "2"), ("unissued", "3")):
        expect(page.locator(f"#{name}-count")).to_have_text(count)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert max(page.evaluate(BEYOND)) < 1, f"a table leaves its card at {width} px"
