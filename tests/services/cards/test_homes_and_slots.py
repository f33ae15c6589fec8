"""Where an applicant lives, which office that is, and what it offers."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from menus.events import Answered
from storage import holidays
from tests.services.cards.town import SITI, Town, nik


def lines(answered: Answered, source: str) -> list[dict[str, str]]:
    return [dict(line) for line in (answered.items or {})[source]]


def test_the_sub_district_of_the_nik_is_offered(town: Town) -> None:
    answered = town.dials().call("home.suggest", nik=SITI)
    assert answered.facts == {"district": "Jatiwangi", "home": "32.10.11"}


def test_a_sub_district_that_is_in_no_list_is_not(town: Town) -> None:
    assert town.dials().hears("home.suggest", nik="3210995508980001") == "unknown"


def test_a_search_knows_what_is_served_and_where_the_nik_is_from(town: Town) -> None:
    found = lines(town.dials().call("home.search", letters="jati", nik=SITI), "home.matches")
    assert found[0] == {"value": "32.10.15", "district": "Jatitujuh", "regency": "Majalengka"}
    assert len(found) == 18
    of_bekasi = town.dials().call("home.search", letters="jatia", nik="3275095508980001")
    assert lines(of_bekasi, "home.matches")[0]["regency"] == "Kota Bekasi"
    assert town.dials().hears("home.search", letters="zzz") == "none"


def test_the_home_chooses_the_office(town: Town) -> None:
    siti = town.dials()
    siti.hears("applicant.read", nik=SITI)
    assert siti.call("home.office", home="33.74.10").facts == {
        "office": "33.74",
        "place": "Disnaker Semarang",
    }
    unserved = siti.call("home.office", home="33.22.01")
    assert (unserved.outcome, unserved.facts) == ("unserved", {"regency": "Kab. Semarang"})
    assert siti.hears("home.office", home="99.99.99") == "unserved"


def test_the_soonest_free_hour_is_offered(town: Town) -> None:
    siti = town.dials().chooses()
    assert siti.known["slot"] == "2026-11-23 08:00"
    assert siti.known["place"] == "Disnaker Majalengka"


def test_closed_days_are_passed_over(town: Town) -> None:
    with town.database.begin() as conn:
        holidays.add(conn, "32.10", date(2026, 11, 23), "Cuti bersama")
    assert town.dials().chooses().known["slot"] == "2026-11-24 08:00"


@pytest.mark.parametrize(
    ("utc", "slot"),
    [
        (datetime(2026, 11, 22, 23, 0, tzinfo=UTC), "2026-11-23 08:00"),
        (datetime(2026, 11, 22, 23, 1, tzinfo=UTC), "2026-11-23 09:00"),
        (datetime(2026, 11, 23, 5, 0, tzinfo=UTC), "2026-11-23 14:00"),
        (datetime(2026, 11, 23, 5, 1, tzinfo=UTC), "2026-11-24 08:00"),
        (datetime(2026, 11, 27, 9, 0, tzinfo=UTC), "2026-11-30 08:00"),
    ],
)
def test_hours_that_come_too_soon_to_travel_are_not_offered(
    town: Town, utc: datetime, slot: str
) -> None:
    town.now = utc
    assert town.dials().chooses().known["slot"] == slot


def test_other_days_are_listed_a_few_hours_each_without_the_one_offered(town: Town) -> None:
    siti = town.dials().chooses()
    listed = lines(siti.call("slots.list"), "slots.free")
    assert [line["value"] for line in listed[:2]] == ["2026-11-24 08:00", "2026-11-24 10:00"]
    assert [line["value"] for line in listed[-2:]] == ["2026-11-23 10:00", "2026-11-23 14:00"]
    assert len({line["day"] for line in listed}) == 8
    assert siti.hears("card.book", slot=listed[1]["value"]) == "booked"


def test_the_only_hour_left_is_still_listed(town: Town) -> None:
    town.office(hours=("08:00",), daily_quota=1, hour_quota=1, ahead_days=1)
    listed = lines(town.dials().chooses().call("slots.list"), "slots.free")
    assert [line["value"] for line in listed] == ["2026-11-23 08:00"]


def test_an_office_with_no_room_says_until_when(town: Town) -> None:
    town.office(hours=("08:00",), daily_quota=1, hour_quota=1, ahead_days=1)
    town.dials(1).registers()
    budi = town.dials(2)
    budi.hears("applicant.read", nik=nik(2))
    budi.hears("home.office", home="32.10.11")
    for call in ("slots.offer", "slots.list"):
        answered = budi.call(call)
        assert (answered.outcome, answered.facts["until"]) == ("full", "2026-11-23")


def test_the_nik_in_three_parts_is_answered_part_by_part(town: Town) -> None:
    siti = town.dials()
    assert siti.call("nik.first", nik_first="321011").facts == {"district": "Kec. Jatiwangi"}
    assert siti.call("nik.first", nik_first="321099").facts == {"district": "Kode 321099"}
    assert siti.call("nik.middle", nik_middle="550898").facts == {"born": "1998-08-15"}
    assert siti.call("nik.join", nik_first="321011", nik_last="0001").facts == {"nik": SITI}
    whole = siti.call("nik.first", nik_first=SITI)
    assert (whole.outcome, whole.facts) == ("whole", {"nik": SITI})
