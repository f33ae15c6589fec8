"""*Urungkan* in a browser: the seconds go down, the button goes, the page stays where it is."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from domain.card import State
from runtime.wiring import House
from services.delivery.inbox import inbox
from sms.message import Lane
from tests.browser.conftest import Opens
from tests.browser.test_accessibility import MOST_FOCUSABLE, judged, reachable
from tests.support.installation import Clock, served
from tests.support.office import Register

SignsIn = Callable[..., Page]


def refuses(page: Page, who: str) -> Page:
    """An officer at the counter refuses somebody."""
    page.goto(f"/person/{who}/refuse")
    page.get_by_label("tinggal di daerah lain").check()
    page.get_by_role("button", name="Simpan dan kirim SMS").click()
    if page.get_by_text("tekan sekali lagi").count():
        page.get_by_role("button", name="Simpan dan kirim SMS").click()
    expect(page.get_by_role("status").first).to_contain_text("Ditolak. SMS dikirim 10 detik lagi")
    return page


def test_the_seconds_go_down_and_the_button_goes(
    opens: Opens, desk: str, signs_in: SignsIn, enters: Register, clock: Clock
) -> None:
    page = opens(desk)
    page.clock.install()
    refuses(signs_in(page), enters("Siti", state=State.CAME))
    button = page.get_by_role("button", name="Urungkan")
    expect(page.get_by_role("timer")).to_have_text("Tolak: masih bisa diurungkan selama 10 detik.")
    button.focus()
    clock.goes_on(seconds=3)
    with page.expect_response("**/undo"):
        page.clock.run_for(1_000)
    expect(page.get_by_role("timer")).to_have_text("Tolak: masih bisa diurungkan selama 7 detik.")
    expect(button).to_be_focused()
    clock.goes_on(seconds=7)
    with page.expect_response("**/undo"):
        page.clock.run_for(1_000)
    expect(button).to_have_count(0)
    expect(page.get_by_text("Tidak bisa diurungkan lagi.")).to_be_visible()


def test_a_step_is_taken_back_by_keyboard(
    opens: Opens, signs_in: SignsIn, enters: Register, monday: House, clock: Clock
) -> None:
    with served(monday) as desk:
        takes_back(refuses(signs_in(opens(desk)), enters("Siti", state=State.CAME)))
    clock.goes_on(minutes=1)
    monday.delivery.deliver_due(Lane.URGENT, clock())
    assert inbox(monday.delivery, "+6281200000001") == []


def takes_back(page: Page) -> None:
    """Press the button by keyboard."""
    page.get_by_role("button", name="Urungkan").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").first).to_have_text(
        "Diurungkan. Kembali menjadi: Sudah datang."
    )


def test_without_any_script_the_page_says_until_when(
    opens: Opens, desk: str, signs_in: SignsIn, enters: Register, clock: Clock
) -> None:
    page = refuses(
        signs_in(opens(desk, java_script_enabled=False)), enters("Siti", state=State.CAME)
    )
    expect(page.get_by_role("timer")).to_have_text("Tolak: bisa diurungkan sampai jam 09.00.10.")
    page.get_by_role("button", name="Urungkan").click()
    expect(page.get_by_role("status").first).to_contain_text("Kembali menjadi: Sudah datang")
    refuses(page, page.url.rpartition("/")[2])
    clock.goes_on(seconds=10)
    page.get_by_role("button", name="Urungkan").click()
    expect(page.get_by_role("alert")).to_contain_text("Sepuluh detik sudah lewat.")


def test_everybody_can_read_and_reach_it(
    opens: Opens, desk: str, signs_in: SignsIn, enters: Register, clock: Clock
) -> None:
    for width, name in ((1280, "Siti"), (320, "Budi")):
        page = refuses(signs_in(opens(desk, width, 800)), enters(name, state=State.CAME))
        judged(page, "undo")
        assert reachable(page) <= MOST_FOCUSABLE
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        clock.goes_on(seconds=10)
        page.get_by_role("button", name="Urungkan").click()
        judged(page, "undo, too late")
