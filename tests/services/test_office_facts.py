"""An office founded by defaults gets its own facts, and callers hear them from then on."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from sqlalchemy import Connection, select

from domain import gsm7, words
from services import demo, founding, office_facts
from services.office_facts import Closed, MistakesError, UnknownOfficeError
from storage import offices, slots
from storage.database import Database
from storage.tables import audit
from tests.support.installation import SUNDAY

CODE = demo.MAJALENGKA
NATAL = date(2026, 12, 25)
TUESDAY = date(2026, 11, 24)

SOUND = {
    "name": "Dinas K2UKM Majalengka",
    "place": "Disnaker Kadipaten",
    "address": "Jl. Ahmad Yani 1",
    "counter": "loket 3",
    "phone": "0233 281000",
    "open": "1-6 07:30-16:00",
    "zone": "WITA",
    "hours": "07:30, 15:30,09:00",
    "daily_quota": "45",
    "hour_quota": "15",
    "ahead_days": "30",
    "minimum_age": "17",
    "card_source": "external",
    "card_pattern": "AK-{yy}/{kab:4}{ddmmyy}{seq:4}",
    "papers": "ktp, kk,photo2",
    "callback_windows": "08:00-10:00, 13:30-15:30",
    "callback_daily": "25",
}


@pytest.fixture
def conn(postgres_url: str) -> Iterator[Connection]:
    """A database with the office of Majalengka."""
    database = Database(postgres_url)
    with database.begin() as conn:
        founding.establish(conn, demo.offices()[0])
        yield conn
    database.dispose()


def _mistakes(conn: Connection, **wanted: str) -> dict[str, str]:
    with pytest.raises(MistakesError) as refused:
        office_facts.change(conn, CODE, wanted, SUNDAY)
    return dict(line.split(": ", 1) for line in refused.value.lines)


def _audited(conn: Connection) -> list[tuple[str, str, dict[str, str]]]:
    query = select(audit.c.action, audit.c.office, audit.c.details).order_by(audit.c.id)
    return [(action, office, details) for action, office, details in conn.execute(query)]


def test_every_fact_can_be_changed_and_is_shown_as_it_is_now(conn: Connection) -> None:
    assert set(office_facts.change(conn, CODE, SOUND, SUNDAY)) == SOUND.keys()
    tidy = SOUND | {"hours": "07:30,09:00,15:30", "papers": "ktp,kk,photo2"}
    tidy |= {"callback_windows": "08:00-10:00,13:30-15:30"}
    assert office_facts.show(conn, CODE, SUNDAY).facts == tidy
    office = offices.get(conn, CODE)
    assert office is not None
    assert (office.hours, office.daily_quota) == (("07:30", "09:00", "15:30"), 45)


def test_what_is_shown_can_be_set_and_changes_nothing(conn: Connection) -> None:
    shown = office_facts.show(conn, CODE, SUNDAY).facts
    assert office_facts.change(conn, CODE, shown, SUNDAY) == ()
    assert _audited(conn) == []


def test_the_audit_has_the_names_of_what_changed_and_no_value(conn: Connection) -> None:
    wanted = {"phone": "0233 281000", "counter": "loket 2", "daily_quota": "30"}
    office_facts.change(conn, CODE, wanted, SUNDAY)
    assert _audited(conn) == [("office.changed", CODE, {"fields": "phone,daily_quota"})]


def test_all_mistakes_are_told_at_once_and_nothing_is_changed(conn: Connection) -> None:
    before = offices.get(conn, CODE)
    found = _mistakes(conn, counter="loket 3", phone="0" * 17, ahead_days="61", colour="kuning")
    assert found.keys() == {"phone", "ahead_days", "colour"}
    assert offices.get(conn, CODE) == before
    assert _audited(conn) == []


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("name", ""),
        ("place", "Disnaker Majalengka 2"),
        ("place", "Disnaker\nKadipaten"),
        ("counter", " "),
        ("counter", "loket {12}"),  # ten characters, but a brace costs two
        ("phone", "0233\u2013281000"),
        ("address", "Jl. \u00c1 1"),
        ("open", "1-5 15:00-08:00"),
        ("open", "Senin-Jumat"),
        ("zone", "wib"),
        ("hours", ""),
        ("hours", "8:00"),
        ("hours", "08:00,08:00"),
        ("hours", "07:59"),
        ("hours", "15:00"),
        ("hours", "\u0660\u0669:00"),
        ("daily_quota", "0"),
        ("hour_quota", "-1"),
        ("hour_quota", "9" * 5000),
        ("ahead_days", "0"),
        ("minimum_age", "14"),
        ("minimum_age", "31"),
        ("minimum_age", "\u0661\u0668"),
        ("card_source", "ours"),
        ("card_pattern", "{kab:4}{seq:6}"),
        ("card_pattern", "\u00d8{ddmmyy}{seq:6}"),
        ("papers", ""),
        ("papers", "ktp,ktp"),
        ("papers", "ktp,signature"),
        ("papers", "ktp,diploma,photo2,certificate,domicile"),
        ("callback_windows", ""),
        ("callback_windows", "9-11"),
        ("callback_windows", "11:00-09:00"),
        ("callback_windows", "09:00-11:00,10:00-12:00"),
        ("callback_windows", "07:00-09:00"),
        ("callback_windows", "13:00-15:30"),
        ("callback_daily", "-1"),
        ("callback_daily", "banyak"),
        ("callback_daily", "1000"),
    ],
)
def test_what_callers_or_the_desk_could_not_use_is_refused(
    conn: Connection, name: str, text: str
) -> None:
    assert _mistakes(conn, **{name: text}).keys() == {name}


def test_doors_that_would_leave_appointments_outside_are_refused(conn: Connection) -> None:
    assert _mistakes(conn, open="1-5 09:00-15:00").keys() == {"hours"}
    both = {"open": "1-5 09:00-15:00", "hours": "09:00,14:00"}
    assert office_facts.change(conn, CODE, both, SUNDAY) == ("open", "hours")


def test_opening_hours_that_a_screen_would_cut_are_refused(conn: Connection) -> None:
    """It would say "Sen-Jum 10.30-15.30": one character too many."""
    others = {"hours": "10:30,14:00", "callback_daily": "0"}
    assert _mistakes(conn, open="1-5 10:30-15:30", **others).keys() == {"open"}


def test_nobody_is_promised_a_call_from_an_office_without_a_number(conn: Connection) -> None:
    founding.establish(conn, founding.typical("18.01"))
    with pytest.raises(MistakesError, match="first set phone"):
        office_facts.change(conn, "18.01", {"callback_daily": "5"}, SUNDAY)
    both = {"callback_daily": "5", "phone": "0728 21000"}
    assert set(office_facts.change(conn, "18.01", both, SUNDAY)) == both.keys()
    with pytest.raises(MistakesError, match="callback_daily: first set phone"):
        office_facts.change(conn, "18.01", {"phone": "kantor"}, SUNDAY)


def test_doors_that_would_leave_calls_outside_are_refused(conn: Connection) -> None:
    noon = {"open": "1-5 08:00-12:00", "hours": "08:00,10:00"}
    assert _mistakes(conn, **noon).keys() == {"callback_windows"}
    assert office_facts.change(conn, CODE, noon | {"callback_daily": "0"}, SUNDAY)
    assert _mistakes(conn, callback_daily="5").keys() == {"callback_windows"}


@pytest.mark.parametrize("language", words.LANGUAGES)
def test_what_is_taken_is_never_cut_on_a_screen(language: str) -> None:
    template = "{place:20}|{counter:10}|{phone:16}|{open:18}|{papers:36}"
    said = words.fill(template, SOUND, language)
    whole = words.fill("{place:99}|{counter:99}|{phone:99}|{open:99}|{papers:99}", SOUND, language)
    assert said == whole
    assert not gsm7.foreign(said)


def test_every_office_of_the_country_is_founded_with_sound_facts(conn: Connection) -> None:
    for code in ("18.01", "51.71", "91.71"):
        founding.establish(conn, founding.typical(code))
        facts = office_facts.show(conn, code, SUNDAY).facts
        assert office_facts.change(conn, code, facts, SUNDAY) == ()


def test_a_holiday_is_added_once_told_and_taken_away(conn: Connection) -> None:
    assert office_facts.close(conn, CODE, TUESDAY, "Hari jadi", SUNDAY) == Closed(0, 0)
    assert office_facts.show(conn, CODE, SUNDAY).holidays[0] == (TUESDAY, "Hari jadi")
    with pytest.raises(MistakesError, match="already"):
        office_facts.close(conn, CODE, TUESDAY, "Lagi", SUNDAY)
    office_facts.reopen(conn, CODE, TUESDAY, SUNDAY)
    assert office_facts.show(conn, CODE, SUNDAY).holidays[0][0] == NATAL
    with pytest.raises(MistakesError, match="no holiday"):
        office_facts.reopen(conn, CODE, TUESDAY, SUNDAY)
    assert _audited(conn) == [("office.changed", CODE, {"fields": "holidays"})] * 2


def test_a_holiday_tells_how_many_are_booked_on_it(conn: Connection) -> None:
    for hour in ("08:00", "08:00", "09:00"):
        assert slots.take(conn, CODE, TUESDAY, hour, 10)
    assert office_facts.close(conn, CODE, TUESDAY, "Hari jadi", SUNDAY) == Closed(3, 0)


@pytest.mark.parametrize("name", ["", " ", "x" * 61, "Hari\njadi"])
def test_a_holiday_needs_a_name_of_one_line(conn: Connection, name: str) -> None:
    with pytest.raises(MistakesError, match="name"):
        office_facts.close(conn, CODE, TUESDAY, name, SUNDAY)


def test_an_office_that_is_not_there_is_not_changed(conn: Connection) -> None:
    with pytest.raises(UnknownOfficeError):
        office_facts.change(conn, "99.99", {"counter": "loket 3"}, SUNDAY)
    with pytest.raises(UnknownOfficeError):
        office_facts.close(conn, "99.99", TUESDAY, "Hari jadi", SUNDAY)
    with pytest.raises(UnknownOfficeError):
        office_facts.reopen(conn, "99.99", TUESDAY, SUNDAY)
