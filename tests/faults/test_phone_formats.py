"""F26: one number, however it is written; landlines and foreign ones look, and register nobody."""

from __future__ import annotations

import time

import pytest

from tests.faults.judging import Judge
from tests.faults.line import calls, form, posts
from tests.faults.people import Person
from tests.faults.stack import Stack
from tests.support.processes import until

_WAYS = (
    "+6281200002601",
    "6281200002601",
    "081200002601",
    "81200002601",
    "+62 812-0000-2601",
    "0812 0000 2601",
    "0812.0000.2601",
)
_STRANGERS = {
    "a landline": "+62217654321",
    "a landline, as dialled": "021 7654321",
    "a Kenyan mobile": "+254711000001",
    "a Malaysian mobile": "+60123456789",
    "a short code": "12345",
    "too short": "+628122",
    "too long": "+6281226260001234",
}


def test_a_number_is_the_same_in_every_spelling(town: Stack) -> None:
    person = Person(2601)
    person.books(town)

    for number, way in enumerate(_WAYS):
        said = posts(town.address, form(f"ATUid_way{number}", way, ""))
        assert said.text.startswith("CON Siti: datang "), (way, said)

    until(lambda: [line["to"] for line in town.accepted()].count(person.phone) == 1)
    assert not {line["to"] for line in town.accepted()} & {*_WAYS} - {person.phone}


def test_one_session_may_spell_its_number_differently(town: Stack) -> None:
    session = "ATUid_spelled"
    posts(town.address, form(session, "081200002602", ""))
    said = posts(town.address, form(session, "+62 812-0000-2602", "1"))
    assert "NIK" in said.text, said


@pytest.mark.parametrize(("number", "who"), [*enumerate(_STRANGERS, 2610)])
def test_who_cannot_get_an_sms_may_look_but_not_register(
    town: Stack, number: int, who: str
) -> None:
    phone = _STRANGERS[who]
    count = "SELECT (SELECT count(*) FROM card_requests), (SELECT count(*) FROM messages)"
    before = town.rows(count)

    welcome = town.hop(f"ATUid_look{number}", phone, "")
    said = calls(town, f"ATUid_reg{number}", phone, ("1", Person(number).nik))

    assert welcome.startswith("CON Disnaker."), welcome
    assert said.startswith("END Hanya nomor HP Indonesia"), said
    assert town.rows(count) == before


def test_afterwards_every_invariant_holds(town: Stack, judge: Judge) -> None:
    judge("F26 phone formats", town, lifted=time.monotonic())
