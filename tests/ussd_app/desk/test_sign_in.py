"""Getting in, staying in, getting out."""

from __future__ import annotations

from dataclasses import replace
from http.cookies import SimpleCookie
from pathlib import Path

import pytest
from flask import Flask

from runtime.embedded.servers import Addresses
from runtime.wiring import House
from services.officers import IDLE
from storage.database import Database
from tests.support.installation import Clock, furnished
from tests.support.office import Register
from tests.support.staff import employ
from tests.support.visitor import Visitor
from ussd_app import create_app

SARI = "sari@example.go.id"


def test_a_stranger_signs_in_and_is_where_he_wanted_to_be(app: Flask, enters: Register) -> None:
    page = f"/person/{enters('Siti')}"
    visitor = Visitor(app).opens(page).is_at("/sign-in").sees("Masuk", "Email", "Kata sandi")
    visitor.sends("", email=SARI, password="rahasia-yang-panjang").is_at(page).sees("Siti")


def test_a_pair_that_does_not_match_says_the_same_for_anybody(app: Flask) -> None:
    wrong = Visitor(app).signs_in(SARI, "bukan-ini", 401)
    unknown = Visitor(app).signs_in("siapa@example.go.id", "bukan-ini", 401)
    for visitor in (wrong, unknown):
        visitor.sees("Email atau kata sandi belum cocok")
        assert "bukan-ini" not in visitor.answer.text
    assert SARI in wrong.answer.text  # 3.3.7: what was typed need not be typed again


def test_after_a_pause_the_officer_comes_back_to_the_same_page(
    sari: Visitor, clock: Clock, enters: Register
) -> None:
    page = f"/person/{enters('Siti')}"
    sari.opens(page)
    clock.goes_on(minutes=31)
    sari.opens(page).is_at("/sign-in").sees("Anda sempat berhenti lama")
    sari.sends("", email=SARI, password="rahasia-yang-panjang").is_at(page)


def test_a_form_sent_after_a_pause_leads_back_to_its_page(
    sari: Visitor, clock: Clock, enters: Register
) -> None:
    page = f"/person/{enters('Siti')}"
    sari.opens(page)
    clock.goes_on(minutes=31)
    form = {"csrf_token": "old", "full_name": "Siti Aminah"}
    sari.answer = sari.client.post(f"{page}/came", data=form, headers={"Referer": page})
    assert sari.answer.status_code == 303
    sari.opens(sari.answer.location).sends("", email=SARI, password="rahasia-yang-panjang")
    sari.is_at(page)


def test_the_counting_timer_does_not_keep_a_forgotten_desk_open(
    sari: Visitor, clock: Clock
) -> None:
    for _ in range(int(IDLE.total_seconds() // 600)):
        assert sari.client.get("/counts").status_code == 200
        clock.goes_on(minutes=10)
    assert sari.client.get("/counts").status_code == 401
    sari.opens("/").is_at("/sign-in")


def test_signing_out_ends_the_session_for_a_copied_cookie_too(sari: Visitor) -> None:
    cookie = sari.client.get_cookie("kuning")
    assert cookie is not None
    sari.sends("/sign-out").is_at("/sign-in").sees("Anda sudah keluar")
    sari.client.set_cookie("kuning", cookie.value)
    sari.opens("/").is_at("/sign-in")


def test_a_cookie_planted_before_sign_in_is_worth_nothing_after(app: Flask) -> None:
    victim = Visitor(app).opens("/sign-in")
    planted = victim.client.get_cookie("kuning")
    assert planted is not None
    victim.sends("", email=SARI, password="rahasia-yang-panjang").is_at("/")
    thief = Visitor(app)
    thief.client.set_cookie("kuning", planted.value)
    thief.opens("/").is_at("/sign-in")


@pytest.mark.parametrize("cookie", ["o.", "o.forged", "v.forged", "v.", "nonsense", "o." * 900])
def test_a_forged_cookie_is_a_stranger(app: Flask, cookie: str) -> None:
    visitor = Visitor(app)
    visitor.client.set_cookie("kuning", cookie)
    visitor.opens("/").is_at("/sign-in")


def test_guessing_is_stopped_and_said_so(app: Flask) -> None:
    visitor = Visitor(app)
    for _ in range(5):
        visitor.signs_in(SARI, "bukan-ini", 401)
    visitor.signs_in(SARI, "bukan-ini", 429).sees("Terlalu banyak percobaan")


def test_english_by_choice_stays_with_the_officer(sari: Visitor, app: Flask) -> None:
    sari.sends("/language", language="en").is_at("/").sees("Coming today", "Do the next one")
    sari.sends("/sign-out").sees("Masuk")
    Visitor(app).signs_in(SARI).sees("Coming today")


def test_the_way_back_after_a_change_of_language_is_ours(sari: Visitor) -> None:
    for elsewhere in ("https://evil.example/", "//evil.example", "/\\evil.example", "javascript:x"):
        sari.opens("/").sends("/language", back=elsewhere, language="id").is_at("/")


def test_the_cookie_is_kept_from_scripts_other_sites_and_plain_http(
    postgres_url: str, valkey_url: str, tmp_path: Path, clock: Clock
) -> None:
    where = Addresses(postgres_url, valkey_url)
    house = furnished(where, tmp_path / "https", clock, KUNING_URL="https://kuning.example.go.id")
    with house.database.begin() as conn:
        employ(conn)
    answer = (
        create_app(house).test_client().get("/sign-in", base_url="https://kuning.example.go.id")
    )
    cookie = SimpleCookie(answer.headers["Set-Cookie"])["__Host-kuning"]
    assert (cookie["secure"], cookie["httponly"], cookie["samesite"]) == (True, True, "Lax")
    assert (cookie["path"], cookie["domain"]) == ("/", "")
    assert answer.headers["Strict-Transport-Security"].startswith("max-age=31536000")
    house.close()


def test_without_its_database_the_desk_says_so(monday: House, sari: Visitor) -> None:
    cookie = sari.client.get_cookie("kuning")
    assert cookie is not None
    down = create_app(replace(monday, database=Database("postgresql://nobody@127.0.0.1:1/none")))
    visitor = Visitor(down)
    visitor.client.set_cookie("kuning", cookie.value)
    visitor.opens("/", 503).sees("Penyimpanan sedang tidak bisa dihubungi")
    visitor.opens("/sign-in", 503)
    stranger = Visitor(down).opens("/sign-in")
    stranger.sends("", 503, email=SARI, password="x").sees("Penyimpanan sedang tidak bisa")
