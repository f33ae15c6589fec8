"""Offices and their holidays, callers, consents, attempts, the audit and the books."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

import pytest

from domain import gsm7, regions
from services import demo, founding
from storage import (
    alert_profiles,
    attempts,
    audit,
    books,
    callers,
    holidays,
    officers,
    offices,
    optouts,
    places,
)
from storage.database import Database
from storage.officers import Officer
from storage.tables import offices as table
from storage.vault import Vault
from tests.support.applicants import MONDAY, NOW, enters

LATER = NOW + timedelta(hours=1)
PHONE = "+6281200000001"


def test_the_demo_plants_two_offices_once_and_never_over_what_people_set(
    database: Database,
) -> None:
    with database.begin() as conn:
        assert [office.code for office in offices.every(conn)] == ["32.10", "33.74"]
        majalengka = offices.get(conn, demo.MAJALENGKA)
        assert majalengka is not None
        assert (majalengka.zone, majalengka.hours[0], majalengka.hour_quota) == (
            "WIB",
            "08:00",
            10,
        )
        conn.execute(table.update().values(counter="loket 7"))
        demo.plant(conn)
        again = offices.get(conn, demo.MAJALENGKA)
        assert again is not None
        assert again.counter == "loket 7"
        assert offices.get(conn, "31.71") is None


def test_the_holidays_fixed_by_law_are_there_and_an_office_adds_its_own(
    database: Database,
) -> None:
    year = (date(2027, 1, 1), date(2027, 12, 31))
    with database.begin() as conn:
        assert sorted(day.strftime("%d%m") for day in holidays.between(conn, "32.10", *year)) == [
            "0101",
            "0105",
            "0106",
            "1708",
            "2512",
        ]
        assert holidays.add(conn, "32.10", MONDAY, "Hari jadi")
        assert not holidays.add(conn, "32.10", MONDAY, "Lagi")
        assert holidays.between(conn, "32.10", MONDAY, MONDAY) == {MONDAY}
        assert holidays.between(conn, "33.74", MONDAY, MONDAY) == frozenset()


def test_an_installation_founds_the_offices_it_is_told_to_serve(database: Database) -> None:
    with database.begin() as conn:
        assert founding.found(conn, ["32.10", "51.71", "91.71", "99.99"]) == ("99.99",)
        zones = {office.code: office.zone for office in offices.every(conn)}
        assert zones == {"32.10": "WIB", "33.74": "WIB", "51.71": "WITA", "91.71": "WIT"}
        kept = offices.get(conn, "32.10")
        assert kept == demo.offices()[0]


@pytest.mark.parametrize(
    ("code", "place"),
    [
        ("32.10", "Disnaker Majalengka"),
        ("33.74", "Disnaker Semarang"),  # "Disnaker Kota Semarang" would be cut
        ("18.01", "Disnaker"),  # Lampung Selatan
    ],
)
def test_no_place_is_cut_on_a_screen(code: str, place: str) -> None:
    assert founding.typical(code).place == place


def test_every_regency_of_the_country_can_be_founded() -> None:
    codes = {district.regency_code for district in regions.districts()}
    places = {founding.typical(code).place for code in codes}
    assert max(map(gsm7.septets, places)) == 20
    assert all(place.startswith("Disnaker") for place in places)


def test_a_caller_is_known_by_an_index_and_the_last_language_stands(
    database: Database, vault: Vault
) -> None:
    index = vault.index("phone", PHONE)
    sealed = vault.seal(PHONE, where=places.caller_phone(index))
    with database.begin() as conn:
        assert callers.get(conn, index) is None
        callers.seen(conn, index, sealed, "su", NOW)
        callers.seen(conn, index, sealed, "jv", LATER)
        caller = callers.get(conn, index)
    assert caller is not None
    assert (caller.language, caller.last_seen_at) == ("jv", LATER)
    assert vault.open(caller.phone_sealed, where=places.caller_phone(index)) == PHONE


def test_a_consent_keeps_each_answer_alone_and_its_first_moment(
    database: Database, vault: Vault
) -> None:
    with database.begin() as conn:
        siti = enters(conn, vault)
        assert alert_profiles.get(conn, siti) is None
        alert_profiles.keep(conn, siti, "32.10", NOW)
        alert_profiles.keep(conn, siti, "32.10", LATER)
        assert alert_profiles.answer(conn, siti, education="sma")
        assert alert_profiles.answer(conn, siti, sectors=("garment", "driver"))
        wishes = alert_profiles.get(conn, siti)
        assert wishes is not None
        assert (wishes.consented_at, wishes.education, wishes.reach) == (NOW, "sma", None)
        assert (wishes.sector, wishes.wanted) == ("garment", ("garment", "driver"))


def test_no_answer_is_kept_without_a_consent(database: Database, vault: Vault) -> None:
    with database.begin() as conn:
        siti = enters(conn, vault)
        assert not alert_profiles.answer(conn, siti, education="sma")
        assert alert_profiles.get(conn, siti) is None


def test_what_a_release_before_this_one_wrote_is_read(database: Database, vault: Vault) -> None:
    with database.begin() as conn:
        siti = enters(conn, vault)
        alert_profiles.keep(conn, siti, "32.10", NOW)
        assert alert_profiles.answer(conn, siti, sector="garment")
        wishes = alert_profiles.get(conn, siti)
        assert wishes is not None
        assert wishes.wanted == ("garment",)


def test_a_withdrawn_consent_begins_anew(database: Database, vault: Vault) -> None:
    with database.begin() as conn:
        siti = enters(conn, vault)
        alert_profiles.keep(conn, siti, "32.10", NOW)
        assert optouts.add(conn, phone_index=vault.index("phone", PHONE), source="desk", now=NOW)
        withdrawn = alert_profiles.get(conn, siti)
        assert withdrawn is not None
        assert withdrawn.withdrawn_at == NOW
        alert_profiles.keep(conn, siti, "32.10", LATER)
        anew = alert_profiles.get(conn, siti)
        assert anew is not None
        assert (anew.consented_at, anew.withdrawn_at) == (LATER, None)


def test_attempts_are_counted_by_kind_and_key_within_a_span(database: Database) -> None:
    with database.begin() as conn:
        for moment in (NOW, LATER, LATER):
            attempts.add(conn, "code", "one", moment)
        attempts.add(conn, "code", "other", LATER)
        attempts.add(conn, "sign_in", "one", LATER)
        assert attempts.count(conn, "code", "one", NOW - timedelta(1)) == 3
        assert attempts.count(conn, "code", "one", NOW) == 2
        attempts.clear(conn, "code", "one")
        assert attempts.count(conn, "code", "one", NOW - timedelta(1)) == 0
        assert attempts.drop_older(conn, LATER + timedelta(1)) == 2


def test_the_audit_tells_who_did_what_in_order(database: Database, vault: Vault) -> None:
    sari = Officer(str(uuid4()), "32.10", "sari@example.go.id", "Sari", "officer", "id", True)
    with database.begin() as conn:
        officers.add(conn, sari, "hash", NOW)
        siti = enters(conn, vault)
        audit.add(
            conn,
            LATER,
            action="card.came",
            office="32.10",
            officer_id=sari.id,
            request_id=siti,
            details={"day": "2026-11-23"},
        )
        audit.add(conn, NOW, action="card.booked", office="32.10", request_id=siti)
        told = [(one.action, one.officer) for one in audit.of_request(conn, siti)]
        assert told == [("card.booked", None), ("card.came", "Sari")]
        assert audit.of_request(conn, siti)[1].details == {"day": "2026-11-23"}


def test_books_are_kept_once_and_the_newest_come_first(database: Database) -> None:
    with database.begin() as conn:
        assert books.keep(conn, "v1", "flow: main", NOW)
        assert not books.keep(conn, "v1", "flow: main", LATER)
        assert books.keep(conn, "v2", "flow: status", LATER)
        assert books.content(conn, "v1") == "flow: main"
        assert books.content(conn, "v9") is None
        assert books.latest(conn, 1) == [("v2", "flow: status")]
