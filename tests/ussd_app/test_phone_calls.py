"""Each phone call leaves one row: when, how far, how it ended; never what was typed."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

from sqlalchemy import select

from runtime.wiring import House
from services import housekeeping
from storage import phone_calls
from storage.phone_calls import PhoneCall, Reached
from storage.tables import card_requests
from storage.tables import phone_calls as table
from tests.support.installation import Clock
from tests.support.phone import SITI, Phone

NIK = "3210115508980001"


def rows(house: House) -> list[tuple[str, str | None]]:
    """How far each call came and whom it was about, oldest first."""
    with house.database.begin() as conn:
        order = (table.c.began_at, table.c.last_at)
        found = conn.execute(select(table.c.reached, table.c.request_id).order_by(*order)).all()
    return [(row.reached, row.request_id) for row in found]


def calls(house: House) -> list[PhoneCall]:
    """The calls of Siti's request, newest first."""
    with house.database.begin() as conn:
        request = conn.scalar(select(card_requests.c.id))
        return phone_calls.about(conn, request or "", house.vault.index("phone", SITI), 9)


def books(phone: Phone) -> Phone:
    """Siti has a day."""
    phone.dials()
    for answer in ("1", NIK, "1", "Siti", "1", "1"):
        phone.types(answer)
    return phone


def test_a_call_is_one_row_from_its_first_screen_to_its_last(phone: Phone, house: House) -> None:
    phone.dials()
    assert rows(house) == [("main.welcome", None)]
    phone.cut_off().after(minutes=1)
    books(phone)
    [(_, nobody), (reached, request)] = rows(house)
    assert (nobody, reached) == (None, "visit.thanks")
    assert request is not None
    phone.types("2").types("1").hung_up()
    done, cut = calls(house)
    assert (done.status, cut.status) == ("Success", "Incomplete")
    assert done.duration_ms == 42_000


def test_where_it_was_cut_is_known_though_no_database_heard_of_it(
    phone: Phone, house: House
) -> None:
    phone.dials().types("1").types(NIK).types("1").is_at("register.name")
    assert rows(house) == [("register.born", None)]
    phone.cut_off()
    assert rows(house) == [("register.name", None)]


def test_the_same_callback_again_changes_nothing(phone: Phone, house: House) -> None:
    books(phone).repeats()
    assert len(rows(house)) == 1


def test_a_call_from_another_phone_with_the_code_is_among_them(
    phone: Phone, house: House, clock: Clock, url: str
) -> None:
    code = books(phone).inbox()[0].partition("Kode ")[2][:11]
    clock.goes_on(minutes=1)
    other = Phone(house, clock, url, "+6281200000002").dials().types("2").types(code)
    other.types("15081998").sees("Siti: datang Sen 23 Nov")
    newest, first = calls(house)
    assert newest.phone_index != first.phone_index == house.vault.index("phone", SITI)


def test_what_comes_late_does_not_turn_a_call_back(house: House, clock: Clock) -> None:
    def notes(state: str, minutes: int) -> None:
        at = clock() + timedelta(minutes=minutes)
        reached = Reached(
            gateway="g", session_id="s", phone_index="p", request_id=str(uuid4()),
            language="id", state=state, at=at,
        )  # fmt: skip
        with house.database.begin() as conn:
            phone_calls.note(conn, reached)

    notes("visit.thanks", 2)
    notes("register.nik", 1)
    assert rows(house) == [("visit.thanks", None)], "and it points at no request that is not there"


def test_old_calls_are_forgotten(phone: Phone, house: House, clock: Clock) -> None:
    phone.dials().cut_off()
    housekeeping.sweep(house.database, clock() + timedelta(days=399))
    assert len(rows(house)) == 1
    housekeeping.sweep(house.database, clock() + timedelta(days=401))
    assert rows(house) == []


def test_nothing_typed_stands_in_it(phone: Phone, house: House) -> None:
    books(phone)
    with house.database.begin() as conn:
        found = str(conn.execute(select(table)).all())
    for personal in (NIK, SITI, SITI[1:], "Siti"):
        assert personal not in found
