"""The tour of `docs/tour.md`, played in the browser phone as it is written there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from menus.definition import flow_of
from menus.loader import load_book
from runtime.wiring import House
from services import demo_info, demo_people, demo_vacancies
from services.cards import timed
from services.demo_people import Demo
from storage import officers
from tests.browser.conftest import Opens
from tests.browser.handset import Handset
from tests.support.installation import Clock, served
from ussd_app.invented import INVENTED

TOUR = Path(__file__).parents[2] / "docs" / "tour.md"
ROW = re.compile(r"^\| (?P<who>[A-Z]\w+) \| (?P<steps>.*) \| (?P<flows>[a-z, ]+) \|$", re.MULTILINE)
SECONDS = 120
A_KEY = 0.6
"""Seconds that a person at a keyboard takes for a key and a look, in this tour."""

NUMBERS = {person.name: person.phone for person in INVENTED}


@dataclass(frozen=True, slots=True)
class Call:
    """One call of the tour: who calls, what is typed and then seen, in which flows."""

    who: str
    steps: tuple[tuple[str, str], ...]
    flows: frozenset[str]


CALLS = tuple(
    Call(
        row["who"],
        tuple(
            (typed.strip(" `"), seen.strip())
            for typed, _, seen in (step.partition("→") for step in row["steps"].split(" · "))
        ),
        frozenset(row["flows"].split(", ")),
    )
    for row in ROW.finditer(TOUR.read_text("utf-8"))
)


@pytest.fixture
def demo(monday: House, clock: Clock) -> Iterator[str]:
    """The web of the demo with its vacancies, its content and its people."""
    with monday.database.begin() as conn:
        demo_vacancies.hang(conn, monday.vault, clock())
        demo_info.hang(conn, clock())
        head = officers.by_email(conn, "tono@example.go.id")
        assert head
        demo_people.settle(Demo(conn, monday.vault, head, clock()))
    timed.run(monday.database, monday.vault, clock())
    with served(monday) as url:
        yield url


def plays(page: Page, call: Call) -> None:
    handset = Handset(page)
    page.locator(f'[name="who"][value="{NUMBERS[call.who]}"]').check()
    handset.presses("green")
    for typed, seen in call.steps:
        if typed:
            expect(handset.entry).to_be_visible()
            page.keyboard.type(typed)
            page.keyboard.press("Enter")
        handset.sees(seen)
    handset.presses("red")


def test_the_tour_goes_as_it_is_written_and_visits_every_flow(opens: Opens, demo: str) -> None:
    page = opens(demo)
    page.goto("/phone")
    for call in CALLS:
        plays(page, call)
    flows = {flow_of(state) for state in load_book().states}
    assert set().union(*(call.flows for call in CALLS)) | {"main"} == flows


def test_the_tour_takes_no_more_than_two_minutes() -> None:
    keys = sum(len(typed) + 1 for call in CALLS for typed, _ in call.steps) + len(CALLS)
    niks = sum(typed.isdigit() and len(typed) == 16 for call in CALLS for typed, _ in call.steps)
    assert (
        keys - 16 * niks
    ) * A_KEY <= SECONDS  # a NIK is one press of the button beside the phone
