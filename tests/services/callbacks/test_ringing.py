"""Officers ring: one at a time, on what they saw, each deed written down."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import UUID

import pytest
from sqlalchemy import select

from domain.callbacks import State
from services.callbacks import ringing
from services.callbacks.ringing import Deed, Desk, Done, Handled
from storage.officers import Officer
from storage.tables import audit
from storage.vault import Vault
from tests.services.callbacks.wishes import asks, rows
from tests.services.cards.town import SEMARANG, Town

Outcome = Done | Handled | None


def does(town: Town, officer: Officer, deed: Deed, version: int, which: str = "") -> Outcome:
    """An officer says what he does, on a page that showed this version of the one wish."""
    callback_id = UUID(which or rows(town)[0].id)
    with town.database.begin() as conn:
        return ringing.do(Desk(conn, town.vault, officer, town.now), callback_id, version, deed)


def deeds(town: Town) -> list[str]:
    with town.database.begin() as conn:
        return list(conn.execute(select(audit.c.action).order_by(audit.c.id)).scalars())


def test_of_two_officers_at_once_one_rings_and_the_other_is_told(town: Town) -> None:
    asks(town.dials(1))
    rina, dedi = town.hires("Ibu Rina"), town.hires("Pak Dedi")
    start = Barrier(2)

    def rings(officer: Officer) -> Outcome:
        start.wait()
        return does(town, officer, Deed.CALL, 1)

    with ThreadPoolExecutor(2) as at_once:
        outcomes = list(at_once.map(rings, (rina, dedi)))
    (done,) = [one for one in outcomes if isinstance(one, Done)]
    (handled,) = [one for one in outcomes if isinstance(one, Handled)]
    assert done.number == "+6281200000001"
    assert handled.callback.officer == done.callback.officer
    assert deeds(town).count("callback.call") == 1


@pytest.mark.parametrize(
    ("deed", "state"), [(Deed.REACHED, State.REACHED), (Deed.CLOSE, State.CLOSED)]
)
def test_what_is_over_stays_over(town: Town, deed: Deed, state: State) -> None:
    asks(town.dials(1))
    wish, rina = rows(town)[0].id, town.hires()
    does(town, rina, Deed.CALL, 1)
    done = does(town, rina, deed, 2)
    assert isinstance(done, Done)
    assert (done.callback.state, done.number) == (state, None)
    for again in Deed:
        told = does(town, rina, again, 3, wish)
        assert isinstance(told, Done if again is deed else Handled), again
    assert rows(town) == []


def test_tries_are_counted_once_for_each_press(town: Town) -> None:
    asks(town.dials(1))
    rina = town.hires()
    for version in (1, 3, 5):
        does(town, rina, Deed.CALL, version)
        does(town, rina, Deed.MISSED, version + 1)
        does(town, rina, Deed.MISSED, version + 1)
    (row,) = rows(town)
    assert (row.tries, row.state, row.officer) == (3, State.ASKED, "Ibu Rina")


def test_another_offices_wish_is_nowhere(town: Town) -> None:
    asks(town.dials(1))
    stranger = town.hires("Ibu Dewi", SEMARANG)
    for deed in Deed:
        assert does(town, stranger, deed, 1) is None
    with town.database.begin() as conn:
        assert ringing.waiting(conn, town.vault, SEMARANG, 9) == ()
        assert ringing.count(conn, SEMARANG) == 0
        assert ringing.find(conn, town.vault, stranger, UUID(rows(town)[0].id)) is None
    assert deeds(town) == ["callback.asked"]


def test_a_number_whose_key_is_lost_stops_nobodys_work(town: Town) -> None:
    asks(town.dials(1))
    town.vault = Vault(data_keys={"t2": b"9" * 32}, current="t2", index_key=b"2" * 32)
    done = does(town, town.hires(), Deed.CALL, 1)
    assert isinstance(done, Done)
    assert done.number == "..."
    assert isinstance(does(town, town.hires(), Deed.CLOSE, 2), Done)


def test_who_registers_after_asking_is_named_on_the_wish(town: Town) -> None:
    asks(town.dials(1))
    booked = town.dials(1).registers().facts["request"]
    with town.database.begin() as conn:
        found = ringing.find(conn, town.vault, town.hires(), UUID(rows(town)[0].id))
    assert found
    assert found.card
    assert (found.card.id, found.last4) == (booked, "0001")


def test_a_press_on_a_wish_that_was_asked_again_tells_no_old_officer(town: Town) -> None:
    asks(town.dials(1))
    rina, dedi = town.hires("Ibu Rina"), town.hires("Pak Dedi")
    does(town, rina, Deed.CALL, 1)
    does(town, rina, Deed.MISSED, 2)
    town.after(days=2)
    asks(town.dials(1))
    (wish,) = rows(town)
    assert (wish.officer, wish.version) == (None, 4)
    for officer in (rina, dedi):
        told = does(town, officer, Deed.MISSED, 3)
        assert isinstance(told, Handled)
        assert told.callback.officer is None
    assert deeds(town).count("callback.missed") == 1


def test_a_second_press_is_written_down_only_where_the_number_is_seen_again(town: Town) -> None:
    asks(town.dials(1))
    rina = town.hires()
    for deed, version in ((Deed.CALL, 1), (Deed.MISSED, 2)):
        for _ in range(2):
            assert isinstance(does(town, rina, deed, version), Done)
    assert deeds(town) == ["callback.asked", *["callback.call"] * 2, "callback.missed"]
