"""*Kerjakan berikutnya* gives each officer a case of his own, the most pressing first."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

from sqlalchemy import Connection

from domain.card import State
from services import desk
from storage.database import Database
from storage.vault import Vault
from tests.support.applicants import BUDI, NOW, enters
from tests.support.staff import DEWI, SARI, TONO

# Monday, half past nine in Majalengka.
NINE_THIRTY = NOW.replace(day=23, hour=2, minute=30)


def test_an_office_without_work_has_no_next_case(conn: Connection) -> None:
    assert desk.next_one(conn, SARI, NOW) is None


def test_people_come_before_papers(conn: Connection, vault: Vault) -> None:
    held = enters(conn, vault, day=date(2026, 12, 1))
    cases = {
        enters(conn, vault, "3210111508980011", state=State.SIGNING): "a signature",
        enters(conn, vault, "3210111508980012", hour="09:00"): "was promised nine",
        enters(conn, vault, "3210111508980013", hour="10:00"): "was promised ten",
        enters(conn, vault, state=State.REQUESTED, contested_with=held, hour="14:00"): "a question",
        enters(conn, vault, BUDI, state=State.CAME): "stands here",
        enters(conn, vault, "3210111508980014", state=State.READY): "may come for it any day",
        enters(conn, vault, "3374011508980001", state=State.CAME, office="33.74"): "elsewhere",
    }
    taken = [desk.next_one(conn, SARI, NINE_THIRTY) for _ in range(4)]
    assert [cases[one] for one in taken if one] == [
        "stands here",
        "a question",
        "was promised nine",
        "a signature",
    ]


def test_what_an_officer_passed_on_comes_back_after_all_else(
    conn: Connection, vault: Vault
) -> None:
    first, second = (
        enters(conn, vault, nik, NOW + timedelta(minutes=wait), state=State.CAME)
        for nik, wait in ((BUDI, 0), ("3210111508980011", 1))
    )
    times = [NOW + timedelta(seconds=seconds) for seconds in range(4)]
    assert [desk.next_one(conn, SARI, now) for now in times] == [first, second, first, second]


def test_what_one_officer_took_up_the_other_does_not_get_until_five_minutes_later(
    conn: Connection, vault: Vault
) -> None:
    only = enters(conn, vault, state=State.CAME)
    assert desk.next_one(conn, SARI, NOW) == only
    assert desk.next_one(conn, TONO, NOW + timedelta(minutes=4)) is None
    page = desk.person(conn, vault, TONO, only, NOW)
    assert page is not None
    assert page.busy == "Sari"
    assert desk.next_one(conn, TONO, NOW + timedelta(minutes=5)) == only
    assert desk.next_one(conn, SARI, NOW + timedelta(minutes=6)) is None


def test_an_officer_gets_no_case_of_another_office(conn: Connection, vault: Vault) -> None:
    enters(conn, vault, state=State.CAME)
    assert desk.next_one(conn, DEWI, NOW) is None


def test_two_officers_who_press_at_once_get_two_cases(database: Database, vault: Vault) -> None:
    with database.begin() as conn:
        cases = {
            enters(conn, vault, f"321011150898{serial:04}", state=State.CAME)
            for serial in range(1, 11)
        }

    def presses(turn: int) -> str | None:
        with database.begin() as conn:
            return desk.next_one(conn, (SARI, TONO)[turn % 2], NOW)

    with ThreadPoolExecutor(8) as pool:
        given = list(pool.map(presses, range(10)))
    by_sari, by_tono = set(given[::2]), set(given[1::2])
    assert not by_sari & by_tono
    assert by_sari | by_tono <= cases
