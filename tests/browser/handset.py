"""The drawn handset of the browser phone, as its user handles it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from playwright.sync_api import Page, expect

_MOMENT = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)


class Handset:
    """The drawn handset of a page."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.text = page.locator("[data-screen=text]")
        self.entry = page.locator("[data-screen=entry]")

    def sees(self, *parts: str) -> Handset:
        for part in parts:
            expect(self.text).to_contain_text(part)
        return self

    def types(self, text: str) -> Handset:
        """Answer by the keyboard of the computer."""
        expect(self.entry).to_be_focused()
        self.page.keyboard.type(text)
        self.page.keyboard.press("Enter")
        return self

    def presses(self, *keys: str) -> Handset:
        """Press drawn keys."""
        for key in keys:
            self.page.locator(f'[data-key="{key}"]').click()
        return self

    def writes(self, *letters: str) -> Handset:
        """Write letters on the number keys: "33" is an e. However slow the machine, the presses of
        one letter come in one moment, and two letters two seconds apart.
        """
        for number, presses in enumerate(letters):
            self.page.clock.set_fixed_time(_MOMENT + timedelta(seconds=2 * number))
            self.presses(*presses)
        return self
