"""*Perlu dibantu saat datang?*: asked once, seen by officers, changed by the caller himself."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask

from runtime.wiring import House
from tests.support import office
from tests.support.installation import Clock, served
from tests.support.phone import Phone
from tests.support.visitor import Visitor
from ussd_app import create_app

NIK = "3210115508980001"


@pytest.fixture
def siti(house: House, clock: Clock) -> Iterator[Phone]:
    """Siti's telephone, on the Sunday before her visit."""
    with served(house) as url:
        yield Phone(house, clock, url)


@pytest.fixture
def app(house: House) -> Flask:
    """The web of the house."""
    return create_app(house)


def books(phone: Phone) -> Phone:
    """Register for Monday and want no news of vacancies."""
    phone.dials().types("1").types(NIK).types("1").types("Siti").types("1").types("1")
    return phone.is_at("visit.thanks").types("2").sees("Perlu dibantu saat datang?", "1. Tidak")


def at_work(app: Flask, house: House, clock: Clock) -> Visitor:
    """It is Monday and Sari has signed in."""
    office.opens(house, clock)
    return Visitor(app).signs_in("sari@example.go.id")


def test_who_says_yes_is_seen_on_the_list_of_the_day(
    siti: Phone, app: Flask, house: House, clock: Clock
) -> None:
    books(siti).types("2").sees("petugas membantu", "Siti, datang Sen 23 Nov jam 8").hung_up()
    sari = at_work(app, house, clock).sees("Siti perlu dibantu")
    sari.opens("/people/today").sees("Siti perlu dibantu")
    (page,) = [link for link in sari.page.links if link.startswith("/person/")]
    sari.opens(page).sees("Bantuan saat datang Minta dibantu", "Minta dibantu saat datang")


def test_who_says_no_is_a_caller_like_any_other(
    siti: Phone, app: Flask, house: House, clock: Clock
) -> None:
    books(siti).types("1").sees("Siti, datang Sen 23 Nov jam 8", "Bawa KTP").hung_up()
    at_work(app, house, clock).sees("Siti").does_not_see("perlu dibantu")


def test_it_is_changed_under_the_card(siti: Phone, app: Flask, house: House, clock: Clock) -> None:
    books(siti).types("2").hung_up()
    siti.dials().types("2").sees("Urus kartu ini").types("1").sees("Minta dibantu").types("3")
    siti.sees("Perlu dibantu saat datang?").types("1").sees("Tersimpan. Siti, datang").hung_up()
    at_work(app, house, clock).sees("Siti").does_not_see("perlu dibantu")


def test_the_same_callback_again_and_a_cut_before_the_answer_lose_nothing(siti: Phone) -> None:
    books(siti).cut_off()
    siti.dials().sees("Siti: datang Sen 23 Nov").types("2").types("1").types("3").types("2")
    siti.sees("petugas membantu").repeats().hung_up()


@pytest.mark.parametrize(
    ("language", "asked"), [("su", "dibantos"), ("jv", "dipunbiyantu"), ("en", "help")]
)
def test_every_language_asks(siti: Phone, language: str, asked: str) -> None:
    siti.in_language(language).dials().types("1").types(NIK).types("1").types("Siti").types("1")
    siti.types("1").is_at("visit.thanks").types("2").sees(asked).types("2").hung_up()
