"""The desk of Majalengka on a Monday: its officers, and people as the tests need them."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

import pytest
from flask import Flask

from domain import people
from runtime.wiring import House
from services.officers import passwords
from tests.support import applicants
from tests.support.installation import Clock
from tests.support.staff import employ
from tests.support.visitor import PASSWORD, Visitor
from ussd_app import create_app

Enters = Callable[..., str]


@cache
def _hashed() -> str:
    return passwords.hashed(PASSWORD)


@pytest.fixture
def monday(house: House, clock: Clock) -> House:
    """The house on Monday the 23rd at 09.00 in Majalengka, with its officers."""
    clock.goes_on(hours=23)
    with house.database.begin() as conn:
        employ(conn, _hashed())
    return house


@pytest.fixture
def app(monday: House) -> Flask:
    """The web of the house."""
    return create_app(monday)


@pytest.fixture
def sari(app: Flask) -> Visitor:
    """An officer in Majalengka, signed in."""
    return Visitor(app).signs_in("sari@example.go.id").is_at("/")


@pytest.fixture
def tono(app: Flask) -> Visitor:
    """The head of the office in Majalengka, signed in."""
    return Visitor(app).signs_in("tono@example.go.id").is_at("/")


@pytest.fixture
def dewi(app: Flask) -> Visitor:
    """The head of another office, signed in."""
    return Visitor(app).signs_in("dewi@example.go.id").is_at("/")


@pytest.fixture
def enters(monday: House, clock: Clock) -> Enters:
    """Let somebody register: `enters("Siti", nik=..., hour="09:00")` gives the request's id."""
    numbers = iter(range(1, 1000))

    def enter(name: str = "Siti", **changes: Any) -> str:
        number = next(numbers)
        nik = changes.pop("nik", f"321011150898{number:04d}")
        phone = changes.pop("phone", f"+62812{number:08d}")
        named = {"call_name": name, "call_name_folded": people.folded(name)}
        with monday.database.begin() as conn:
            return applicants.enters(
                conn, monday.vault, nik, clock(), **named, phone=phone, **changes
            )

    return enter
