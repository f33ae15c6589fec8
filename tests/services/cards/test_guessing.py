"""Ten thousand guesses from two hundred numbers reveal nothing, and trip the alarm."""

from __future__ import annotations

import logging
import random
from collections import Counter
from collections.abc import Callable
from datetime import timedelta

import pytest

from domain import request_code
from services import guessing
from services.guessing_figures import GuessingCollector
from storage import attempts
from tests.services.cards.town import SITI, Moment, Town, nik

NUMBERS = 200


def figures(town: Town) -> dict[tuple[str, str], float]:
    """What Prometheus is told."""
    found = GuessingCollector(town.database, lambda: town.now).collect()
    return {
        (family.name, sample.labels["kind"]): sample.value
        for family in found
        for sample in family.samples
    }


def alarm(town: Town) -> str:
    with town.database.begin() as conn:
        found = guessing.latest(conn, town.now)
    return found.kind if found else ""


def test_guesses_from_many_numbers_reveal_nothing_and_trip_the_alarm(
    town: Town, scale: Callable[[int], int], caplog: pytest.LogCaptureFixture
) -> None:
    guesses = max(scale(10_000), 300)
    code = town.dials().registers().facts["code"]
    rng = random.Random(20261122)
    told = Counter[str]()
    with caplog.at_level(logging.WARNING):
        for guess in range(guesses):
            line = town.dials(1000 + guess % NUMBERS)
            guessed = code if guess % 3 == 0 else request_code.make(rng.randrange)
            year = rng.randrange(1960, 1998)
            told[line.hears("card.find", code=guessed, birth_date=f"{year}-08-15")] += 1
            town.now += timedelta(seconds=1)
    assert set(told) <= {"unknown", "locked"}
    assert alarm(town) == guessing.CODES
    lines = [one for one in caplog.messages if "guessing" in one]
    assert len(lines) == 1 + (guesses - 1) // 3600
    assert not any(code in line or "+62" in line for line in caplog.messages)
    assert figures(town)["kuning_guessing", guessing.CODES] == 1
    assert town.dials(1).hears("caller.recognise") == "known"


def test_a_code_takes_ten_wrong_dates_a_day_whoever_tells_them(town: Town) -> None:
    code = town.dials().registers().facts["code"]
    for made in (code, "100000009"):
        outcomes = [
            town.dials(1000 + last).hears("card.find", code=made, birth_date="1990-01-01")
            for last in range(12)
        ]
        assert outcomes == ["unknown"] * 10 + ["locked"] * 2
    assert town.dials(50).hears("card.find", code=code, birth_date="1998-08-15") == "locked"
    town.after(days=1, seconds=1)
    assert town.dials(50).hears("card.find", code=code, birth_date="1998-08-15") == "found"


def test_registrations_with_niks_of_others_trip_the_alarm(town: Town) -> None:
    town.office(daily_quota=500, hour_quota=100)
    town.dials().registers(SITI)
    for last in range(2, 22):
        guessing.watch(town.database, town.now)
        assert not alarm(town)
        assert town.dials(last).registers(SITI).outcome == "booked"
    guessing.watch(town.database, town.now)
    assert alarm(town) == guessing.CONTESTED


def test_an_ordinary_day_is_quiet(town: Town) -> None:
    for last in range(1, 6):
        line = town.dials(last)
        line.registers(nik(last), "Budi")
        line.hears("card.find", code="100000009", birth_date="1990-01-01")
    assert not alarm(town)
    assert figures(town)["kuning_misses", guessing.CODES] == 5
    assert figures(town)["kuning_guessing", guessing.CODES] == 0


def test_the_alarm_is_raised_once_an_hour(town: Town) -> None:
    with town.database.begin() as conn:
        for _ in range(guessing.LIMITS[guessing.YEARS]):
            attempts.add(conn, guessing.YEARS, "x", town.now)
    raised = []
    for minutes in (0, 30, 31):
        town.after(minutes=minutes)
        with town.database.begin() as conn:
            attempts.add(conn, guessing.YEARS, "x", town.now)
            guessing.missed(Moment(conn, town.vault, town.now), guessing.YEARS)
            found = guessing.latest(conn, town.now)
            raised.append(found.at if found else None)
    assert raised[0] == raised[1]
