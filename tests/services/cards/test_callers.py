"""The first screen knows the caller, and only his own number."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from domain.card import State
from services.cards import counter
from tests.services.cards.town import BUDI, SITI, Line, Town, nik


def test_a_new_number_is_welcomed_with_the_tariff(town: Town) -> None:
    answered = town.dials().call("caller.recognise")
    assert answered.outcome == "new"
    assert answered.facts == {"tariff": "Rp 550 sekali"}


def test_an_applicants_number_opens_with_the_answer(town: Town) -> None:
    request = town.dials(language="jv").registers().facts["request"]
    answered = town.dials().call("caller.recognise")
    assert answered.outcome == "known"
    assert (answered.facts["request"], answered.facts["language"]) == (request, "jv")


def test_a_deep_dial_means_the_same_for_everybody(town: Town) -> None:
    town.dials(language="jv").registers()
    answered = town.dials().call("caller.recognise", dialled="deep")
    assert answered.outcome == "new"
    assert answered.facts["language"] == "jv"


def test_a_shared_phone_asks_whose_card(town: Town) -> None:
    town.dials().registers(SITI, "Siti")
    town.after(minutes=1)
    town.dials().registers(BUDI, "Budi")
    answered = town.dials().call("caller.recognise")
    assert answered.outcome == "several"
    people = (answered.items or {})["caller.people"]
    assert [person["name"] for person in people] == ["Budi", "Siti"]


@pytest.mark.parametrize(
    ("state", "days", "outcome"),
    [
        (State.REFUSED, 0, "known"),
        (State.REFUSED, 91, "new"),
        (State.EXPIRED, 0, "known"),
        (State.EXPIRED, 91, "new"),
        (State.WITHDRAWN, 0, "new"),
        (State.EMPLOYED, 0, "new"),
        (State.ISSUED, 184, "known"),
        (State.ISSUED, 185, "new"),
    ],
)
def test_an_end_is_told_for_a_while(town: Town, state: State, days: int, outcome: str) -> None:
    town.puts(town.dials().registers().facts["request"], state)
    town.after(days=days)
    assert town.dials().hears("caller.recognise") == outcome


def test_of_one_person_the_newest_request_is_told(town: Town) -> None:
    first = town.dials().registers().facts["request"]
    town.does(counter.refuse, first, "wrong_nik", by=town.hires())
    town.after(minutes=1)
    second = town.dials().registers().facts["request"]
    assert town.dials().call("caller.recognise").facts["request"] == second


def test_a_language_is_kept_for_the_number_and_for_its_sms(town: Town) -> None:
    siti = town.dials()
    request = siti.registers().facts["request"]
    siti.language = "su"
    assert siti.hears("language.keep") == "kept"
    assert town.request(request).language == "su"
    assert town.request(request).version == 2  # no officer is disturbed
    assert town.dials().call("caller.recognise").facts["language"] == "su"


def test_a_number_that_cannot_be_read_may_choose_a_language_too(town: Town) -> None:
    nobody = Line(town, "anonymous", "en")
    assert nobody.hears("language.keep") == "kept"
    assert nobody.call("caller.recognise").facts["language"] == "en"


def test_a_sound_nik_is_answered_with_birth_and_sex(town: Town) -> None:
    facts = town.dials().call("applicant.read", nik=SITI).facts
    assert facts == {"born": "1998-08-15", "sex": "F", "request": ""}


@pytest.mark.parametrize(
    ("digits", "outcome", "fact"),
    [
        ("3210112211080001", "sound", None),  # eighteen today
        ("3210112311080001", "young", ("minimum", "18")),  # tomorrow
        ("3210112211110001", "young", ("minimum", "18")),  # fifteen
        ("3210112311110001", "implausible", ("count", "14")),
        ("3210112111450001", "implausible", ("count", "81")),
    ],
)
def test_an_age_decides(
    town: Town, digits: str, outcome: str, fact: tuple[str, str] | None
) -> None:
    answered = town.dials().call("applicant.read", nik=digits)
    assert answered.outcome == outcome
    if fact:
        assert answered.facts[fact[0]] == fact[1]


@pytest.mark.parametrize("nik", ["3210112211070001", "3374102211070001", "7371012211070001"])
def test_the_age_is_that_of_the_homes_office_wherever_the_nik_is_from(town: Town, nik: str) -> None:
    town.office(minimum_age=20)
    mover = town.dials()
    assert mover.hears("applicant.read", nik=nik) == "sound"  # nineteen
    young = mover.call("home.office", home="32.10.11")
    assert (young.outcome, young.facts["minimum"]) == ("young", "20")
    assert mover.hears("home.office", home="33.74.10") == "served"


def test_who_is_too_young_for_every_office_is_told_the_lowest_age(town: Town) -> None:
    town.office(minimum_age=20)
    assert town.dials().call("applicant.read", nik="3210112311080001").facts["minimum"] == "18"
    town.served = frozenset({"32.10"})
    assert town.dials().call("applicant.read", nik="3210112211070001").facts["minimum"] == "20"


def test_a_birthday_begins_where_the_day_does(town: Town) -> None:
    town.now = datetime(2026, 11, 22, 15, 0, tzinfo=UTC)  # midnight in Jayapura, ten at home
    turning = town.dials()
    assert turning.hears("applicant.read", nik="3210112311080001") == "sound"
    assert turning.hears("home.office", home="32.10.11") == "young"
    town.office(zone="WIT")
    assert turning.hears("home.office", home="32.10.11") == "served"


def test_ten_people_on_one_phone_are_all_listed(town: Town) -> None:
    for serial in range(1, 11):
        town.dials().registers(nik(serial), "Ani")
        town.after(hours=12)
    answered = town.dials().call("caller.recognise")
    assert len((answered.items or {})["caller.people"]) == 10
