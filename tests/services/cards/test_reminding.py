"""The day before: one reminder, in the daytime, for who is still expected."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from domain.card import State
from menus.vocabulary import CALLS
from services.cards import counter, reminding, status
from storage import card_requests, holidays
from storage.tables import messages
from tests.services.cards.town import BUDI, MAJALENGKA, Town, nik

# The town's Sunday is the day before the first free one.
NINE = datetime(2026, 11, 22, 2, tzinfo=UTC)
SIX = NINE + timedelta(hours=9)
HOUR = timedelta(hours=1)


def ticks(town: Town) -> int:
    """One round of the clock."""
    return reminding.remind(town.database, town.vault, town.now)


def booked(town: Town, last: int = 1) -> str:
    """Somebody registers on Saturday evening for Monday."""
    now, town.now = town.now, NINE - 14 * HOUR
    request = town.dials(last).registers(nik(last)).facts["request"]
    town.now = now
    return request


def waiting(town: Town) -> list[tuple[str, str]]:
    with town.database.begin() as conn:
        rows = conn.execute(select(messages.c.template, messages.c.status))
        return sorted((row.template, row.status) for row in rows)


def test_the_day_before_in_the_daytime_once(town: Town) -> None:
    booked(town)
    town.now = NINE - timedelta(seconds=1)
    assert ticks(town) == 0
    town.now = NINE
    assert [ticks(town) for _ in range(3)] == [1, 0, 0]
    assert town.told(1) == ["booked", "reminder"]
    (_, (_, facts)) = town.sms(1)
    assert facts["day"] == "2026-11-23"
    assert set(facts) == {"place", "name", "day", "hour", "papers", "code"}
    town.now = SIX - timedelta(minutes=1)
    assert ticks(town) == 0


def test_not_in_the_evening_and_not_on_the_day_itself(town: Town) -> None:
    booked(town)
    for late in (SIX, SIX + 6 * HOUR, NINE + 24 * HOUR, NINE + 48 * HOUR):
        town.now = late
        assert ticks(town) == 0
    assert town.told(1) == ["booked"]


def test_who_books_on_the_day_before_hears_of_it_an_hour_later(town: Town) -> None:
    town.now = NINE + 3 * HOUR
    town.dials().registers()
    town.now += HOUR - timedelta(seconds=1)
    assert ticks(town) == 0
    town.now += timedelta(seconds=1)
    assert ticks(town) == 1
    town.now = SIX - timedelta(minutes=30)
    town.dials(2).registers(BUDI, "Budi")
    town.now = SIX + timedelta(minutes=30)
    assert ticks(town) == 0


@pytest.mark.parametrize(
    ("zone", "hour"), [("WIB", NINE), ("WITA", NINE - HOUR), ("WIT", NINE - 2 * HOUR)]
)
def test_each_office_has_its_own_morning(town: Town, zone: str, hour: datetime) -> None:
    town.office(zone=zone)
    booked(town)
    town.now = hour - timedelta(seconds=1)
    assert ticks(town) == 0
    town.now = hour
    assert ticks(town) == 1


def test_it_is_taken_back_when_the_visit_is_moved_and_told_again_for_the_new_day(
    town: Town,
) -> None:
    request, rina = booked(town), town.hires()
    town.now = NINE
    ticks(town)
    assert isinstance(
        town.does(counter.rebook, request, date(2026, 11, 25), "09:00", by=rina), counter.Moved
    )
    assert ("reminder", "cancelled") in waiting(town)
    town.now += timedelta(days=2)
    assert [ticks(town) for _ in range(2)] == [1, 0]
    assert town.told(1).count("reminder") == 2


def test_who_is_given_back_the_day_of_a_reminder_that_never_left_is_reminded(town: Town) -> None:
    request, rina = booked(town), town.hires()
    town.now = NINE
    ticks(town)
    for day in (25, 23):
        town.does(counter.rebook, request, date(2026, 11, day), "09:00", by=rina)
        town.now += timedelta(minutes=1)
    assert ticks(town) == 0
    town.now += HOUR
    assert [ticks(town) for _ in range(2)] == [1, 0]
    reminders = [status for template, status in waiting(town) if template == "reminder"]
    assert reminders == ["cancelled", "queued"]


@pytest.mark.parametrize("move", [counter.withdraw, counter.came])
def test_it_is_taken_back_when_the_visit_is_over(town: Town, move: object) -> None:
    request, rina = booked(town), town.hires()
    town.now = NINE
    ticks(town)
    town.does(move, request, by=rina)
    assert ("reminder", "cancelled") in waiting(town)
    town.now += 2 * HOUR
    assert ticks(town) == 0


def test_it_is_of_no_use_at_night(town: Town) -> None:
    booked(town)
    town.now = NINE
    ticks(town)
    with town.database.begin() as conn:
        until = conn.scalar(select(messages.c.expires_at).where(messages.c.template == "reminder"))
    assert until == datetime(2026, 11, 22, 13, tzinfo=UTC)


def test_nobody_is_sent_to_a_closed_office(town: Town) -> None:
    booked(town)
    town.now = NINE
    with town.database.begin() as conn:
        holidays.add(conn, MAJALENGKA, date(2026, 11, 23), "Hari libur")
    assert ticks(town) == 0


def test_a_contested_request_is_reminded_like_any_other(town: Town) -> None:
    booked(town)
    now, town.now = town.now, NINE - 13 * HOUR
    contested = town.dials(2).registers(nik(1)).facts["request"]
    town.now = now
    assert town.request(contested).state is State.REQUESTED
    town.now = NINE
    assert ticks(town) == 2
    assert town.told(2) == ["booked", "reminder"]


def test_many_clocks_at_once_remind_everybody_once(town: Town) -> None:
    for last in range(1, 7):
        booked(town, last)
    town.now = NINE
    with ThreadPoolExecutor(4) as pool:
        done = list(pool.map(lambda _: ticks(town), range(4)))
    assert sum(done) == 6
    assert all(town.told(last) == ["booked", "reminder"] for last in range(1, 7))


def test_a_request_that_an_officer_works_on_holds_up_nobody(town: Town) -> None:
    request = booked(town)
    booked(town, 2)
    town.now = NINE
    with town.database.begin() as conn:
        card_requests.lock(conn, request)
        assert ticks(town) == 1
    assert ticks(town) == 1
    assert town.told(1) == town.told(2) == ["booked", "reminder"]


def test_every_status_has_its_sms() -> None:
    assert set(CALLS["status.tell"].outcomes) <= set(status.OUTCOMES)
