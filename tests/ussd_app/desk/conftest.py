"""The desk of Majalengka on a Monday: its web, its officers, the register."""

from __future__ import annotations

import pytest
from flask import Flask

from runtime.wiring import House
from tests.support import office
from tests.support.installation import Clock
from tests.support.office import Register
from tests.support.visitor import Visitor
from ussd_app import create_app


@pytest.fixture
def monday(house: House, clock: Clock) -> House:
    """The house on a working day."""
    return office.opens(house, clock)


@pytest.fixture
def app(monday: House) -> Flask:
    """The web of the house."""
    return create_app(monday)


@pytest.fixture
def enters(monday: House, clock: Clock) -> Register:
    """Let somebody register."""
    return Register(monday, clock)


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
