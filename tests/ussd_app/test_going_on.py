"""Calls that are cut, repeated, forgotten or dialled deep, on the shipped book, over HTTP."""

from __future__ import annotations

import pytest
import redis
from sqlalchemy import func, select

from runtime.wiring import House
from services import funnel
from services.dialogue import drafts
from storage import drafts as rows
from storage.tables import card_requests, session_ends
from storage.tables import funnel as funnel_table
from tests.support.installation import Clock
from tests.support.phone import Phone

NIK = "3210115508980001"
LANGUAGES = ("id", "su", "jv", "en")


def requests_of(house: House) -> int:
    with house.database.begin() as conn:
        return conn.execute(select(func.count()).select_from(card_requests)).scalar_one()


def to_the_name(phone: Phone) -> Phone:
    """Dial and answer up to the name, in whatever language."""
    return phone.dials().types("1").types(NIK).types("1").is_at("register.name")


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_was_cut_off_goes_on_where_he_was(phone: Phone, language: str) -> None:
    if language != "id":
        phone.in_language(language)
    to_the_name(phone).cut_off().dials_again().is_at("main.unfinished")
    phone.does_not_see("1998", NIK)
    phone.types("1").is_at("register.name").types("Siti").types("1").is_at("visit.confirm")
    phone.sees("Siti").types("1").is_at("visit.thanks")
    phone.cut_off().dials_again().is_at("status.booked").sees("Siti")


def test_a_draft_begun_in_one_language_goes_on_in_another(phone: Phone) -> None:
    to_the_name(phone).cut_off()
    phone.dials("*123*5*4#").is_at("language.pick").types("4").cut_off()
    phone.dials_again().is_at("main.unfinished").sees("Yes").types("1").is_at("register.name")
    phone.sees("0. Back")


def test_after_half_an_hour_the_birth_year_is_asked(phone: Phone) -> None:
    to_the_name(phone).cut_off().after(minutes=31).dials_again().types("1")
    phone.is_at("main.year").types("98").is_at("main.year").types("1997").is_at("main.year_again")
    phone.types("1998").is_at("register.name")


def test_after_a_week_nothing_is_offered(phone: Phone) -> None:
    to_the_name(phone).cut_off().after(days=8).dials_again().is_at("main.welcome")


def test_starting_again_starts_again(phone: Phone) -> None:
    to_the_name(phone).cut_off().dials_again().types("2").is_at("main.welcome")
    phone.cut_off().dials_again().is_at("main.welcome")


def test_the_clock_writes_drafts_behind(phone: Phone, house: House, clock: Clock) -> None:
    phone.dials().types("1").types(NIK).types("2").is_at("register.nik_first").cut_off()
    assert drafts.flush(house.database, house.vault, house.sessions, clock()) == 1
    flush(house)
    phone.dials_again().is_at("main.unfinished").types("1").is_at("register.nik_first")


def test_a_long_code_opens_a_door_and_offers_nothing(phone: Phone) -> None:
    to_the_name(phone).cut_off().dials("*123*2#").is_at("status.code")
    phone.dials("*123*1#").is_at("register.nik").cut_off()
    phone.dials().is_at("main.unfinished")


def test_a_long_code_may_hold_a_whole_answer(phone: Phone) -> None:
    phone.dials("*123*2*1#").is_at("status.code").sees("Tadi 1")


def test_every_hop_repeated_is_one_request_and_one_sms(phone: Phone, house: House) -> None:
    phone.dials().repeats()
    for answer in ("1", NIK, "1", "Siti", "1", "1", "2", "1"):
        phone.types(answer).repeats()
    phone.hung_up()
    assert requests_of(house) == 1
    assert len(phone.inbox()) == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_story_is_told_whole_though_redis_forgets_at_every_hop(
    phone: Phone, house: House, language: str
) -> None:
    if language != "id":
        phone.in_language(language)
    phone.dials()
    for answer, state in (
        ("1", "register.nik"),
        ("3210", "register.nik_first"),
        ("321011", "register.nik_middle"),
        ("550898", "register.nik_last"),
        ("0001", "register.born"),
        ("1", "register.name"),
        ("Siti", "register.home_here"),
        ("2", "register.home_letters"),
        ("jat", "register.home_pick"),
        ("1", "visit.confirm"),
        ("2", "visit.pick"),
        ("2", "visit.confirm"),
        ("1", "visit.thanks"),
        ("1", "alerts.education"),
    ):
        flush(house)
        phone.types(answer).is_at(state)
        flush(house)
        phone.repeats()
    assert requests_of(house) == 1


def test_a_foreign_number_may_look_around(house: House, clock: Clock, url: str) -> None:
    phone = Phone(house, clock, url, "+254711000111")
    phone.dials().is_at("main.welcome").types("1").types(NIK).hung_up()
    assert requests_of(house) == 0
    phone.got_no_sms()


def test_a_stranger_cannot_go_on_with_somebody_elses_session(
    phone: Phone, house: House, clock: Clock, url: str
) -> None:
    to_the_name(phone)
    thief = Phone(house, clock, url, "+6281299999999")
    thief._session, thief._typed, thief.ended = phone._session, [*phone._typed], False
    thief.types("Siti").hung_up().does_not_see("Siti", "Jatiwangi")
    phone.types("Siti").is_at("register.home_here")


def test_how_calls_went_is_counted(phone: Phone, house: House) -> None:
    to_the_name(phone).cut_off()
    phone.dials_again().types("1").types("S1").cut_off()
    assert funnel.drain(house.database, house.vault, house.sessions) == 7
    with house.database.begin() as conn:
        columns = (funnel_table.c.state, funnel_table.c.count.label("times"))
        rows = conn.execute(select(*columns).where(funnel_table.c.event == "entered"))
        met = {row.state: row.times for row in rows}
        statuses = conn.execute(select(session_ends.c.status)).scalars().all()
    assert (met["nik"], met["name"], met["unfinished"]) == (1, 2, 1)
    assert statuses == ["Incomplete", "Incomplete"]


def flush(house: House) -> None:
    with redis.Redis.from_url(house.redis_url) as server:
        server.flushall()


def test_the_offer_names_no_flow_but_a_registration_and_stands_for_half_an_hour(
    phone: Phone, house: House, clock: Clock
) -> None:
    index = house.vault.index("phone", phone.number)
    for flow, words in (("register", "Lanjut daftar?"), ("report", "Lanjut yang tadi?")):
        with house.database.begin() as conn:
            rows.keep(
                conn,
                phone_index=index,
                sealed="-",
                flow=flow,
                book="",
                saved_at=clock(),
            )
        phone.dials().sees(words).cut_off().after(minutes=31).dials_again()
    phone.is_at("main.welcome")


def test_another_flow_goes_on_too_in_another_language_and_after_redis_forgot(
    phone: Phone, house: House, clock: Clock
) -> None:
    phone.dials("*123*5*1#").is_at("complaint.office").types("1").is_at("complaint.how").cut_off()
    phone.dials("*123*5*4#").is_at("language.pick").types("4").cut_off()
    drafts.flush(house.database, house.vault, house.sessions, clock())
    flush(house)
    phone.dials().is_at("main.unfinished").sees("Go on where you were?").types("1")
    phone.is_at("complaint.how").types("1").is_at("complaint.text")
    phone.types("Antre tiga jam").hung_up().sees("Saved")
    phone.dials().is_at("main.welcome")
