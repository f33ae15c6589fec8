"""From the first dial to the card handed over, in four languages, as two wires carry it.

The gateway's callbacks on one side, the forms of the officer's browser on the other, both over
HTTP to one server; only the clock is moved, from the Sunday of the call to the Monday of the visit.
"""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from domain.card import State
from runtime.wiring import House
from storage import alert_profiles, card_requests
from storage.card_requests import CardRequest
from storage.tables import messages
from tests.story.caller import Caller
from tests.story.conftest import Calls, Serves
from tests.story.people import SITI, WATI, Person
from tests.story.said import Said
from tests.story.telling import (
    chooses_language,
    comes,
    is_among_todays,
    is_told,
    registers,
    words,
)
from tests.support.visitor import Visitor

VISIT = date(2026, 11, 23)


def saved(house: House, number: str) -> CardRequest | None:
    """The request of a phone, as it stands in the tables."""
    with house.database.begin() as conn:
        index = house.vault.index("phone", number)
        rows = card_requests.of_phone(conn, index, frozenset(State))
    return rows[0] if rows else None


def queued(house: House) -> int:
    with house.database.begin() as conn:
        return len(conn.execute(select(messages.c.id)).all())


def answers(house: House, request_id: str) -> tuple[str | None, str | None, str | None] | None:
    """What is kept of the wishes: school, work, where. None before the consent."""
    with house.database.begin() as conn:
        wishes = alert_profiles.get(conn, request_id)
    return (wishes.education, wishes.sector, wishes.reach) if wishes else None


def test_six_screens_and_it_is_saved(calls: Calls, house: House, said: Said) -> None:
    phone = chooses_language(calls(SITI), said).cut_off().dials()
    for answer in ("1", SITI.nik, "1", SITI.name, "1"):
        phone.types(answer)
    assert len(phone.screens) == len(said.six)
    for screen, text in zip(phone.screens, said.six, strict=True):
        assert screen.startswith(words(text, SITI))
    assert saved(house, SITI.phone) is None
    assert queued(house) == 0

    phone.types("1").is_at("visit.thanks")
    request = saved(house, SITI.phone)
    assert request is not None
    assert (request.state, request.day, request.hour) == (State.BOOKED, VISIT, "08:00")
    assert queued(house) == 1
    assert phone.keys - len(SITI.nik) - len(SITI.name) == 16


def test_no_more_than_25_keys_with_the_choice_of_a_language(calls: Calls, said: Said) -> None:
    phone = calls(SITI)
    registers(phone, said, SITI)
    assert phone.keys - len(SITI.nik) - len(SITI.name) == 22


@pytest.mark.parametrize("who", [SITI, WATI], ids=["own-number", "typed-number"])
def test_the_whole_job(calls: Calls, monday: Serves, house: House, said: Said, who: Person) -> None:
    phone = calls(who)
    code = registers(phone, said, who)
    wants_news(phone, house, said, who)
    phone.got_sms(words(said.first_sms, who, code=code))
    is_told(phone, said.opens, who)

    counter = monday(who)
    is_among_todays(counter, who).sees(f"Kode {code}")
    comes(counter, who)
    is_told(phone, said.came, who)
    hands_over(counter, who).sees("Kartu diserahkan", f"Nomor kartu {who.number}")
    counter.sees("Berlaku sampai Kam 23 Nov 2028", "Lapor lagi Min 23 Mei 2027")
    counter.opens("/").sees("Datang hari ini 0").does_not_see(who.full_name)

    is_told(phone, said.issued, who)
    assert len(phone.inbox()) == 1


def hands_over(counter: Visitor, who: Person) -> Visitor:
    """Majalengka makes the number itself; Semarang types what stands on the printed card."""
    if who is WATI:
        return counter.sends("/issue", number=who.number)
    return counter.sends("/issue")


def wants_news(phone: Caller, house: House, said: Said, who: Person) -> None:
    """Consent to news of vacancies and answer; each answer is kept before the next is asked."""
    request = saved(house, who.phone)
    assert request is not None
    assert answers(house, request.id) is None
    phone.types("1").is_at("alerts.education")
    assert answers(house, request.id) == (None, None, None)
    phone.chooses("SMK").is_at("alerts.sector")
    assert answers(house, request.id) == ("smk", None, None)
    phone.types("98").is_at("alerts.sector").types("7").is_at("alerts.another")
    assert answers(house, request.id) == ("smk", "driver", None)
    phone.types("1").is_at("alerts.where").types("1").is_at("visit.help")
    assert answers(house, request.id) == ("smk", "driver", "near")
    phone.types("1").hung_up().sees(words(said.goodbye, who))
