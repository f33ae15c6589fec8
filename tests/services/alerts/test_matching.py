"""One statement finds the very people whom a slow, plain reading of the rule finds."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from typing import Final

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, select

from domain import matching as rule
from domain import terms
from services.alerts import matching
from storage import alert_matching
from storage.alert_matching import Wave
from storage.tables import alerts
from storage.vault import Vault
from tests.services.alerts import people
from tests.services.alerts.listeners import Listeners
from tests.services.alerts.people import Job, Person, should_hear
from tests.support.applicants import NOW

TODAY: Final = date(2026, 11, 22)
SECTORS: Final = ("garment", "driver", "overseas", "anything")
SCHOOLS: Final = (None, *rule.LEVELS)
PEOPLE: Final = st.builds(
    Person,
    phone=st.integers(1, 5),
    home=st.sampled_from(("32.10.11", "32.73.01", "33.74.10", "11.01.01")),
    sectors=st.none()
    | st.lists(st.sampled_from(SECTORS), min_size=1, max_size=3, unique=True).map(tuple),
    reach=st.sampled_from((None, "other", *rule.REACHES)),
    education=st.sampled_from(SCHOOLS),
    pace=st.sampled_from((rule.WEEKLY, rule.AT_ONCE)),
    consent=st.sampled_from(("given", "given", "given", "withdrawn", "")),
    state=st.sampled_from(("booked", "issued", "report_due", "refused", "expired")),
)
JOBS: Final = st.builds(
    Job,
    sector=st.sampled_from(SECTORS),
    education=st.sampled_from(SCHOOLS),
    place=st.sampled_from(("32.10", "32.73", "33.74", "abroad")),
    state=st.sampled_from(("published", "published", "published", "draft", "closed")),
    closes_on=st.sampled_from((TODAY, TODAY - timedelta(days=1), TODAY + timedelta(days=9))),
)


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    persons=st.lists(PEOPLE, max_size=9),
    jobs=st.lists(JOBS, min_size=1, max_size=4),
    stopped=st.frozensets(st.integers(1, 5), max_size=1),
    at_once=st.sampled_from((2, 10_000)),
)
def test_a_slow_matcher_finds_the_same_people(
    town: Listeners, persons: list[Person], jobs: list[Job], stopped: frozenset[int], at_once: int
) -> None:
    with town.database.engine.connect() as conn:  # nothing of an example stays
        for one in persons:
            people.enters(conn, town.vault, one)
        for phone in stopped:
            people.stops(conn, town.vault, phone)
        found = [_found(conn, town.vault, job, at_once) for job in jobs]
    assert found == [should_hear(persons, stopped, job, TODAY) for job in jobs]


def _found(conn: Connection, vault: Vault, job: Job, at_once: int) -> set[int]:
    """Match a vacancy to the end, in steps; the phones that were written down, each once."""
    vacancy_id = people.offers(conn, job)
    for piece in rule.slices(9, at_once):
        alert_matching.match(conn, vacancy_id, Wave(NOW, NOW + matching.GOOD_FOR, piece))
    told = conn.scalars(select(alerts.c.phone_index).where(alerts.c.vacancy_id == vacancy_id)).all()
    assert len(told) == len(set(told))
    phones = {vault.index("phone", people.number(phone)): phone for phone in range(1, 6)}
    return {phones[index] for index in told}


@pytest.mark.parametrize(("people", "steps"), [(0, 1), (10, 1), (11, 16), (160, 16), (161, 256)])
def test_steps_are_small_and_leave_no_phone_out(people: int, steps: int) -> None:
    slices = rule.slices(people, 10)
    assert len(slices) == steps
    assert slices[0][0] in {"", "0", "00"}
    assert slices[-1][1] == "g"
    assert all(before[1] == after[0] for before, after in pairwise(slices))


def test_every_school_of_the_menu_has_its_height() -> None:
    assert set(rule.LEVELS) == set(terms.educations())
