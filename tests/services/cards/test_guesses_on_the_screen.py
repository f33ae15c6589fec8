"""Guesses from two hundred numbers: on the screen, somebody looks exactly like nobody.

Each guess at a person who is registered goes beside the same guess at one who is not, from another
number at the same moment; every screen of both must be the same.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator

import pytest
from sqlalchemy import select, update

from domain import request_code
from menus.events import Screen
from runtime.wiring import House
from services import guessing
from services.dialogue import Turn
from storage.tables import card_requests, offices
from tests.support.installation import Clock
from tests.support.office import Register

NUMBERS = 200
VICTIMS = 20
NAME = "Mawar"
SEED = 20261122
_CODE = re.compile(r"\d{3} \d{3} \d{3}")
_HOUR = re.compile(r"\w{3} \d{1,2} \w{3} jam [\d.]+")


@pytest.fixture
def busy(house: House, clock: Clock) -> House:
    """The house with room for everybody, and those whom somebody would like to know about."""
    with house.database.begin() as conn:
        conn.execute(update(offices).values(daily_quota=900, hour_quota=300))
    enters, random_ = Register(house, clock), random.Random(SEED - 1)
    for _ in range(VICTIMS):
        enters(NAME, code=request_code.make(random_.randrange))
    return house


def codes_of(house: House) -> list[str]:
    """The codes of those who are registered."""
    with house.database.begin() as conn:
        return list(conn.execute(select(card_requests.c.code)).scalars())


def guesses(
    house: House, random_: random.Random, many: int
) -> Iterator[tuple[list[str], list[str]]]:
    """What is typed about somebody, and beside it the same about nobody."""
    codes = codes_of(house)
    nobodys = [request_code.make(random_.randrange) for _ in codes]
    for guess in range(many):
        victim = random_.randrange(VICTIMS)
        if guess % 2:
            dated = f"{random_.randrange(1, 29):02}05{random_.randrange(1960, 1998)}"
            yield ["2", codes[victim], dated], ["2", nobodys[victim], dated]
        else:
            rest = ["1", "Ani", "1", "1"]
            held, free = f"321011150898{victim + 1:04}", f"321011150898{victim + 5001:04}"
            yield ["1", held, *rest], ["1", free, *rest]


def heard(house: House, number: str, session: str, typed: list[str]) -> list[str]:
    """Every screen of a call that begins with a long code, codes and hours blotted out."""
    shown = []
    for count in range(1, len(typed) + 1):
        turn = Turn("africastalking", session, number, "*123#", "*".join(typed[:count]))
        screen: Screen = house.dialogue.hear(turn)
        shown.append(_HOUR.sub("<hour>", _CODE.sub("<code>", screen.text)))
        if screen.ends:
            break
    return shown


def test_somebody_looks_like_nobody_and_the_alarm_is_raised(
    busy: House, clock: Clock, scale: Callable[[int], int]
) -> None:
    seen, two = set[str](), guesses(busy, random.Random(SEED), scale(10_000))
    for guess, (real, none) in enumerate(two):
        last = guess % NUMBERS
        one = heard(busy, f"+62814{last:08}", f"one-{guess}", real)
        other = heard(busy, f"+62815{last:08}", f"other-{guess}", none)
        assert one == other, guess
        seen |= set(one)
        clock.goes_on(seconds=1)
    assert any("Tersimpan" in screen for screen in seen)
    assert any("belum cocok" in screen for screen in seen)
    assert not any(NAME in screen or "gangguan" in screen for screen in seen)
    with busy.database.begin() as conn:
        alarm = guessing.latest(conn, clock())
    assert alarm is not None
    assert alarm.kind in {guessing.CODES, guessing.CONTESTED}
