"""A caller asks to be rung: what is offered, what is promised, and never a false promise."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from sqlalchemy import func, select

from domain.callbacks import State
from menus.definition import StateId
from services import housekeeping, office_facts
from storage import holidays, places
from storage.tables import audit
from storage.tables import callback_requests as table
from tests.services.callbacks.wishes import MORNING, NOON, asks, ends, promise_of, rows
from tests.services.cards.town import BUDI, MAJALENGKA, SEMARANG, SITI, Line, Town

MONDAY = date(2026, 11, 23)
BOTH = frozenset({MAJALENGKA, SEMARANG})


def test_on_a_sunday_monday_morning_is_promised_and_written(town: Town) -> None:
    siti = town.dials(1, "su")
    siti.screen = StateId("register.nik_first")
    assert siti.hears("callback.stuck", nik_first="321011") == "free"
    assert promise_of(siti) == ("2026-11-23", MORNING)
    assert siti.known["office_phone"] == "0233 000000"
    assert siti.known["stuck_at"] == "register.nik_first"
    assert rows(town) == []
    assert siti.hears("callback.ask") == "promised"
    (row,) = rows(town)
    assert (row.office, row.language, row.stuck_at) == (MAJALENGKA, "su", "register.nik_first")
    assert (row.day, row.hours, row.state, row.tries) == (MONDAY, MORNING, State.ASKED, 0)
    number = town.vault.open(row.phone_sealed, where=places.callback_phone(row.id))
    assert number == "+6281200000001"


def test_the_promise_is_in_the_audit_without_a_person(town: Town) -> None:
    asks(town.dials(1))
    with town.database.begin() as conn:
        (entry,) = conn.execute(select(audit)).all()
    assert (entry.action, entry.office, entry.officer_id) == ("callback.asked", MAJALENGKA, None)
    assert entry.details == {"callback": rows(town)[0].id}


def test_who_asks_again_hears_the_same_promise(town: Town) -> None:
    siti = town.dials(1)
    asks(siti)
    told = promise_of(siti)
    again = town.dials(1)
    assert again.hears("callback.offer") == "promised"
    assert promise_of(again) == told
    assert again.hears("callback.stuck") == "none"
    assert siti.hears("callback.ask") == "promised"
    assert len(rows(town)) == 1


def test_a_day_never_has_more_than_its_calls_even_after_the_windows_changed(town: Town) -> None:
    town.office(callback_daily=2)
    asks(town.dials(1))
    asks(town.dials(2))
    town.office(callback_windows="08:00-09:00,10:00-11:00")
    siti = town.dials(3)
    asks(siti)
    assert promise_of(siti) == ("2026-11-24", "08:00-09:00")


def test_holidays_and_closed_days_are_passed_over(town: Town) -> None:
    with town.database.begin() as conn:
        holidays.add(conn, MAJALENGKA, MONDAY, "Hari jadi")
    town.office(open="2-5 08:00-15:00")
    siti = town.dials(1)
    asks(siti)
    assert promise_of(siti) == ("2026-11-24", MORNING)


@pytest.mark.parametrize(
    ("hours", "told"),
    [
        (22.9, ("2026-11-23", MORNING)),  # 08.54 in Majalengka
        (23, ("2026-11-23", NOON)),  # nine: the morning has begun
        (26.9, ("2026-11-23", NOON)),
        (27, ("2026-11-24", MORNING)),
    ],
)
def test_a_window_that_has_begun_is_not_promised(
    town: Town, hours: float, told: tuple[str, str]
) -> None:
    town.after(hours=hours)
    siti = town.dials(1)
    asks(siti)
    assert promise_of(siti) == told


def test_a_window_that_began_between_the_offer_and_the_yes_is_replaced(town: Town) -> None:
    town.after(hours=22.99)
    siti = town.dials(1)
    assert siti.hears("callback.offer") == "free"
    town.after(minutes=2)
    assert siti.hears("callback.ask") == "taken"
    assert promise_of(siti) == ("2026-11-23", NOON)
    assert siti.hears("callback.ask") == "promised"
    (row,) = rows(town)
    assert row.hours == NOON


def test_an_office_says_its_own_time(town: Town) -> None:
    town.office(zone="WIT")
    town.after(hours=20.9)  # 08.54 in Jayapura, 06.54 in Majalengka
    siti = town.dials(1)
    asks(siti)
    assert promise_of(siti) == ("2026-11-23", MORNING)
    town.after(hours=0.2)
    budi = town.dials(2)
    asks(budi)
    assert promise_of(budi) == ("2026-11-23", NOON)


def test_when_the_week_is_full_it_is_said_and_whoever_is_stuck_hears_nothing(town: Town) -> None:
    town.office(callback_daily=1, open="1 08:00-15:00")
    siti, budi = town.dials(1), town.dials(2)
    siti.known["office"] = budi.known["office"] = MAJALENGKA
    assert siti.hears("callback.offer") == "free"
    assert budi.hears("callback.offer") == "free"
    asks(siti)
    assert budi.hears("callback.ask") == "full"
    assert budi.hears("callback.offer") == "full"
    assert budi.hears("callback.stuck") == "none"
    assert len(rows(town)) == 1


@pytest.mark.parametrize("change", [{"callback_daily": 0}, {"callback_windows": ""}])
def test_an_office_that_rings_nobody_promises_nothing(town: Town, change: dict[str, Any]) -> None:
    town.office(**change)
    siti = town.dials(1)
    siti.known["office"] = MAJALENGKA
    answered = siti.call("callback.offer")
    assert (answered.outcome, answered.facts["place"]) == ("never", "Disnaker Majalengka")
    assert siti.hears("callback.stuck") == "none"
    forced = {"callback_office": MAJALENGKA, "call_day": "2026-11-23", "window": MORNING}
    assert siti.hears("callback.ask", **forced, stuck_at="") == "full"
    assert rows(town) == []


@pytest.mark.parametrize("phone", ["+60123456789", "hidden", ""])
def test_a_number_from_abroad_or_none_is_not_rung(town: Town, phone: str) -> None:
    stranger = Line(town, phone)
    assert stranger.hears("callback.offer") == "foreign"
    assert stranger.hears("callback.stuck") == "none"
    forced = {"callback_office": MAJALENGKA, "call_day": "2026-11-23", "window": MORNING}
    assert stranger.hears("callback.ask", **forced, stuck_at="") == "full"


def test_the_office_is_that_of_the_home_then_of_the_card_then_of_the_nik(town: Town) -> None:
    town.served = BOTH
    town.office(callback_windows=NOON)
    expected = {"office": SEMARANG, "home": "33.74.10", "nik": "3374105508980001"}
    for name, value in expected.items():
        siti = town.dials(1)
        siti.known[name] = value
        assert siti.call("callback.offer").facts["callback_office"] == SEMARANG, name
    holder = town.dials(2)
    holder.registers()
    again = town.dials(2)
    again.known["nik_first"] = "337410"
    assert again.call("callback.offer").facts["callback_office"] == MAJALENGKA


def test_of_a_caller_nothing_is_known_of_the_office_that_can_ring_first_takes_care(
    town: Town,
) -> None:
    town.served = BOTH
    town.office(callback_windows=NOON)
    siti = town.dials(1)
    assert siti.call("callback.offer").facts["callback_office"] == SEMARANG
    town.served = frozenset({MAJALENGKA})
    assert siti.call("callback.offer").facts["callback_office"] == MAJALENGKA


def test_the_wish_names_the_card_of_its_phone_but_not_one_of_two(town: Town) -> None:
    booked = town.dials(1).registers().facts["request"]
    asks(town.dials(1))
    (row,) = rows(town)
    assert row.request_id == booked
    town.after(seconds=1)
    town.dials(2).registers(BUDI, "Budi")
    town.dials(2).registers(f"{SITI[:-1]}2", "Tini")
    asks(town.dials(2))
    assert [row.request_id for row in rows(town)] == [booked, None]


def test_a_promise_that_nobody_kept_is_made_anew_for_the_same_wish(town: Town) -> None:
    asks(town.dials(1))
    (first,) = rows(town)
    town.after(hours=24.9)  # 10.54 on Monday: there is still time
    assert town.dials(1).hears("callback.offer") == "promised"
    town.after(hours=0.2)
    again = town.dials(1, "jv")
    asks(again)
    assert promise_of(again) == ("2026-11-23", NOON)
    (row,) = rows(town)
    assert (row.id, row.day, row.hours, row.language) == (first.id, MONDAY, NOON, "jv")
    assert (row.version, row.created_at) == (first.version + 1, first.created_at)


@pytest.mark.parametrize("state", [State.REACHED, State.CLOSED])
def test_who_was_spoken_with_may_ask_again(town: Town, state: State) -> None:
    asks(town.dials(1))
    ends(town, rows(town)[0], state)
    asks(town.dials(1))
    with town.database.begin() as conn:
        assert conn.execute(select(func.count()).select_from(table)).scalar_one() == 2


def test_numbers_of_those_who_were_rung_go_after_a_season_and_who_waits_stays(town: Town) -> None:
    for number, state in ((1, State.REACHED), (2, State.CLOSED), (3, State.CALLED)):
        asks(town.dials(number))
        ends(town, rows(town)[0], state)
    town.after(days=89)
    assert housekeeping.sweep(town.database, town.now) == 0
    town.after(days=2)
    assert housekeeping.sweep(town.database, town.now) == 2
    assert len(rows(town)) == 1


def test_a_day_that_becomes_a_holiday_tells_whom_to_ring_before(town: Town) -> None:
    asks(town.dials(1))
    with town.database.begin() as conn:
        closed = office_facts.close(conn, MAJALENGKA, MONDAY, "Hari jadi", town.now)
    assert closed == office_facts.Closed(booked=0, to_ring=1)
