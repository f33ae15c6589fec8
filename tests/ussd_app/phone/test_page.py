"""The browser phone's own two addresses: what they carry, and that production has neither."""

from __future__ import annotations

import json
import re
from html import unescape
from pathlib import Path

import pytest
from flask import Flask

from domain import nik
from runtime.embedded.servers import Addresses
from runtime.wiring import House
from tests.support.installation import SUNDAY, Clock, furnished
from tests.support.phone import Phone
from tests.support.visitor import Page
from ussd_app import create_app
from ussd_app.invented import INVENTED

SITI = "+6281200000001"


@pytest.fixture
def app(house: House) -> Flask:
    """The web of the demo."""
    return create_app(house)


def test_the_page_knows_where_its_calls_go(app: Flask, house: House) -> None:
    html = app.test_client().get("/phone").text
    assert f'data-webhook="/ussd/africastalking/{house.settings.webhook_tokens[0]}"' in html
    assert 'data-service-code="*123#"' in html
    found = re.search(r"data-words='([^']+)'", html)
    assert found
    assert json.loads(unescape(found[1]))["other_code"] == "Peraga ini hanya mengenal *123#."
    assert "Ini simulator" in Page(html).text


def test_its_people_are_of_age_and_from_three_places() -> None:
    today = SUNDAY.date()
    assert all(isinstance(nik.read(one.nik, today), nik.Nik) for one in INVENTED)
    assert all(one.born(today).year < 2009 for one in INVENTED)
    homes = {one.home for one in INVENTED}
    assert homes == {"Jatiwangi, Majalengka", "Tembalang, Kota Semarang", INVENTED[-1].home}
    assert len({one.phone for one in INVENTED}) == len(INVENTED)
    assert INVENTED[0].nik_words == "3210 1155 0898 0001"
    assert INVENTED[0].phone_words == "0812 0000 0001"


def test_the_handset_shows_what_the_simulator_carried(app: Flask, phone: Phone) -> None:
    phone.dials().types("1").types("3210115508980001").types("1").types("Siti").types("1")
    phone.types("1").types("2").types("1").hung_up().got_sms("Siti")
    client = app.test_client()
    csrf = re.search(r'data-csrf="([^"]+)"', client.get("/phone").text)
    assert csrf
    for number, count in ((SITI, 1), ("+6281200000002", 0), ("nonsense", 0), ("", 0)):
        answer = client.post("/phone/inbox", data={"phone": number, "csrf_token": csrf[1]})
        assert len(answer.get_json()["messages"]) == count
    sms = client.post("/phone/inbox", data={"phone": SITI, "csrf_token": csrf[1]}).get_json()
    assert sms["messages"][0].keys() == {"id", "sender", "text", "at"}
    assert sms["messages"][0]["at"] == "22-11 10.00"


def test_the_inbox_is_for_its_own_page_only(app: Flask) -> None:
    assert app.test_client().post("/phone/inbox", data={"phone": SITI}).status_code == 400
    assert app.test_client().get("/phone/inbox").status_code == 405


def test_english_by_choice(app: Flask) -> None:
    client = app.test_client()
    csrf = Page(client.get("/phone").text).forms[-1].fields["csrf_token"]
    form = {"csrf_token": csrf, "language": "en", "back": "/phone"}
    assert client.post("/language", data=form).location == "/phone"
    html = client.get("/phone").text
    assert '<html lang="en"' in html
    assert "This is a simulator" in html


def test_production_has_no_such_phone(
    postgres_url: str, valkey_url: str, tmp_path: Path, clock: Clock
) -> None:
    demo = furnished(Addresses(postgres_url, valkey_url), tmp_path / "demo", clock)
    keys = demo.settings
    demo.close()
    house = furnished(
        Addresses(postgres_url, valkey_url),
        tmp_path / "real",
        clock,
        KUNING_SIMULATOR_LOG="",
        KUNING_GATEWAY="africastalking",
        KUNING_URL="https://kuning.example.go.id",
        KUNING_SECRET_KEY=keys.secret_key,
        KUNING_DATA_KEYS="k1:" + "A" * 43 + "=",
        KUNING_INDEX_KEY="B" * 43 + "=",
        KUNING_WEBHOOK_TOKENS=keys.webhook_tokens[0],
        KUNING_OFFICES="32.10",
        KUNING_SERVICE_CODE="*123#",
        KUNING_TARIFF="Rp 200",
        AT_USERNAME="kuning",
        AT_API_KEY="key",
    )
    client = create_app(house).test_client()
    assert client.get("/phone").status_code == 404
    assert client.post("/phone/inbox", data={"phone": SITI}).status_code == 404
    house.close()
