"""The main job: a sound request books its slot by itself."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from sqlalchemy import func, select

from domain import request_code
from domain.card import State
from menus.events import Answered
from storage import callers, holidays, places
from storage.tables import card_requests, messages, metadata
from tests.services.cards.town import (
    BUDI,
    MAJALENGKA,
    SEMARANG,
    SITI,
    TEMBALANG,
    Line,
    Town,
    nik,
    number,
)


def test_a_sound_applicant_gets_the_soonest_hour_a_code_and_an_sms(town: Town) -> None:
    siti = town.dials()
    answered = siti.registers()
    assert answered.outcome == "booked"
    assert request_code.check(answered.facts["code"]) == answered.facts["code"]
    assert (answered.facts["day"], answered.facts["hour"]) == ("2026-11-23", "08:00")
    [(template, facts)] = town.sms(1)
    assert template == "booked"
    assert facts == {
        "place": "Disnaker Majalengka",
        "name": "Siti",
        "day": "2026-11-23",
        "hour": "08:00",
        "papers": "ktp,diploma,photo2",
        "code": answered.facts["code"],
    }
    assert siti.nudges == 1


def test_the_row_is_booked_holds_its_slot_and_hides_what_is_personal(town: Town) -> None:
    row = town.request(town.dials().registers().facts["request"])
    assert (row.state, row.version, row.holds_slot) == (State.BOOKED, 2, True)
    assert (row.born, row.sex, row.home, row.phone_last4) == (
        date(1998, 8, 15),
        "F",
        "32.10.11",
        "0001",
    )
    assert town.vault.open(row.nik_sealed, where=places.nik(row.id)) == SITI
    assert town.taken() == 1
    assert town.audited(row.id) == ["card.requested", "card.booked"]


def test_no_table_holds_a_nik_or_a_phone_that_can_be_read(town: Town) -> None:
    town.dials().registers()
    town.dials(2).registers()
    with town.database.begin() as conn:
        dump = str([conn.execute(table.select()).all() for table in metadata.sorted_tables])
    for secret in (SITI, number(1), number(2), "81200000001", "3210115508"):
        assert secret not in dump


def test_the_caller_is_remembered_with_his_language(town: Town) -> None:
    request = town.dials(language="su").registers().facts["request"]
    assert town.request(request).language == "su"
    with town.database.begin() as conn:
        known = callers.get(conn, town.vault.index("phone", number(1)))
    assert known
    assert known.language == "su"


def test_a_home_in_the_city_books_at_the_citys_office(town: Town) -> None:
    answered = town.dials().registers(home=TEMBALANG)
    assert answered.facts["place"] == "Disnaker Semarang"
    assert (town.taken(MAJALENGKA), town.taken(SEMARANG)) == (0, 1)


def test_the_hour_that_has_just_gone_is_taken_and_nothing_is_left_behind(town: Town) -> None:
    town.office(daily_quota=6, hour_quota=1)
    slow, fast = town.dials(1).chooses(SITI), town.dials(2).chooses(BUDI, "Budi")
    assert fast.hears("card.book") == "booked"
    assert slow.hears("card.book") == "taken"
    assert town.told(1) == []
    assert slow.hears("slots.offer") == "free"
    assert slow.call("card.book").facts["hour"] == "09:00"


@pytest.mark.parametrize(
    "slot",
    ["2026-11-22 08:00", "2026-11-28 08:00", "2027-11-22 08:00", "2026-11-23 12:00", "", "'; --"],
)
def test_an_hour_that_is_not_offered_is_not_given(town: Town, slot: str) -> None:
    assert town.dials().chooses().hears("card.book", slot=slot) == "taken"


def test_a_day_that_became_a_holiday_is_not_given(town: Town) -> None:
    siti = town.dials().chooses()
    with town.database.begin() as conn:
        holidays.add(conn, MAJALENGKA, date(2026, 11, 23), "Cuti bersama")
    assert siti.hears("card.book") == "taken"


def test_an_hour_that_is_no_longer_offered_is_not_given(town: Town) -> None:
    siti = town.dials().chooses()
    town.office(hours=("13:00",))
    assert siti.hears("card.book") == "taken"
    assert siti.hears("slots.offer") == "free"
    assert siti.call("card.book").facts["hour"] == "13:00"


def test_a_home_that_is_no_longer_served_is_told_so_and_nothing_is_saved(town: Town) -> None:
    siti = town.dials().chooses()
    town.served = frozenset({SEMARANG})
    answered = siti.call("card.book")
    assert (answered.outcome, answered.facts) == ("unserved", {"regency": "Majalengka"})
    assert (town.taken(), town.told(1)) == (0, [])


def test_an_age_that_the_office_raised_meanwhile_is_told(town: Town) -> None:
    siti = town.dials().chooses()
    town.office(minimum_age=30)
    answered = siti.call("card.book")
    assert (answered.outcome, answered.facts) == ("young", {"minimum": "30"})
    assert town.taken() == 0


def test_who_turns_81_before_he_says_yes_is_booked_all_the_same(town: Town) -> None:
    old = town.dials().chooses("3210112311450001", "Karta")  # 81 tomorrow
    town.after(days=1)
    assert old.hears("slots.offer") == "free"
    row = town.request(old.call("card.book").facts["request"])
    assert (row.born, row.sex) == (date(1945, 11, 23), "M")


def test_the_last_place_goes_to_one_of_twenty_callers_at_once(town: Town) -> None:
    town.office(hours=("08:00",), daily_quota=1, hour_quota=1, ahead_days=1)
    lines = [town.dials(n).chooses(nik(n), f"A{'b' * (n % 9 + 1)}") for n in range(1, 21)]
    with ThreadPoolExecutor(20) as callers_at_once:
        outcomes = list(callers_at_once.map(lambda line: line.hears("card.book"), lines))
    assert sorted(outcomes) == ["booked"] + ["taken"] * 19
    assert town.taken() == 1
    assert sum(len(town.told(n)) for n in range(1, 21)) == 1
    assert lines[outcomes.index("taken")].hears("slots.offer") == "full"


def test_a_day_never_takes_more_than_its_quota_however_many_ask(town: Town) -> None:
    town.office(hours=("08:00", "09:00", "10:00"), daily_quota=7, hour_quota=5, ahead_days=1)

    def insists(line: Line) -> str:
        while line.hears("slots.offer") == "free":
            if line.hears("card.book") == "booked":
                return "booked"
        return "full"

    lines = [town.dials(n).chooses(nik(n)) for n in range(1, 13)]
    with ThreadPoolExecutor(12) as callers_at_once:
        outcomes = list(callers_at_once.map(insists, lines))
    assert outcomes.count("booked") == 7 == town.taken()


def test_the_same_phone_with_the_same_nik_again_is_shown_its_request(town: Town) -> None:
    first = town.dials().registers()
    again = town.dials()
    assert again.hears("applicant.read", nik=SITI) == "already"
    assert again.known["request"] == first.facts["request"]
    assert town.told(1) == ["booked"]


def test_one_booking_repeated_at_once_makes_one_row_and_one_sms(town: Town) -> None:
    lines = [town.dials().chooses() for _ in range(8)]
    with ThreadPoolExecutor(8) as at_once:
        answers: list[Answered] = list(at_once.map(lambda line: line.call("card.book"), lines))
    assert sorted(answer.outcome for answer in answers) == ["already"] * 7 + ["booked"]
    assert len({answer.facts["request"] for answer in answers}) == 1
    with town.database.begin() as conn:
        for table in (card_requests, messages):
            assert conn.execute(select(func.count()).select_from(table)).scalar_one() == 1
    assert town.taken() == 1


def test_a_phone_registers_three_people_a_day(town: Town) -> None:
    for serial in (1, 2, 3):
        assert town.dials().registers(nik(serial), "Ani").outcome == "booked"
    assert town.dials().registers(nik(4), "Ani").outcome == "too_many"
    town.after(hours=15)  # one in the morning: another day in Majalengka, the same one in UTC
    assert town.dials().registers(nik(4), "Ani").outcome == "booked"


def test_the_cap_of_a_day_holds_for_calls_at_once(town: Town) -> None:
    lines = [town.dials().chooses(nik(serial), "Ani") for serial in range(1, 9)]
    with ThreadPoolExecutor(8) as at_once:
        outcomes = list(at_once.map(lambda line: line.hears("card.book"), lines))
    assert outcomes.count("booked") == 3
    assert outcomes.count("too_many") == 5


def test_a_phone_has_ten_live_applicants_at_most(town: Town) -> None:
    for serial in range(1, 11):
        assert town.dials().registers(nik(serial), "Ani").outcome == "booked"
        town.after(hours=12)
    town.after(hours=12)
    assert town.dials().registers(nik(11), "Ani").outcome == "too_many"


@pytest.mark.parametrize("phone", ["+254711000001", "+62233281000", "anonymous"])
def test_a_foreign_or_fixed_number_never_registers(town: Town, phone: str) -> None:
    stranger = Line(town, phone)
    assert stranger.hears("caller.recognise") == "new"
    assert stranger.hears("applicant.read", nik=SITI) == "foreign"
    stranger.hears("home.office", home="32.10.11", born="1998-08-15", name="Siti")
    stranger.hears("slots.offer")
    assert stranger.hears("card.book", request="") == "too_many"
    with town.database.begin() as conn:
        assert conn.execute(select(func.count()).select_from(card_requests)).scalar_one() == 0
