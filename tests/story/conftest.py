"""The installation of the stories: callers, and officers who have passwords."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from runtime.wiring import House
from tests.story.caller import Caller
from tests.story.people import Person
from tests.story.said import SAID, Said
from tests.support import office
from tests.support.installation import Clock
from tests.support.visitor import Visitor
from tests.support.wire import visitor

# Five past eight in Majalengka.
MONDAY = datetime(2026, 11, 23, 1, 5, tzinfo=UTC)
Calls = Callable[..., Caller]
Serves = Callable[[Person], Visitor]


@pytest.fixture(params=SAID)
def said(request: pytest.FixtureRequest) -> Said:
    """One language after the other."""
    return SAID[request.param]


@pytest.fixture
def calls(house: House, clock: Clock, url: str) -> Calls:
    """Give somebody's phone, or one by its number: `calls(SITI)`, `calls("+62812...")`."""

    def phone(who: Person | str, code: str = "") -> Caller:
        number = who if isinstance(who, str) else who.phone
        return Caller(house, clock, url, number, code)

    return phone


@pytest.fixture
def monday(house: House, clock: Clock, url: str) -> Serves:
    """Let it become Monday, 08.05 in Majalengka; give the officer who serves somebody."""

    def serves(person: Person) -> Visitor:
        office.opens(house, clock)
        clock.time = MONDAY
        return visitor(url).signs_in(person.officer).is_at("/")

    return serves
