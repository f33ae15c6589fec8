"""A number that is somebody else's, or wants to be forgotten: all that hangs on it alone ends."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import ColumnElement, func, select

from services import demo_info
from services.cards import counter
from storage import drafts, forgetting, places, sms_questions, tables
from storage.phone_changes import PhoneChange
from storage.phone_changes import add as add_change
from storage.tables import events, metadata, phone_changes, service_slots, service_types
from tests.services.callbacks.wishes import asks
from tests.services.cards.test_numbers import changes_numbers, disowns, finds
from tests.services.cards.town import MAJALENGKA, Town, number
from tests.services.tickets.complaining import complains
from tests.services.vacancies.board import Board

TOLD_OF = forgetting.TOLD_OF
KNOWING = {name for name, table in metadata.tables.items() if "phone_index" in table.c}
LIVE: dict[str, tuple[ColumnElement[bool], ...]] = {
    "drafts": (tables.drafts.c.sealed != "",),
    "messages": (tables.messages.c.status == "queued",),
    "phone_changes": (tables.phone_changes.c.state == "waiting",),
}


@pytest.fixture
def vacancy(town: Town) -> str:
    """A town with a vacancy, a training and another service."""
    with town.database.begin() as conn:
        demo_info.hang(conn, town.now)
    town.served = frozenset({MAJALENGKA})
    return Board(town).hangs()


def wishes_much(town: Town, vacancy: str, last: int = 1) -> str:
    """A phone that asks for all there is, and is asked something; return its index."""
    line, phone = town.dials(last), town.vault.index("phone", number(last))
    complains(line)
    assert asks(town.dials(last)) == "promised"
    assert line.hears("vacancies.want", vacancy=vacancy) == "kept"
    line.known |= offered(town) | {"info_office": MAJALENGKA, "guest": "Siti", "learner": "Siti"}
    assert line.hears("training.sign") == "signed"
    assert line.hears("service.offer") == "free"
    assert line.hears("service.book") == "booked"
    with town.database.begin() as conn:
        sms_questions.ask(conn, phone, "answers", ("a",), town.now)
        saved = {"sealed": "x", "flow": "register", "book": "b", "saved_at": town.now}
        drafts.keep(conn, phone_index=phone, **saved)  # type: ignore[arg-type] # as named
    return phone


def offered(town: Town) -> dict[str, str]:
    of = (service_types.c.office == MAJALENGKA, events.c.office == MAJALENGKA)
    training = select(events.c.id).where(of[1], events.c.kind == "training")
    with town.database.begin() as conn:
        service = conn.execute(select(service_types.c.id).where(of[0])).scalars().first()
        return {"service_id": str(service), "event_id": str(conn.execute(training).scalar())}


def waits_for_a_card(town: Town, last: int, request: str) -> None:
    """A number that is to take another's place."""
    change = PhoneChange(
        id=request,
        request_id=request,
        office=MAJALENGKA,
        phone_sealed=town.vault.seal(number(last), where=places.new_phone(request)),
        phone_index=town.vault.index("phone", number(last)),
        phone_last4="0001",
        old_index=None,
        language="id",
        due_at=town.now + timedelta(days=3),
    )
    with town.database.begin() as conn:
        assert add_change(conn, change, town.now)


def left(town: Town, phone: str) -> set[str]:
    """The tables of what ends in which something still speaks of a number."""
    found = set[str]()
    with town.database.begin() as conn:
        for name in forgetting.ENDED:
            table = metadata.tables[name]
            of = (table.c.phone_index == phone, *LIVE.get(name, ()))
            if conn.execute(select(func.count()).select_from(table).where(*of)).scalar_one():
                found.add(name)
    return found


def test_every_table_that_knows_a_number_says_what_becomes_of_it() -> None:
    assert not forgetting.ENDED.keys() & forgetting.KEPT.keys()
    assert forgetting.ENDED.keys() | forgetting.KEPT.keys() == KNOWING
    assert all(forgetting.KEPT.values())
    assert forgetting.ENDED.keys() > forgetting.TOLD_OF


def by_sms(town: Town, _request: str) -> None:
    assert disowns(town, 1)


def in_the_menu(town: Town, request: str) -> None:
    line = town.dials()
    line.known["request"] = request
    assert line.hears("phone.detach") == "detached"


def to_another_phone(town: Town, request: str) -> None:
    assert finds(town, town.request(request).code, 2).hears("phone.take") == "waits"
    town.after(days=2)
    assert changes_numbers(town) == 1


def at_the_counter(town: Town, request: str) -> None:
    changed = town.does(counter.number, request, number(2), by=town.hires())
    assert isinstance(changed, counter.Moved)


WAYS: list[Callable[[Town, str], None]] = [by_sms, in_the_menu, to_another_phone, at_the_counter]


@pytest.mark.parametrize("leaves", WAYS)
def test_a_number_that_its_last_card_leaves_loses_all_else(
    town: Town, vacancy: str, leaves: Callable[[Town, str], None]
) -> None:
    request = town.dials().registers().facts["request"]
    phone, other = wishes_much(town, vacancy), wishes_much(town, vacancy, 3)
    waits_for_a_card(town, 1, town.dials(4).registers("3210111508980001", "Budi").facts["request"])
    assert left(town, phone) == forgetting.ENDED.keys()
    leaves(town, request)
    assert left(town, phone) == set()
    assert left(town, other) == forgetting.ENDED.keys() - {"phone_changes"}
    with town.database.begin() as conn:
        assert conn.execute(select(func.sum(service_slots.c.taken))).scalar_one() == 1
        settled = conn.execute(select(phone_changes.c.state)).scalars().all()
    assert "waiting" not in settled


def test_one_of_two_cards_on_a_phone_leaves_its_wishes_alone(town: Town, vacancy: str) -> None:
    request = town.dials().registers().facts["request"]
    town.dials().registers("3210111508980001", "Budi")
    phone = wishes_much(town, vacancy)
    before = left(town, phone)
    in_the_menu(town, request)
    assert left(town, phone) == before


def test_a_number_without_a_card_may_say_so_too(town: Town, vacancy: str) -> None:
    phone = wishes_much(town, vacancy)
    assert disowns(town, 1)
    assert left(town, phone) == set()
    assert not disowns(town, 1)
    assert not disowns(town, 2)


def test_who_asks_for_deletion_is_rid_of_his_wishes_and_hears_of_his_tickets(
    town: Town, vacancy: str
) -> None:
    phone = wishes_much(town, vacancy)
    assert town.dials().hears("data.ask", wish="copy") == "filed"
    assert left(town, phone) == forgetting.ENDED.keys() - {"phone_changes"}
    assert town.dials().hears("data.ask", wish="delete") == "filed"
    assert left(town, phone) == TOLD_OF
    assert town.told(1).count("ticket_filed") == 3
