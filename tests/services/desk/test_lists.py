"""The front page shows who comes, what must be answered and which cards wait, for one office."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection

from domain.card import State
from services import desk
from storage import card_requests
from storage.vault import Vault
from tests.support.applicants import BUDI, MONDAY, NOW, enters

OFFICE = "32.10"
ON_MONDAY = NOW + timedelta(days=1)


def test_an_empty_office_has_three_empty_lists(conn: Connection) -> None:
    front = desk.front(conn, OFFICE, NOW)
    assert front.counts == desk.Counts(0, 0, 0)
    assert front.day == date(2026, 11, 22)
    assert (front.today, front.answer, front.unissued) == ((), (), ())


def test_who_comes_today_stands_by_hour_and_who_is_here_stays_until_served(
    conn: Connection, vault: Vault
) -> None:
    names = _people(
        conn,
        vault,
        {"call_name": "Cici", "hour": "10:00"},
        {"call_name": "Budi", "hour": "08:00"},
        {"call_name": "Ani", "hour": "10:00", "state": State.CAME},
        {"call_name": "Dodi", "hour": "08:00", "day": date(2026, 11, 24)},
        {"call_name": "Eka", "day": date(2026, 11, 20), "state": State.CAME},
        {"call_name": "Fani", "state": State.ISSUED},
        {"call_name": "Gugun", "state": State.NO_SHOW},
    )
    rows = desk.coming_today(conn, OFFICE, ON_MONDAY)
    assert [names[row.request_id] for row in rows] == ["Eka", "Budi", "Ani", "Cici"]
    assert desk.counts(conn, OFFICE, ON_MONDAY).today == 4


def test_a_promised_visit_with_a_contested_nik_is_both_today_and_to_be_answered(
    conn: Connection, vault: Vault
) -> None:
    held = enters(conn, vault, day=date(2026, 12, 1))
    rival = enters(conn, vault, contested_with=held, state=State.REQUESTED, holds_slot=False)
    assert [row.request_id for row in desk.coming_today(conn, OFFICE, ON_MONDAY)] == [rival]
    (asked,) = desk.to_answer(conn, OFFICE, ON_MONDAY)
    assert (asked.request_id, asked.contested, asked.since) == (rival, True, NOW)


def test_what_must_be_answered_stands_by_who_waited_longest(conn: Connection, vault: Vault) -> None:
    held = enters(conn, vault)
    late = enters(conn, vault, now=NOW + timedelta(2), contested_with=held, state=State.REQUESTED)
    papers = enters(conn, vault, BUDI, state=State.INCOMPLETE)
    soon, after_a_week = NOW + timedelta(days=6), NOW + timedelta(days=8)
    assert [row.request_id for row in desk.to_answer(conn, OFFICE, soon)] == [late]
    rows = desk.to_answer(conn, OFFICE, after_a_week)
    assert [row.request_id for row in rows] == [papers, late]
    assert desk.counts(conn, OFFICE, after_a_week).answer == 2


def test_cards_that_wait_stand_until_they_are_handed_over(conn: Connection, vault: Vault) -> None:
    ready = enters(conn, vault, BUDI, NOW + timedelta(hours=2), state=State.READY)
    signing = enters(conn, vault, state=State.SIGNING)
    assert [row.request_id for row in desk.not_issued(conn, OFFICE, NOW)] == [signing, ready]
    assert card_requests.move(conn, ready, 1, {"state": State.ISSUED}, ON_MONDAY)
    assert desk.counts(conn, OFFICE, NOW).unissued == 1


def test_a_row_says_where_the_person_lives_and_only_the_end_of_the_phone(
    conn: Connection, vault: Vault
) -> None:
    enters(conn, vault)
    (row,) = desk.coming_today(conn, OFFICE, ON_MONDAY)
    assert (row.name, row.home, row.phone_last4, row.hour) == ("Siti", "Jatiwangi", "0001", "09:00")
    assert "3210115508980001" not in repr(row)
    assert "+62" not in repr(row)


def test_the_name_on_the_ktp_replaces_the_name_to_be_called_by(
    conn: Connection, vault: Vault
) -> None:
    siti = enters(conn, vault)
    named = {"full_name": "Siti Aminah", "full_name_folded": "siti aminah"}
    assert card_requests.move(conn, siti, 1, named, NOW)
    assert [row.name for row in desk.coming_today(conn, OFFICE, ON_MONDAY)] == ["Siti Aminah"]


def test_a_long_list_is_cut_but_counted_whole(conn: Connection, vault: Vault) -> None:
    for serial in range(1, 8):
        enters(conn, vault, f"321011150898{serial:04}")
    front = desk.front(conn, OFFICE, ON_MONDAY, limit=5)
    assert (len(front.today), front.counts.today) == (5, 7)


def test_the_day_is_the_offices_own(conn: Connection, vault: Vault) -> None:
    enters(conn, vault)
    late_on_sunday_in_utc = NOW.replace(hour=17, minute=30)
    assert desk.front(conn, OFFICE, late_on_sunday_in_utc).day == MONDAY
    assert desk.counts(conn, OFFICE, late_on_sunday_in_utc).today == 1


def test_another_offices_people_are_in_no_list(conn: Connection, vault: Vault) -> None:
    for state in State:
        enters(conn, vault, f"32101115089800{list(State).index(state) + 10}", state=state)
    front = desk.front(conn, "33.74", NOW + timedelta(days=30))
    assert front.counts == desk.Counts(0, 0, 0)
    assert (front.today, front.answer, front.unissued) == ((), (), ())


def _people(conn: Connection, vault: Vault, *people: dict[str, Any]) -> dict[str, str]:
    return {
        enters(conn, vault, f"321011150898{serial:04}", **person): person["call_name"]
        for serial, person in enumerate(people, 1)
    }
