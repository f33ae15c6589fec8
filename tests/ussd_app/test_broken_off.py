"""A call that breaks off is counted where it stood: timed out or dropped, and once."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from runtime.wiring import House
from services import session_ends
from services.session_ends import Patience
from storage.session_ends import SessionEnd
from storage.tables import funnel
from tests.support.installation import Clock
from tests.support.phone import Phone

NIK = "3210115508980001"
TEN_SECONDS = timedelta(seconds=10)


def ends(phone: Phone, house: House, clock: Clock, *, lasted: int | None, status: str) -> None:
    """The gateway tells how the call ended, after so many seconds."""
    told = None if lasted is None else lasted * 1000
    end = SessionEnd("africastalking", phone._session, status, told, 4, clock())
    assert session_ends.note(house.database, end, house.dialogue, Patience(180, 30))


def broken_off(house: House) -> list[tuple[str, str, int]]:
    """What is counted of calls that broke off: state, how, how often."""
    columns = (funnel.c.flow + "." + funnel.c.state, funnel.c.event, funnel.c.count)
    with house.database.begin() as conn:
        rows = conn.execute(select(*columns).where(funnel.c.event.in_(("timed_out", "dropped"))))
        return [tuple(row) for row in rows]


@pytest.fixture
def speaking(phone: Phone) -> Phone:
    """A caller who is asked his name; each answer took him ten seconds."""
    phone.dials()
    for answer in ("1", NIK, "1"):
        phone.after(seconds=TEN_SECONDS.seconds).types(answer)
    return phone.is_at("register.name")


@pytest.mark.parametrize(
    ("lasted", "how"),
    [(31, "dropped"), (45, "dropped"), (60, "timed_out"), (180, "timed_out"), (None, "dropped")],
)
def test_silence_tells_a_caller_who_did_not_answer_from_a_line_that_went_dead(
    speaking: Phone, house: House, clock: Clock, lasted: int | None, how: str
) -> None:
    ends(speaking, house, clock, lasted=lasted, status="Incomplete")
    assert broken_off(house) == [("register.name", how, 1)]


def test_a_notice_that_comes_twice_is_counted_once(
    speaking: Phone, house: House, clock: Clock
) -> None:
    for _ in range(2):
        ends(speaking, house, clock, lasted=40, status="Incomplete")
    assert broken_off(house) == [("register.name", "dropped", 1)]


def test_a_call_that_came_to_its_end_did_not_break_off(
    speaking: Phone, house: House, clock: Clock
) -> None:
    ends(speaking, house, clock, lasted=40, status="Success")
    assert broken_off(house) == []


def test_a_late_notice_tells_the_same(speaking: Phone, house: House, clock: Clock) -> None:
    clock.goes_on(minutes=2)
    ends(speaking, house, clock, lasted=45, status="Incomplete")
    assert broken_off(house) == [("register.name", "dropped", 1)]
