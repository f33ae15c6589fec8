"""The browser phone: used by keyboard, by mouse and by thumb, as a handset would be."""

from __future__ import annotations

from urllib.parse import parse_qs

import pytest
from playwright.sync_api import Request, expect

from runtime.wiring import House
from sms.message import Lane
from storage.tables import session_ends
from tests.browser.conftest import Opens
from tests.browser.handset import Handset

NIK = "3210115508980001"


@pytest.fixture
def handset(opens: Opens, url: str) -> Handset:
    """The handset on a computer."""
    page = opens(url)
    page.goto("/phone")
    return Handset(page)


def delivers(house: House) -> None:
    """Do the work of the urgent worker."""
    house.delivery.deliver_due(Lane.URGENT, house.clock())


def test_a_whole_call_by_keyboard(handset: Handset, house: House) -> None:
    handset.sees("Tekan hijau").types("").sees("1. Buat kartu kuning").types("1").sees("Ketik NIK")
    handset.types(NIK).sees("15-08-1998").types("1").sees("nama panggilan").types("Siti")
    handset.sees("Jatiwangi").types("1").sees("Siti, datang").types("1").sees("Tersimpan. Kode")
    handset.types("2").sees("Perlu dibantu").types("1").sees("Siti, datang")
    expect(handset.entry).to_be_hidden()
    delivers(house)
    expect(handset.page.locator("[data-count]")).to_have_text("1", timeout=9000)
    handset.page.keyboard.press("Enter")
    handset.presses("left")
    expect(handset.page.locator(".lines .unread")).to_contain_text("Siti")
    handset.presses("green").sees("Siti", "Kode")
    expect(handset.page.locator("[data-screen=unread]")).to_be_hidden()
    handset.page.keyboard.press("Escape")
    handset.types("").sees("Siti: datang")


def test_letters_on_the_drawn_keys(handset: Handset) -> None:
    handset.presses("green").sees("1. Buat kartu").presses("1", "green").sees("Ketik NIK")
    handset.page.get_by_role("button", name="Ketik NIK ini di telepon").click()
    expect(handset.entry).to_have_value(NIK)
    handset.presses("green").sees("15-08-1998").presses("1", "green").sees("nama panggilan")
    handset.presses("#").writes("7777", "444", "8", "444")
    expect(handset.entry).to_have_value("Siti")
    handset.presses("right", "right")
    expect(handset.entry).to_have_value("Si")
    handset.writes("8", "444").presses("green").sees("Jatiwangi")


def test_a_call_cut_off_goes_on_when_dialled_again(handset: Handset) -> None:
    handset.types("").types("1").sees("Ketik NIK").types(NIK).sees("15-08-1998").types("1")
    handset.sees("nama panggilan").types("Siti").sees("Jatiwangi")
    handset.page.get_by_role("button", name="Putuskan sinyal").click()
    handset.sees("Sambungan terputus").presses("red").presses("green").sees("Lanjut daftar?")


def test_the_gateway_tells_how_each_session_ended(handset: Handset, house: House) -> None:
    with handset.page.expect_response("**/ended"):
        handset.presses("green").sees("1. Buat kartu").presses("red")
    handset.sees("Tekan hijau")
    with house.database.begin() as conn:
        row = conn.execute(session_ends.select()).one()
    assert (row.status, row.hops) == ("Incomplete", 1)


def test_long_codes_and_foreign_codes(handset: Handset) -> None:
    handset.presses("*", "1", "2", "3", "*", "2", "#")
    expect(handset.entry).to_have_value("*123*2#")
    handset.presses("green").sees("Ketik kode 9 angka").presses("red")
    handset.page.keyboard.type("*999#")
    handset.presses("green").sees("hanya mengenal *123#").presses("1")
    expect(handset.entry).to_have_value("1")


def test_the_whole_history_is_sent_and_nothing_is_escaped(handset: Handset) -> None:
    sent: list[Request] = []
    handset.page.on("request", lambda asked: sent.append(asked) if "/ussd/" in asked.url else None)
    handset.types("").sees("1. Buat").types("1").sees("Ketik NIK").types("1*2").sees("NIK")
    bodies = [parse_qs(asked.post_data or "", keep_blank_values=True) for asked in sent]
    assert [body["text"][0] for body in bodies] == ["", "1", "1*1*2"]
    assert len({body["sessionId"][0] for body in bodies}) == 1
    assert bodies[0]["sessionId"][0].startswith("ATUid_")
    assert bodies[0].keys() == {"sessionId", "phoneNumber", "serviceCode", "networkCode", "text"}


def test_patience_ends_as_the_gateways_does(opens: Opens, url: str) -> None:
    page = opens(url)
    page.clock.install()
    page.goto("/phone")
    handset = Handset(page).presses("green").sees("1. Buat kartu")
    expect(page.locator("[data-screen=clock]")).to_have_text("3:00")
    page.clock.fast_forward(32_000)
    expect(page.locator("[data-idle]")).to_contain_text("30 detik tanpa jawaban")
    page.clock.fast_forward(150_000)
    handset.sees("Waktu sesi habis")
    expect(page.locator("[data-idle]")).to_be_empty()


def test_another_number_is_typed_as_people_write_it(handset: Handset) -> None:
    page = handset.page
    page.get_by_label("Nomor lain").check()
    number = page.get_by_label("Nomor HP")
    number.fill("0812")
    number.blur()
    expect(page.get_by_text("Nomor itu belum lengkap")).to_be_visible()
    number.fill("0812 0000-0009")
    number.blur()
    expect(page.get_by_text("Nomor itu belum lengkap")).to_be_hidden()
    with page.expect_request("**/ussd/**") as asked:
        handset.presses("green")
    assert parse_qs(asked.value.post_data or "")["phoneNumber"] == ["+6281200000009"]


def test_a_service_that_is_gone_is_said_as_a_network_would(handset: Handset) -> None:
    handset.page.route("**/ussd/**", lambda route: route.abort())
    handset.presses("green").sees("Masalah sambungan atau kode MMI salah")


def test_on_a_mobile_it_fits_and_its_keys_are_the_keyboard(opens: Opens, url: str) -> None:
    page = opens(url, 360, 740, has_touch=True, is_mobile=True)
    page.goto("/phone")
    handset = Handset(page)
    page.locator('[data-key="green"]').tap()
    handset.sees("1. Buat kartu")
    expect(handset.entry).not_to_be_focused()
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    assert page.locator('[data-key="#"]').bounding_box()["y"] < 740  # type: ignore[index] # it is drawn


def test_an_sms_is_written_and_answered(handset: Handset, house: House) -> None:
    page = handset.page
    page.get_by_label("Tulis SMS ke Disnaker").fill("bantuan")
    page.get_by_role("button", name="Kirim SMS").click()
    expect(page.get_by_text("SMS terkirim.")).to_be_visible()
    delivers(house)
    expect(page.locator("[data-count]")).to_have_text("1", timeout=9000)
    handset.presses("left", "green").sees("SMS STATUS untuk kabar kartu", "STOP")
