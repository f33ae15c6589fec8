"""One search box finds a person by whatever the officer has in hand, in his own office."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection

from domain.card import State
from services import desk
from services.desk import Found, Narrowing, Visit
from storage import card_requests, cards
from storage.cards import Card
from storage.vault import Vault
from tests.support.applicants import BUDI, MONDAY, NOW, SITI, enters
from tests.support.staff import SARI

OFFICE = "32.10"


def searches(
    conn: Connection,
    vault: Vault,
    office: str,
    text: str,
    *,
    limit: int = 20,
    narrowing: Narrowing | None = None,
) -> Found:
    """Search on the Monday of the story."""
    return desk.search(desk.Search(conn, vault, office, MONDAY, limit), text, narrowing)


@dataclass(frozen=True, slots=True)
class People:
    siti: str
    budi: str
    code: str


@pytest.fixture
def people(conn: Connection, vault: Vault) -> People:
    siti = enters(conn, vault, phone="+6281212345678")
    named = {"full_name": "Siti Nurhaliza", "full_name_folded": "siti nurhaliza"}
    assert card_requests.move(conn, siti, 1, named, NOW)
    budi = enters(conn, vault, BUDI, call_name="Budi", phone="+6281298760001")
    enters(conn, vault, "3374011508980001", call_name="Siti", office="33.74")
    found = card_requests.get(conn, siti)
    assert found is not None
    return People(siti, budi, found.code)


@pytest.mark.parametrize(
    "asked",
    [
        "siti",
        "SITI",
        " Sit ",
        "nurhaliza",
        "haliz",
        "Siti Nur",
        "5678",
        SITI,
        "321011 550898 0001",
        "3210.1155.0898.0001",
        "081212345678",
        "+62 812-1234-5678",
    ],
)
def test_siti_is_found_by(conn: Connection, vault: Vault, people: People, asked: str) -> None:
    found = searches(conn, vault, OFFICE, asked)
    assert [row.request_id for row in found.rows] == [people.siti]
    assert not found.alike


def test_a_code_is_found_as_it_is_written_in_the_sms(
    conn: Connection, vault: Vault, people: People
) -> None:
    spoken = f"{people.code[:3]} {people.code[3:6]} {people.code[6:]}"
    found = searches(conn, vault, OFFICE, spoken)
    assert [row.request_id for row in found.rows] == [people.siti]


def test_a_card_is_found_by_its_number(conn: Connection, vault: Vault, people: People) -> None:
    for number, request in (("3210231126000001", people.siti), ("77", people.budi)):
        card = Card(
            id=str(uuid4()),
            request_id=request,
            office=OFFICE,
            number=number,
            issued_on=MONDAY,
            expires_on=MONDAY,
            officer_id=SARI.id,
        )
        assert cards.add(conn, card)
        found = searches(conn, vault, OFFICE, number)
        assert [row.request_id for row in found.rows] == [request]


@pytest.mark.parametrize("asked", ["Sity", "sitti", "Nurhalisa", "nurhalizah"])
def test_a_name_spelt_nearly_so_is_offered_as_such(
    conn: Connection, vault: Vault, people: People, asked: str
) -> None:
    found = searches(conn, vault, OFFICE, asked)
    assert [row.request_id for row in found.rows] == [people.siti]
    assert found.alike


@pytest.mark.parametrize(
    "asked",
    [
        *("", "  ", "Zulkifli", "9999", "%", "_", "123", "...", "+", "\x00", "5678\x00", "٥٦٧٨"),
        *("x" * 10_000, "5678" * 2_500, "%" * 10_000, "\\", "' or ''='", "\ud800"),
    ],
    ids=lambda asked: f"{asked[:12]!a}-{len(asked)}",
)
def test_what_fits_nobody_finds_nobody(
    conn: Connection, vault: Vault, people: People, asked: str
) -> None:
    assert people.siti
    assert searches(conn, vault, OFFICE, asked).rows == ()


def test_names_that_begin_so_and_cards_in_progress_come_first(
    conn: Connection, vault: Vault
) -> None:
    entered = [
        enters(conn, vault, f"321011150898000{serial}", NOW + timedelta(days=serial), **person)
        for serial, person in enumerate(
            [
                {"call_name": "Aniasti"},
                {"call_name": "Asti", "state": State.REFUSED},
                {"call_name": "Asti"},
            ],
            1,
        )
    ]
    found = searches(conn, vault, OFFICE, "asti")
    assert [row.request_id for row in found.rows] == [entered[2], entered[1], entered[0]]


def test_what_was_found_is_narrowed_by_state_day_and_home(conn: Connection, vault: Vault) -> None:
    people: list[dict[str, Any]] = [
        {"state": State.READY, "day": MONDAY - timedelta(days=7)},
        {"home": "32.10.15"},
        {"home": "32.10.15", "day": MONDAY + timedelta(days=6)},
        {"day": MONDAY + timedelta(days=7)},
        {"state": State.WITHDRAWN, "day": None, "hour": None, "holds_slot": False},
    ]
    entered = [
        enters(conn, vault, f"321011150898000{serial}", NOW + timedelta(minutes=serial), **person)
        for serial, person in enumerate(people)
    ]

    def narrowed(**to: Any) -> set[int]:
        found = searches(conn, vault, OFFICE, "siti", narrowing=Narrowing(**to))
        assert [one.count for one in found.states] == [3, 1, 1], "all that was found is counted"
        return {entered.index(row.request_id) for row in found.rows}

    assert narrowed() == {0, 1, 2, 3, 4}
    assert narrowed(state=State.READY) == {0}
    assert narrowed(visit=Visit.TODAY) == {1}
    assert narrowed(visit=Visit.WEEK) == {1, 2}
    assert narrowed(home="32.10.15") == {1, 2}
    assert narrowed(home="32.10.15", visit=Visit.TODAY, state=State.BOOKED) == {1}
    assert narrowed(home="32.10.15", state=State.READY) == set()


def test_a_search_is_narrowed_before_it_is_cut_off(conn: Connection, vault: Vault) -> None:
    for serial in range(6):
        state = State.READY if serial == 0 else State.BOOKED
        at = NOW + timedelta(minutes=serial)
        enters(conn, vault, f"321011150898000{serial}", at, state=state)
    ready = Narrowing(state=State.READY)
    assert len(searches(conn, vault, OFFICE, "siti", limit=3, narrowing=ready).rows) == 1


def test_what_it_can_be_narrowed_by_has_names_and_counts(
    conn: Connection, vault: Vault, people: People
) -> None:
    assert people.siti
    found = searches(conn, vault, OFFICE, "siti")
    assert [(one.value, one.count) for one in found.states] == [("booked", 1)]
    assert [(one.value, one.name, one.count) for one in found.homes] == [
        ("32.10.11", "Jatiwangi", 1)
    ]
    assert searches(conn, vault, OFFICE, "Zulkifli").states == ()


def test_an_officer_finds_nobody_of_another_office_by_any_means(
    conn: Connection, vault: Vault, people: People
) -> None:
    for asked in ("Budi", "Nurhaliza", SITI, people.code, "5678", "081212345678"):
        assert searches(conn, vault, "33.74", asked).rows == ()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(text=st.text(max_size=80))
def test_nothing_that_can_be_typed_breaks_the_search(
    conn: Connection, vault: Vault, text: str
) -> None:
    assert len(searches(conn, vault, OFFICE, text, limit=3).rows) <= 3
