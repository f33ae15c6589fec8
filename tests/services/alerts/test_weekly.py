"""The weekly SMS: on a phone's own weekday, with all that waited, and nothing that is closed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from domain import gsm7, matching
from tests.services.alerts.listeners import Listeners
from tests.services.alerts.people import Person, number


def weekday(town: Listeners, phone: int = 1) -> int:
    """The weekday of a phone."""
    return matching.digest_weekday(town.vault.index("phone", number(phone)))


def morning(town: Listeners, phone: int = 1) -> Listeners:
    """Let it be half past nine of the next such day."""
    day = town.now + timedelta(days=1)
    while day.weekday() != weekday(town, phone):
        day += timedelta(days=1)
    town.now = day.replace(hour=2, minute=30)
    return town


def test_what_was_matched_in_a_week_comes_in_one_sms(town: Listeners) -> None:
    town.enter(Person(sectors=("garment", "driver")))
    for sector, title in (("garment", "Operator jahit"), ("driver", "Sopir, SIM B1")):
        town.opens(sector=sector, title=title)
        town.after(hours=1)
    assert town.match() == 0
    assert town.hearing() == set()
    assert morning(town).weekly() == 1
    ((_, text),) = town.sends()
    assert text == (
        "Disnaker Majalengka: 2 lowongan baru yang Anda minta: Sopir  SIM B1, Operator jahit."
        " Berhenti? SMS STOP. Tekan *123*3#."
    )
    assert len(gsm7.segments(text).parts) == 1


def test_it_comes_once_a_week_and_tells_nothing_twice(town: Listeners) -> None:
    town.enter(Person())
    town.opens()
    town.match()
    assert [morning(town).weekly(), town.weekly(), len(town.sends())] == [1, 0, 1]
    town.after(hours=1).opens()
    town.match()
    assert town.weekly() == 0
    assert town.after(days=6).weekly() == 0
    assert town.after(days=1).weekly() == 1
    assert len(town.sends()) == 1


def test_a_morning_that_was_missed_is_made_up_for(town: Listeners) -> None:
    town.enter(Person())
    town.opens()
    town.match()
    assert morning(town).after(days=1).weekly() == 1


def test_it_is_queued_by_day_only(town: Listeners) -> None:
    town.enter(Person())
    town.opens()
    town.match()
    morning(town)
    town.now = town.now.replace(hour=1, minute=59)  # 08.59 in Majalengka
    assert town.weekly() == 0
    assert town.after(minutes=1).weekly() == 1


@pytest.mark.parametrize("zone", ["WIB", "WITA", "WIT"])
def test_each_of_the_five_mornings_is_the_last_nine_oclock_of_its_day(zone: str) -> None:
    now = datetime(2026, 11, 25, 5, tzinfo=UTC)  # a Wednesday, after nine in all three
    mornings = matching.digest_mornings(now, zone)
    assert [one.weekday() for one in mornings] == [0, 1, 2, 3, 4]
    assert all(timedelta() <= now - one < timedelta(days=7) for one in mornings)
    assert {one.hour for one in mornings} == {9}


def test_a_closed_vacancy_drops_out_of_one_that_waits(town: Listeners) -> None:
    town.enter(Person())
    first, _ = town.opens(title="Sopir"), town.opens(title="Kasir")
    town.match()
    morning(town).weekly()
    assert town.closes(first) == 0
    ((_, text),) = town.sends()
    assert "1 lowongan baru yang Anda minta: Kasir." in text


def test_one_of_which_nothing_is_left_is_taken_back(town: Listeners) -> None:
    town.enter(Person())
    vacancy = town.opens()
    town.match()
    morning(town).weekly()
    assert town.closes(vacancy) == 1
    assert town.sends() == []


def test_a_vacancy_that_closes_while_its_words_are_in_the_hand_is_not_told(town: Listeners) -> None:
    town.enter(Person())
    first, _ = town.opens(title="Sopir"), town.opens(title="Kasir")
    town.match()
    morning(town).weekly()

    def closes(place: str) -> None:
        if place == "delivery.claimed":
            town.closes(first)

    assert town.sends(closes) == []
    town.after(minutes=1).sweeps()
    ((_, text),) = town.sends()
    assert "1 lowongan baru yang Anda minta: Kasir." in text


def test_what_one_that_never_left_would_have_told_waits_for_the_next(town: Listeners) -> None:
    town.enter(Person())
    town.opens()
    town.match()
    morning(town).under(bulk_per_day=0).weekly()
    town.sends()
    town.after(days=5).sweeps()
    assert town.statuses() == ["expired"]
    assert morning(town).under(bulk_per_day=9).weekly() == 1
    assert len(town.sends()) == 1


def test_who_stopped_or_has_work_by_then_gets_none(town: Listeners) -> None:
    town.enter(Person(phone=1), Person(phone=2))
    town.opens()
    town.match()
    town.stops(1)
    town.finds_work(2)
    assert sum(morning(town, phone).weekly() for phone in (1, 2)) == 0


def test_what_nobody_was_told_of_a_closed_vacancy_goes_after_a_month(town: Listeners) -> None:
    town.enter(Person(phone=1), Person(phone=2))
    closed, _ = town.opens(), town.opens()
    town.match()
    town.closes(closed)
    town.after(days=29).cleans()
    assert len(town.written_down()) == 4
    town.after(days=2).cleans()
    assert len(town.written_down()) == 2
    town.opens_again(closed)
    town.match()
    assert len(town.written_down()) == 4


def test_nobody_is_gone_through_where_nothing_is_due(town: Listeners) -> None:
    town.enter(Person())
    closed = town.opens()
    town.match()
    morning(town).after(hours=-3)
    assert town.goes_through() == 0, "it is not their morning yet"
    assert town.after(hours=3).goes_through() == 1
    town.opens_again(closed)
    town.puts_closed(closed)
    assert town.after(days=7).goes_through() == 0, "what is closed is not due"
