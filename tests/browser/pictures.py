"""Take the pictures of the README: `make pictures`.

They show the product as it is: an installation of its own in a temporary folder, a caller's and an
officer's browser, a day that was lived through by calls and forms. Whoever changes a page takes
them anew, looks at them, and commits them with the change.
"""

from __future__ import annotations

import base64
import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, Page, expect, sync_playwright

from runtime.embedded.servers import serve
from runtime.wiring import House
from sms.message import Lane
from storage.migrate import upgrade
from tests.browser.conftest import FLAGS, installed
from tests.browser.handset import Handset
from tests.browser.lively_day import Days
from tests.support.installation import Clock, furnished, served
from tests.support.staff import SARI
from tests.support.visitor import PASSWORD

PLACE = Path(__file__).parents[2] / "docs" / "img"
LARGEST = 300_000
NIK = "3210115508980001"
# What is typed, what is typed after it, what is then seen.
CALL = (
    ("1", NIK, "Ketik NIK"),
    (NIK, "1", "Benar?"),
    ("1", "Siti", "nama panggilan"),
    ("Siti", "1", "Tinggal di"),
    ("1", "1", "Simpan?"),
    ("1", "", "Tersimpan. Kode"),
)
STRIP = (
    "main{display:flex;flex-wrap:wrap;gap:16px;width:1240px;padding:8px;font:600 15px sans-serif}"
    "figure{margin:0;width:160px}img{width:160px;border-radius:8px}figcaption{text-align:center}"
)


def main() -> None:
    """Write the pictures and say where they are."""
    logging.getLogger("werkzeug").setLevel(logging.WARNING)
    PLACE.mkdir(parents=True, exist_ok=True)
    with installation() as (house, clock, url), browser() as chromium:
        Days(house, clock, url).go_by()
        desk(window(chromium, url, 920, scale=1.5))
        phone(window(chromium, url, 872, scale=1), house)
    with installation() as (_house, _clock, url), browser() as chromium:
        call(window(chromium, url, 872, scale=1))


@contextmanager
def installation() -> Iterator[tuple[House, Clock, str]]:
    """Run one with nobody in it, for the length of a `with`."""
    with TemporaryDirectory(prefix="kuning-") as folder:
        home = Path(folder)
        with serve(home, durable=False) as addresses:
            upgrade(addresses.database_url)
            clock = Clock()
            house = furnished(addresses, home, clock)
            try:
                with served(house) as url:
                    yield house, clock, url
            finally:
                house.close()


@contextmanager
def browser() -> Iterator[Browser]:
    """Run the system's Chromium."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=installed(), args=FLAGS)
        yield chromium
        chromium.close()


def window(chromium: Browser, url: str, height: int, scale: float) -> Page:
    """Open a window of a laptop, drawn `scale` times as finely."""
    context = chromium.new_context(
        viewport={"width": 1280, "height": height}, base_url=url, device_scale_factor=scale
    )
    return context.new_page()


def desk(page: Page) -> None:
    """Show the front page of the desk."""
    page.goto("/")
    page.get_by_label("Email").fill(SARI.email)
    page.get_by_label("Kata sandi").fill(PASSWORD)
    page.get_by_role("button", name="Masuk").click()
    expect(page.locator("#today-count")).to_be_visible()
    take(page, "desk")


def phone(page: Page, house: House) -> None:
    """Show the moment after the sixth screen: it is saved, and the SMS is there already."""
    page.clock.install()
    page.goto("/phone")
    handset = Handset(page).types("").sees("1. Buat").types("1").sees("Ketik NIK").types(NIK)
    handset.sees("Benar?").types("1").sees("nama panggilan").types("Siti").sees("Tinggal di")
    handset.types("1").sees("Simpan?").types("1").sees("Tersimpan. Kode")
    house.delivery.deliver_due(Lane.URGENT, house.clock())
    page.clock.run_for(21_000)
    expect(page.locator("[data-count]")).to_have_text("1")
    page.wait_for_timeout(500)  # the bar of the time that is left glides
    take(page, "phone")


def call(page: Page) -> None:
    """Show a whole call, screen beside screen, with what is typed under each."""
    page.clock.install()
    page.goto("/phone")
    handset = Handset(page).types("").sees("1. Buat")
    strip = [(shot(page), "1")]
    for typed, then, seen in CALL:
        handset.types(typed).sees(seen)
        strip.append((shot(page), then))
    drawn = "".join(
        f'<figure><img src="data:image/png;base64,{picture}">'
        f"<figcaption>{typed or '&nbsp;'}</figcaption></figure>"
        for picture, typed in strip
    )
    paper = page.context.new_page()  # of no origin: our pages allow no style of their own
    paper.set_content(f"<style>{STRIP}</style><main>{drawn}</main>")
    paper.locator("main").screenshot(path=PLACE / "call.png")
    told(PLACE / "call.png")


def shot(page: Page) -> str:
    """Return what the handset's screen shows, as base64 of a PNG."""
    page.wait_for_timeout(500)  # the bar of the time that is left glides
    return base64.b64encode(page.locator(".lcd").screenshot()).decode()


def take(page: Page, name: str) -> None:
    """Write what the window shows."""
    path = PLACE / f"{name}.png"
    page.screenshot(path=path, animations="disabled")
    told(path)


def told(path: Path) -> None:
    """Say where a picture is; it must not be too large for a README."""
    size = path.stat().st_size
    sys.stdout.write(f"{path} {size // 1000} kB\n")
    assert size < LARGEST, f"{path} is too large for a README"


if __name__ == "__main__":
    main()
