"""Card requests: one live request per NIK, changes that lose no race, and what falls due."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import fields
from datetime import date, timedelta
from uuid import uuid4

import pytest
from sqlalchemy.exc import IntegrityError

from domain.card import LIVE, State
from storage import card_requests, locks
from storage.card_requests import CardRequest, NewRequest
from storage.database import Database
from storage.tables import card_requests as table
from storage.vault import Vault
from tests.support.applicants import BUDI, MONDAY, NOW, SITI, applicant, enters

SITIS_PHONE, OTHER_PHONE = "+6281200000001", "+6281200000002"


def test_a_request_comes_back_as_it_went_in(database: Database, vault: Vault) -> None:
    new = applicant(vault)
    with database.begin() as conn:
        assert card_requests.add(conn, new, NOW)
        kept = card_requests.get(conn, new.id)
        assert kept is not None
        assert kept == card_requests.by_code(conn, new.code) == card_requests.lock(conn, new.id)
    assert all(getattr(kept, f.name) == getattr(new, f.name) for f in fields(NewRequest))
    assert (kept.version, kept.state, kept.created_at, kept.updated_at) == (
        1,
        State.BOOKED,
        NOW,
        NOW,
    )


def test_the_dataclass_and_the_table_name_the_same_things() -> None:
    assert [f.name for f in fields(CardRequest)] == [column.name for column in table.columns]


def test_a_code_that_is_taken_is_no_error(database: Database, vault: Vault) -> None:
    with database.begin() as conn:
        first = applicant(vault)
        assert card_requests.add(conn, first, NOW)
        assert not card_requests.add(conn, applicant(vault, nik=BUDI, code=first.code), NOW)


@pytest.mark.parametrize("state", sorted(State))
def test_a_nik_is_held_by_one_live_request(database: Database, vault: Vault, state: State) -> None:
    with database.begin() as conn:
        held = enters(conn, vault, state=state)
    index = vault.index("nik", SITI)
    if state in LIVE:
        refused = pytest.raises(IntegrityError, match="uq_card_requests_live_nik")
        with refused, database.begin() as conn:
            enters(conn, vault)
    with database.begin() as conn:
        holder = card_requests.holder_of_nik(conn, index)
        assert (holder.id if holder else None) == (held if state in LIVE else None)
        assert enters(conn, vault, contested_with=held)


def test_who_contests_a_nik_is_found_from_every_side(database: Database, vault: Vault) -> None:
    with database.begin() as conn:
        held = enters(conn, vault, phone=SITIS_PHONE)
        rival = enters(conn, vault, phone=OTHER_PHONE, contested_with=held, state=State.REQUESTED)
        gone = enters(conn, vault, contested_with=held, state=State.WITHDRAWN)
        nik, phone = vault.index("nik", SITI), vault.index("phone", OTHER_PHONE)
        found = card_requests.of_phone_and_nik(conn, phone, nik)
        assert found is not None
        assert found.id == rival
        assert [one.id for one in card_requests.rivals(conn, held)] == [rival]
        assert {one.id for one in card_requests.of_nik(conn, nik)} == {held, rival}
        assert gone not in {one.id for one in card_requests.of_nik(conn, nik)}


def test_a_phone_knows_its_people_newest_first(database: Database, vault: Vault) -> None:
    phone = vault.index("phone", SITIS_PHONE)
    with database.begin() as conn:
        siti = enters(conn, vault)
        budi = enters(conn, vault, BUDI, NOW + timedelta(hours=1))
        enters(conn, vault, "3210111508980002", state=State.REFUSED)
        enters(conn, vault, "3210111508980003", phone=OTHER_PHONE)
        assert [one.id for one in card_requests.of_phone(conn, phone, LIVE)] == [budi, siti]
        assert card_requests.count_live(conn, phone) == 2
        assert card_requests.count_since(conn, phone, NOW) == 3
        assert card_requests.count_since(conn, phone, NOW + timedelta(minutes=1)) == 1


def test_a_change_moves_the_version_on_and_the_second_of_two_changes_nothing(
    database: Database, vault: Vault
) -> None:
    with database.begin() as conn:
        siti = enters(conn, vault)
        later = NOW + timedelta(days=1)
        came = {"state": State.CAME, "came_at": later}
        assert card_requests.move(conn, siti, 1, came, later)
        assert not card_requests.move(conn, siti, 1, {"state": State.NO_SHOW}, later)
        kept = card_requests.get(conn, siti)
        assert kept is not None
        assert (kept.state, kept.version, kept.updated_at) == (State.CAME, 2, later)
        assert not card_requests.move(conn, str(uuid4()), 1, came, later)


def test_what_falls_due_is_found_office_by_office(database: Database, vault: Vault) -> None:
    friday = date(2026, 11, 20)
    with database.begin() as conn:
        late = enters(conn, vault, "3210111508980001", day=friday)
        contested = enters(conn, vault, "3210111508980002", day=friday, state=State.REQUESTED)
        enters(conn, vault, "3210111508980003", day=MONDAY)
        enters(conn, vault, "3210111508980004", day=friday, state=State.CAME)
        enters(conn, vault, "3210111508980005", day=friday, office="33.74")
        holder = enters(conn, vault, "3210111508980006", state=State.ISSUED)
        ends = {"next_report_on": MONDAY, "expires_on": friday}
        assert card_requests.move(conn, holder, 1, ends, NOW)
        assert set(card_requests.due_no_show(conn, "32.10", MONDAY)) == {late, contested}
        assert card_requests.due_reports(conn, "32.10", friday) == []
        assert card_requests.due_reports(conn, "32.10", MONDAY) == [holder]
        assert card_requests.due_expiries(conn, "32.10", friday) == []
        assert card_requests.due_expiries(conn, "32.10", MONDAY) == [holder]
        assert card_requests.due_expiries(conn, "33.74", MONDAY) == []


def test_a_lock_on_a_nik_nobody_holds_lets_one_after_the_other_through(
    database: Database, vault: Vault
) -> None:
    index = vault.index("nik", SITI)

    def register(_: int) -> bool:
        with database.begin() as conn:
            locks.hold(conn, f"nik:{index}")
            if card_requests.holder_of_nik(conn, index):
                return False
            return bool(enters(conn, vault))

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(register, range(8))) == 1
