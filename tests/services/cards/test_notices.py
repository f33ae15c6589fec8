"""An SMS tells how it stands: what is no longer so is taken back, and a lost key stops nobody."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from domain.card import State
from services.cards import counter
from sms.message import Status
from storage.tables import messages
from storage.vault import Vault
from tests.services.cards.town import Town, nik, number


def waiting(town: Town, last: int = 1) -> list[str]:
    """The templates that are still to be sent to a phone."""
    index = town.vault.index("phone", number(last))
    query = select(messages.c.template).where(
        messages.c.phone_index == index, messages.c.status == Status.QUEUED.value
    )
    with town.database.begin() as conn:
        return list(conn.execute(query.order_by(messages.c.created_at)).scalars())


def test_of_two_days_promised_only_the_last_is_told(town: Town) -> None:
    siti, rina = town.dials().registers().facts["request"], town.hires()
    assert waiting(town) == ["booked"]
    town.after(seconds=1)
    town.does(counter.rebook, siti, date(2026, 11, 26), "10:00", by=rina)
    assert waiting(town) == ["booked"]
    assert town.sms(1)[-1][1]["day"] == "2026-11-26"


def test_papers_that_were_brought_are_not_asked_for(town: Town) -> None:
    siti, rina = town.dials().registers().facts["request"], town.hires()
    town.does(counter.came, siti, by=rina)
    assert waiting(town) == []
    town.does(counter.incomplete, siti, "ktp", by=rina)
    assert waiting(town) == ["incomplete"]
    town.does(counter.came, siti, by=rina)
    assert waiting(town) == []


def test_a_card_in_hand_is_not_told_to_be_ready(town: Town) -> None:
    siti, rina = town.dials().registers().facts["request"], town.hires()
    for move in (counter.came, counter.to_sign, counter.ready):
        town.does(move, siti, by=rina)
    assert waiting(town) == ["ready"]
    town.does(counter.issue, siti, by=rina)
    assert waiting(town) == []


def test_who_withdraws_hears_no_more_but_that_his_nik_was_used(town: Town) -> None:
    first = town.dials(1).registers().facts["request"]
    town.dials(2).registers()
    assert waiting(town) == ["booked", "nik_used"]
    town.does(counter.withdraw, first, by=town.hires())
    assert waiting(town) == ["nik_used"]


def test_an_heir_who_is_booked_on_the_day_he_was_told_is_still_told_it(town: Town) -> None:
    first = town.dials(1).registers().facts["request"]
    second = town.dials(2).registers().facts["request"]
    town.does(counter.withdraw, first, by=town.hires())
    assert town.request(second).state is State.BOOKED
    assert waiting(town, 2) == ["booked"]


def test_a_number_whose_key_is_lost_hears_nothing_and_the_counter_goes_on(town: Town) -> None:
    siti, rina = town.dials().registers().facts["request"], town.hires()
    town.vault = Vault({"t2": b"3" * 32}, "t2", b"2" * 32)
    town.does(counter.came, siti, by=rina)
    assert town.does(counter.incomplete, siti, "ktp", by=rina) == counter.Moved(State.INCOMPLETE, 4)


def test_a_lost_key_tells_no_stranger_that_a_nik_is_held(town: Town) -> None:
    town.dials(1).registers(nik(1))
    town.vault = Vault({"t2": b"3" * 32}, "t2", b"2" * 32)
    of_held = town.dials(2).registers(nik(1))
    of_new = town.dials(3).registers(nik(2))
    assert of_held.outcome == of_new.outcome == "booked"
