"""A browser, and a served office for it to visit. Any fault on a page's console fails its test."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from runtime.wiring import House
from tests.support import office
from tests.support.installation import Clock, served
from tests.support.office import Register
from tests.support.visitor import PASSWORD

BROWSERS = ("chromium", "chromium-browser", "google-chrome")  # as .ci/deps looks for them
# Headless, and quiet towards the network: nothing may be asked of anybody but us.
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
Opens = Callable[..., Page]


def installed() -> str:
    """Where the system's browser is; it fails where there is none."""
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    assert found, "no browser is installed: say make deps"
    return found


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The system's browser, one for all tests of a process."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=installed(), args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def opens(chromium: Browser) -> Iterator[Opens]:
    """Open a window: `opens(url, width=320)`; options are those of a browser context."""
    contexts: list[BrowserContext] = []
    faults: list[str] = []

    def open_window(url: str, width: int = 1280, height: int = 860, **options: object) -> Page:
        size = {"width": width, "height": height}
        context = chromium.new_context(viewport=size, base_url=url, **options)  # type: ignore[arg-type] # passed through
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda told: faults.append(told.text) if told.type == "error" else None)
        return page

    yield open_window
    for context in contexts:
        context.close()
    # What was refused or cut on purpose is judged by the test that asked for it; a page that is
    # left cuts off what its timer has just asked.
    meant = ("server responded with a status", "net::ERR_", "Response Status Error Code", "htmx:")
    assert [fault for fault in faults if not any(one in fault for one in meant)] == []


@pytest.fixture
def monday(house: House, clock: Clock) -> House:
    """The house on a working day."""
    return office.opens(house, clock)


@pytest.fixture
def enters(monday: House, clock: Clock) -> Register:
    """Let somebody register."""
    return Register(monday, clock)


@pytest.fixture
def desk(monday: House) -> Iterator[str]:
    """The address of the office's web."""
    with served(monday) as address:
        yield address


@pytest.fixture
def signs_in() -> Callable[[Page, str], Page]:
    """Sign an officer in by keyboard alone."""

    def sign_in(page: Page, name: str = "sari") -> Page:
        page.goto("/")
        expect(page.get_by_label("Email")).to_be_focused()
        page.keyboard.type(f"{name}@example.go.id")
        page.keyboard.press("Tab")
        page.keyboard.type(PASSWORD)
        page.keyboard.press("Enter")
        page.wait_for_url("**/")
        return page

    return sign_in
