"""An SMS tells how it stands: what is no longer so is taken back, and a lost key stops nobody."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from domain.card import State
from services.cards import counter
from services.cards.outcomes import Undone
from services.delivery.policy import Policy
from services.delivery.sweep import sweep
from sms.message import Status
from storage import outbox_results
from storage.tables import messages
from storage.vault import Vault
from tests.services.cards.test_undoing import takes_back
from tests.services.cards.town import Town, nik, number

THURSDAY = date(2026, 11, 26)


def waiting(town: Town, last: int = 1) -> list[str]:
    """The templates that are still to be sent to a phone."""
    index = town.vault.index("phone", number(last))
    query = select(messages.c.template).where(
        messages.c.phone_index == index, messages.c.status == Status.QUEUED.value
    )
    with town.database.begin() as conn:
        return list(conn.execute(query.order_by(messages.c.created_at)).scalars())


def gone(town: Town, status: Status, template: str = "booked") -> str:
    """Let an SMS have left, and stand so; return its id."""
    values = {"status": status, "sent_at": town.now, "not_before": town.now + timedelta(minutes=10)}
    of_template = messages.c.template == template
    with town.database.begin() as conn:
        conn.execute(messages.update().where(of_template).values(values))
        return str(conn.scalar(select(messages.c.id).where(of_template)))


def may_be_resent(town: Town, message_id: str) -> bool:
    """Whether an officer may still send an SMS again by hand."""
    with town.database.begin() as conn:
        return outbox_results.not_arrived(conn, message_id, town.now) is not None


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


@pytest.mark.parametrize("status", [Status.UNKNOWN, Status.SENDING])
def test_a_day_that_may_not_have_arrived_is_not_sent_again_once_it_is_another(
    town: Town, status: Status
) -> None:
    siti, rina = town.dials().registers().facts["request"], town.hires()
    first = gone(town, status)
    town.does(counter.rebook, siti, THURSDAY, "09:00", by=rina)
    with town.database.begin() as conn:
        lost = messages.update().where(messages.c.id == first)
        conn.execute(lost.values(status=Status.UNKNOWN))
    town.after(minutes=11)
    assert sweep(town.database, town.vault, Policy(), town.now).resent == 0
    assert town.told(1) == ["booked", "booked"]


def test_a_step_taken_back_lets_the_day_be_sent_again(town: Town) -> None:
    siti, rina = town.dials().registers().facts["request"], town.hires()
    gone(town, Status.UNKNOWN)
    town.does(counter.rebook, siti, THURSDAY, "09:00", by=rina)
    assert isinstance(takes_back(town, siti, rina), Undone)
    town.after(minutes=11)
    assert sweep(town.database, town.vault, Policy(), town.now).resent == 1
    assert town.sms(1)[-1][1]["day"] == "2026-11-23"


def test_an_sms_that_was_given_up_meanwhile_is_queued_again_with_the_step_back(town: Town) -> None:
    siti, rina = town.dials().registers().facts["request"], town.hires()
    gone(town, Status.SENDING)
    town.does(counter.withdraw, siti, by=rina)
    gone(town, Status.EXPIRED)
    assert isinstance(takes_back(town, siti, rina), Undone)
    assert waiting(town) == ["booked"]


def test_what_is_no_longer_so_cannot_be_sent_again_by_hand(town: Town) -> None:
    siti, rina = town.dials().registers().facts["request"], town.hires()
    booked = gone(town, Status.FAILED)
    assert may_be_resent(town, booked)
    town.does(counter.withdraw, siti, by=rina)
    assert not may_be_resent(town, booked)
    takes_back(town, siti, rina)
    assert may_be_resent(town, booked)


def test_a_report_that_comes_late_does_not_bring_an_old_day_back(town: Town) -> None:
    siti, rina = town.dials().registers().facts["request"], town.hires()
    booked = gone(town, Status.SENT)
    town.does(counter.withdraw, siti, by=rina)
    gone(town, Status.UNDELIVERED)
    assert not may_be_resent(town, booked)
