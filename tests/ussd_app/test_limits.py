"""Asking too often is stopped, for whoever does it and for nobody else, with and without Redis."""

from __future__ import annotations

from dataclasses import replace

import pytest
from redis import Redis

from runtime.wiring import House
from tests.support import office
from tests.support.installation import Clock
from tests.support.visitor import Visitor
from ussd_app import create_app

A_MINUTE_OF_SEARCHES = 40
NOBODY = "00000000-0000-4000-8000-000000000000"
# What shows a whole number, costs an SMS or a PIN, and how often an hour it may be pressed.
DEAR = {
    f"/interests/{NOBODY}/show": 60,
    f"/tickets/{NOBODY}/answer": 120,
    f"/events/{NOBODY}/people/{NOBODY}": 240,
    "/cadres": 60,
    f"/cadres/{NOBODY}": 60,
}


@pytest.fixture
def monday(house: House, clock: Clock) -> House:
    """The house on a working day."""
    return office.opens(house, clock)


def asks_too_often(house: House) -> None:
    app = create_app(house)
    sari, tono = (Visitor(app).signs_in(f"{name}@example.go.id") for name in ("sari", "tono"))
    for _ in range(A_MINUTE_OF_SEARCHES):
        sari.opens("/").sends("/search", find="3210115508980001")
    sari.opens("/").sends("/search", 429, find="3210115508980002").sees("Terlalu banyak percobaan")
    tono.opens("/").sends("/search", find="3210115508980002").sees("Belum ketemu")


def test_trying_niks_one_after_another_is_stopped(monday: House) -> None:
    asks_too_often(monday)
    with Redis.from_url(monday.redis_url) as redis:
        keys = " ".join(key.decode() for key in redis.scan_iter("*desk*"))
    assert "desk.search" in keys
    assert not any(told in keys for told in ("sari", "@", "3210115508980001", "127.0.0.1"))


def test_it_is_stopped_while_redis_is_away(monday: House) -> None:
    asks_too_often(replace(monday, redis_url="unix:///nowhere/redis.sock"))


def test_what_shows_a_number_or_costs_an_sms_has_an_end(monday: House) -> None:
    tono = Visitor(create_app(monday)).signs_in("tono@example.go.id")
    form = {"csrf_token": tono.page.forms[-1].fields["csrf_token"]}
    for path, most in DEAR.items():
        met = {tono.client.post(path, data=form).status_code for _ in range(most)}
        assert met <= {404, 422}, path
        assert tono.client.post(path, data=form).status_code == 429, path
