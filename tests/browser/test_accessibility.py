"""Every page for everybody: axe finds nothing, Tab reaches everything, nothing is cut off.

WCAG 2.2 AA. axe finds about half of what can be wrong; the rest here are the checks that people do
by hand: width of 320 px (which is 400 % zoom on 1280), visible focus, how much there is on a page.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from domain.card import State
from runtime.wiring import House
from tests.browser.conftest import Opens
from tests.support import jobs, office
from tests.support.installation import Clock
from tests.support.office import Register

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
FOCUSABLE = (
    "a[href], button, input:not([type=hidden]), select, textarea, summary,"
    " [tabindex]:not([tabindex='-1'])"
)
FOCUS = """() => {
    const one = document.activeElement, style = getComputedStyle(one);
    return [one.tagName, style.outlineStyle, parseFloat(style.outlineWidth)];
}"""
MOST_FOCUSABLE = 25
MOST_COLUMNS = 5
MOST_MENU = 5
SignsIn = Callable[..., Page]
Addresses = dict[str, str]


@pytest.fixture
def busy(enters: Register, monday: House, clock: Clock) -> Addresses:
    """A day with something in every list; the addresses of all pages of the desk."""
    for number in range(20):
        enters(f"Orang {chr(65 + number)}", hour="08:00")
    signing = {"state": State.SIGNING, "holds_slot": False}
    for number in range(6):
        enters(f"Kartu {chr(65 + number)}", **signing)
    came = enters("Siti", state=State.CAME)
    holder = enters("Neneng", nik="3210115508980001")
    for number in range(6):
        enters(
            f"Neni {chr(65 + number)}", nik="3210115508980001", state=State.REQUESTED,
            holds_slot=False, contested_with=holder,
        )  # fmt: skip
    missed = enters("Budi", state=State.NO_SHOW, day=date(2026, 11, 20), holds_slot=False)
    booked = enters("Wati", day=date(2026, 11, 23) + timedelta(days=1))
    for number in range(17):
        office.hears(monday, clock, f"Bu Sari sudah pulang? ({number}) " + "Salam dari desa. " * 6)
    for number in range(1, 18):
        wish = office.wants_a_call(monday, clock, number)
        ticket = office.complains(monday, clock, number, "Antre 3 jam, loket 3 tutup. " * 5)
        vacancy = jobs.hangs(monday, clock, title=f"Operator jahit {number}")
        interest = jobs.wants(monday, clock, vacancy, number)
    return {
        "home": "/",
        "messages": "/messages",
        "callbacks": "/callbacks",
        "callback": f"/callbacks/{wish}",
        "lists": "/lists",
        "by phone": "/by-phone",
        "number": f"/person/{booked}/number",
        "tickets": "/tickets",
        "ticket": f"/tickets/{ticket}",
        "vacancies": "/vacancies",
        "vacancy": f"/vacancies/{vacancy}",
        "vacancy form": f"/vacancies/{vacancy}/change",
        "new vacancy": "/vacancies/new",
        "interests": "/interests",
        "interest": f"/interests/{interest}",
        "list": "/people/today",
        "booked": f"/person/{booked}",
        "came": f"/person/{came}",
        "contested": f"/person/{holder}",
        "incomplete": f"/person/{came}/incomplete",
        "refuse": f"/person/{came}/refuse",
        "rebook": f"/person/{missed}/rebook",
        "officers": "/officers",
        "nothing": "/nothing",
    }


def judged(page: Page, name: str) -> None:
    """Let axe look at a page."""
    results = Axe().run(page, options=RULES)
    found = [
        f"{one['id']}: {node['html']}"
        for one in results.response["violations"]
        for node in one["nodes"]
    ]
    assert found == [], name


def reachable(page: Page) -> int:
    """Count the places where Tab stops."""
    return page.locator(FOCUSABLE).filter(visible=True).count()


@pytest.mark.parametrize("as_seen", [(1280, "id"), (320, "en")])
def test_every_page_of_the_desk(
    opens: Opens, desk: str, signs_in: SignsIn, busy: Addresses, as_seen: tuple[int, str]
) -> None:
    width, language = as_seen
    page = opens(desk, width, 800)
    page.goto("/sign-in")
    judged(page, "sign-in")
    signs_in(page, "tono")
    if language == "en":
        page.get_by_text("Lainnya", exact=True).click()
        page.get_by_role("button", name="English").click()
        expect(page.get_by_role("heading", name="Today", exact=True)).to_be_visible()
    for name, path in busy.items():
        page.goto(path)
        judged(page, name)
        assert page.evaluate("document.documentElement.lang") == language
        assert page.evaluate("document.documentElement.scrollWidth") <= width, name
        assert reachable(page) <= MOST_FOCUSABLE, name
        for table in page.get_by_role("table").all():
            assert table.get_by_role("columnheader").count() <= MOST_COLUMNS, name


def test_an_open_menu_and_open_details(
    opens: Opens, desk: str, signs_in: SignsIn, busy: Addresses
) -> None:
    page = signs_in(opens(desk), "tono")
    page.goto(busy["came"])
    for summary in page.locator("summary").all():
        summary.click()
        judged(page, summary.inner_text())
        menu = page.get_by_role("navigation").locator("ul ul").locator("a, button")
        assert 0 < menu.count() <= MOST_MENU
        summary.click()


def test_what_went_wrong_is_heard(
    opens: Opens, desk: str, signs_in: SignsIn, busy: Addresses
) -> None:
    page = signs_in(opens(desk))
    page.goto(busy["refuse"])
    page.get_by_role("button", name="Simpan dan kirim SMS").click()
    expect(page.get_by_role("alert")).to_have_text("Pilih satu alasan.")
    judged(page, "refuse, nothing chosen")
    page.goto("/sign-in")
    wrong = opens(desk)
    wrong.goto("/sign-in")
    wrong.get_by_label("Email").fill("sari@example.go.id")
    wrong.get_by_label("Kata sandi").fill("salah")
    wrong.get_by_role("main").get_by_role("button", name="Masuk").click()
    expect(wrong.get_by_role("alert")).to_contain_text("belum cocok")
    judged(wrong, "sign-in, wrong")


def test_the_focus_can_always_be_seen(
    opens: Opens, desk: str, signs_in: SignsIn, busy: Addresses
) -> None:
    page = signs_in(opens(desk))
    for path in (busy["home"], busy["booked"], busy["incomplete"], "/phone"):
        page.goto(path)
        page.locator("body").evaluate("(body) => { document.activeElement.blur(); }")
        for stops in range(MOST_FOCUSABLE + 20):
            page.keyboard.press("Tab")
            tag, style, outline = page.evaluate(FOCUS)
            if tag == "BODY":  # round once
                assert stops > 5
                break
            assert style in {"solid", "dashed"}, path
            assert outline >= 2, path


def test_the_first_tab_skips_to_the_content(opens: Opens, desk: str, signs_in: SignsIn) -> None:
    page = signs_in(opens(desk))
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Langsung ke isi")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_role("searchbox")).to_be_focused()


@pytest.mark.parametrize("width", [1280, 360, 320])
def test_the_phone(opens: Opens, desk: str, width: int) -> None:
    page = opens(desk, width, 800)
    page.goto("/phone")
    judged(page, "idle")
    page.locator('[data-key="green"]').click()
    expect(page.locator("[data-screen=text]")).to_contain_text("1. Buat kartu")
    judged(page, "in a call")
    page.locator('[data-key="red"]').click()
    page.locator('[data-key="left"]').click()
    page.get_by_label("Nomor lain").check()
    page.locator("summary").click()
    judged(page, "inbox, another number, help")
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_at_twice_the_size_nothing_is_cut(
    opens: Opens, desk: str, signs_in: SignsIn, busy: Addresses
) -> None:
    """Text at 200 % (WCAG 1.4.4): a window of 1280 then holds what 640 hold."""
    page = signs_in(opens(desk, 640, 430))
    for path in (busy["home"], busy["came"], busy["contested"]):
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= 640, path


@pytest.mark.parametrize("width", [1280, 320])
def test_an_sms_is_answered_for_all_to_see_and_hear(
    opens: Opens, desk: str, signs_in: SignsIn, busy: Addresses, width: int
) -> None:
    page = signs_in(opens(desk, width, 800))
    page.goto(busy["messages"])
    page.get_by_role("link", name="Buka pesan").first.click()
    judged(page, "message")
    page.get_by_label("Jawaban").fill("Sabtu tutup. Senin buka jam 8.")
    page.get_by_role("button", name="Lihat SMS").click()
    expect(page.get_by_text("Disnaker Majalengka: Sabtu tutup")).to_be_visible()
    judged(page, "message, looked at")
    page.get_by_role("button", name="Kirim SMS").click()
    expect(page.get_by_role("button", name="Urungkan")).to_be_visible()
    judged(page, "message, answered")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert reachable(page) <= MOST_FOCUSABLE
