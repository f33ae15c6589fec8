"""A page without a mouse."""

from __future__ import annotations

from playwright.sync_api import Page

NAME = "(one) => (one.labels?.[0] ?? one).innerText.trim()"


def tabs_to(page: Page, name: str) -> None:
    """Press Tab until something of that name has the focus, as one does without a mouse."""
    for _ in range(30):
        page.keyboard.press("Tab")
        if page.locator(":focus").evaluate(NAME) == name:
            return
    raise AssertionError(f"Tab never reaches {name}")
