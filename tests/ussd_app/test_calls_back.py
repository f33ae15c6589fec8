"""Calls back over HTTP: cut, repeated, forgotten, and with a database that is away."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import redis
from sqlalchemy import Row, event, select

from runtime.wiring import House
from storage.tables import callback_requests
from tests.support.installation import Clock
from tests.support.logs import logged
from tests.support.outage import locked_out
from tests.support.phone import Phone

NIK = "3210115508980001"
OFFER = "Kami telepon Sen 23 Nov pagi dari 0233 000000. Mau?"
PROMISE = "Tersimpan. Kami telepon Sen 23 Nov pagi, jam 9-11, dari 0233 000000."
LANGUAGES = ("id", "su", "jv", "en")


def wishes(house: House) -> list[Row[tuple[object, ...]]]:
    with house.database.begin() as conn:
        return list(conn.execute(select(callback_requests)).all())


def flush(house: House) -> None:
    with redis.Redis.from_url(house.redis_url) as server:
        server.flushall()


def stuck(phone: Phone) -> Phone:
    """Register up to the name, and mistype that twice."""
    phone.dials().types("1").types(NIK).types("1").is_at("register.name")
    return phone.types("R2").types("D2").is_at("callback.offer")


def test_a_gateway_that_repeats_itself_makes_one_wish(phone: Phone, house: House) -> None:
    stuck(phone).sees(OFFER).repeats().types("1").sees(PROMISE).repeats().hung_up()
    (wish,) = wishes(house)
    assert (wish.stuck_at, wish.language, wish.gateway) == ("register.name", "id", "africastalking")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_offer_and_the_promise_outlive_redis(phone: Phone, house: House, language: str) -> None:
    if language != "id":
        phone.in_language(language)
    phone.dials()
    for answer, state in (
        ("1", "register.nik"),
        ("321", "register.nik_first"),
        ("321", "register.nik_first"),
        ("321", "callback.offer"),
        ("2", "register.nik_first"),
        (NIK, "register.born"),
        ("1", "register.name"),
        ("R2", "register.name"),
        ("D2", "callback.offer"),
        ("1", "callback.promised"),
    ):
        flush(house)
        phone.types(answer).is_at(state)
        flush(house)
        phone.repeats()
    (wish,) = wishes(house)
    assert (wish.stuck_at, wish.language) == ("register.name", language)


def test_who_was_cut_off_before_he_heard_the_promise_hears_it_when_he_asks_again(
    phone: Phone, house: House
) -> None:
    stuck(phone).types("1").cut_off()
    phone.after(minutes=5).dials_again().is_at("main.unfinished").types("3").sees(PROMISE)
    assert len(wishes(house)) == 1


def test_who_is_to_be_rung_may_go_on_by_himself(phone: Phone, house: House) -> None:
    stuck(phone).types("1").hung_up()
    phone.dials_again().types("1").is_at("register.name").types("R2").types("D2")
    phone.is_at("register.name").sees("huruf saja").types("Siti").types("1").types("1")
    phone.sees("Tersimpan. Kode")
    assert len(wishes(house)) == 1


def test_two_people_with_one_phone_have_one_promise(phone: Phone, house: House) -> None:
    stuck(phone).types("1").hung_up()
    phone.dials("*123*5*2#").sees(PROMISE).hung_up()
    phone.dials("*123*1#").types(NIK).types("9").types("9").is_at("register.born")
    assert len(wishes(house)) == 1


def test_a_number_from_abroad_is_told_in_the_menu_and_never_offered(
    house: House, clock: Clock, url: str
) -> None:
    abroad = Phone(house, clock, url, "+254711000111")
    abroad.dials().types("9").types("9").is_at("main.welcome").sees("Pilih 1-5.")
    abroad.types("5").types("2").sees("Kami hanya bisa menelepon nomor Indonesia.").hung_up()
    assert wishes(house) == []


def test_two_mistakes_while_the_database_is_away_are_just_two_mistakes(
    phone: Phone, house: House, postgres_url: str
) -> None:
    phone.dials().types("1").types("12").is_at("register.nik_first").types("12")
    with locked_out(postgres_url):
        phone.types("12").is_at("register.nik_first").sees("6 angka saja. Tadi 2.")
        phone.types("321011").is_at("register.nik_middle").repeats()
    flush(house)
    phone.types("550898").is_at("register.nik_last")
    phone.types("9").types("9").is_at("callback.offer").types("2").is_at("register.nik_last")


def test_a_promise_that_cannot_be_written_is_not_made(
    phone: Phone, house: House, postgres_url: str
) -> None:
    stuck(phone)
    with locked_out(postgres_url):
        phone.types("1").hung_up().does_not_see("Tersimpan", "Kami telepon")
    assert wishes(house) == []
    phone.dials_again().types("3").types("1").sees(PROMISE)


def test_nothing_of_it_names_the_caller_outside_its_sealed_column(
    phone: Phone, house: House
) -> None:
    with logged() as log:
        stuck(phone).types("1").hung_up()
    (wish,) = wishes(house)
    assert not any(one in log.getvalue() for one in ("81200000001", NIK))
    assert not any("81200000001" in str(value) for value in wish)


def test_a_promise_waits_for_the_disk_and_an_offer_does_not(phone: Phone, house: House) -> None:
    with watching(house) as statements:
        stuck(phone)
        assert any("synchronous_commit" in one for one in statements)
        statements.clear()
        phone.types("1").sees(PROMISE)
        assert not any("synchronous_commit" in one for one in statements)


@contextmanager
def watching(house: House) -> Iterator[list[str]]:
    """Collect the statements that reach PostgreSQL meanwhile."""
    seen: list[str] = []

    def note(_conn: object, _cursor: object, statement: str, *_: object) -> None:
        seen.append(statement)

    event.listen(house.database.engine, "before_cursor_execute", note)
    yield seen
    event.remove(house.database.engine, "before_cursor_execute", note)
