"""The code on a village's poster opens the usual first screen, and tells which poster it was."""

from __future__ import annotations

import redis
from sqlalchemy import select

from runtime.wiring import House
from services import funnel
from storage.tables import funnel as table
from tests.support.phone import Phone

CODE, POSTER = "*123*9151#", "9151"  # Burujul Kulon, in Jatiwangi
NIK = "3210115508980001"


def counted(house: House) -> dict[str, int]:
    """What is counted of posters."""
    funnel.drain(house.database, house.vault, house.sessions)
    columns = (table.c.state, table.c.event, table.c.count)
    with house.database.begin() as conn:
        rows = conn.execute(select(*columns).where(table.c.flow == "poster"))
        return {f"{state} {event}": times for state, event, times in rows}


def test_who_dials_from_a_poster_books_as_anybody_does(phone: Phone, house: House) -> None:
    usual = phone.dials().screen
    phone.dials(CODE).repeats().is_at("main.welcome")
    assert phone.screen == usual
    phone.types("1").types(NIK).types("1").types("Siti").types("1").types("1").repeats()
    phone.is_at("visit.thanks")
    assert counted(house) == {f"{POSTER} entered": 1, f"{POSTER} booked": 1}


def test_who_only_looked_is_counted_as_a_call(phone: Phone, house: House) -> None:
    phone.dials(CODE).types("00").types("1").cut_off().dials(CODE)
    assert counted(house) == {f"{POSTER} entered": 2}


def test_redis_may_forget_that_it_was_a_poster(phone: Phone, house: House) -> None:
    phone.dials(CODE)
    for answer in ("1", NIK, "1"):
        with redis.Redis.from_url(house.redis_url) as server:
            server.flushall()
        phone.types(answer)
    phone.is_at("register.name")


def test_who_has_a_card_hears_of_it_from_a_poster_too(phone: Phone) -> None:
    phone.dials().types("1").types(NIK).types("1").types("Siti").types("1").types("1").cut_off()
    phone.dials(CODE).is_at("status.booked")


def test_who_was_cut_off_goes_on_from_a_poster(phone: Phone) -> None:
    phone.dials(CODE).types("1").types(NIK).types("1").cut_off()
    phone.dials(CODE).is_at("main.unfinished").types("1").is_at("register.name")


def test_no_other_number_is_one_of_a_poster(phone: Phone, house: House) -> None:
    phone.dials("*123*9999#").sees("Pilih 1-")
    assert counted(house) == {}
