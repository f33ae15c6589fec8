"""*Urus kartu ini*: another day, another office, no card any more, a new card."""

from __future__ import annotations

from datetime import date

import pytest

from domain.card import State
from services.cards import counter, timed
from storage import card_requests
from tests.services.cards.test_reporting import due, issued
from tests.services.cards.town import BUDI, MAJALENGKA, SEMARANG, SITI, Line, Town

MENUS = {
    State.REQUESTED: "visit",
    State.BOOKED: "visit",
    State.NO_SHOW: "visit",
    State.CAME: "busy",
    State.INCOMPLETE: "before",
    State.SIGNING: "before",
    State.READY: "before",
    State.ISSUED: "holder",
    State.REPORTED: "holder",
    State.REPORT_DUE: "holder",
    State.EXPIRED: "ended",
    State.EMPLOYED: "ended",
    State.WITHDRAWN: "ended",
    State.REFUSED: "refused",
}


def helped(town: Town, last: int = 9) -> Line:
    """Another phone that told code and birth date of Siti's request."""
    line = town.dials(last)
    code = town.dials().registers().facts["code"]
    assert line.hears("card.find", code=code, birth_date="1998-08-15") == "found"
    assert line.hears("status.tell")
    return line


@pytest.mark.parametrize("state", sorted(State))
def test_each_state_has_the_menu_of_what_is_possible(town: Town, state: State) -> None:
    siti = town.dials()
    town.puts(siti.registers().facts["request"], state)
    assert siti.hears("change.look") == MENUS[state]


def test_another_day_gives_the_old_one_back(town: Town) -> None:
    siti = town.dials()
    request = siti.registers().facts["request"]
    assert siti.hears("status.tell") == "booked"
    assert siti.hears("change.look") == "visit"
    assert siti.hears("change.day") == "ready"
    lines = (siti.call("slots.list").items or {})["slots.free"]
    assert "2026-11-23 08:00" not in [line["value"] for line in lines]
    moved = siti.call("card.book", slot="2026-11-25 09:00")
    assert (moved.outcome, moved.facts["day"]) == ("moved", "2026-11-25")
    assert town.request(request).day == date(2026, 11, 25)
    assert town.taken() == 1
    assert town.told(1) == ["booked", "booked"]


def test_a_day_moved_meanwhile_is_told_not_moved_again(town: Town) -> None:
    siti = town.dials()
    request = siti.registers().facts["request"]
    siti.hears("status.tell")
    assert siti.hears("card.book", slot="2026-11-25 09:00") == "already"
    assert town.request(request).day == date(2026, 11, 23)


def test_another_office_takes_the_visit_over(town: Town) -> None:
    siti = town.dials()
    request = siti.registers().facts["request"]
    siti.hears("status.tell")
    offered = siti.call("change.offices")
    assert [line["value"] for line in (offered.items or {})["change.offices"]] == [SEMARANG]
    assert siti.hears("slots.offer", office=SEMARANG) == "free"
    assert siti.hears("card.book") == "moved"
    assert town.request(request).office == SEMARANG
    assert (town.taken(MAJALENGKA), town.taken(SEMARANG)) == (0, 1)
    assert town.audited(request)[-2:] == ["card.left", "card.booked"]
    assert siti.call("status.tell").facts["office"] == SEMARANG


def test_a_full_hour_leaves_the_visit_as_it_was(town: Town) -> None:
    town.office(SEMARANG, hours=["08:00"], daily_quota=1, hour_quota=1)
    town.dials(2).registers(BUDI, "Budi", "33.74.10")
    siti = town.dials()
    request = siti.registers().facts["request"]
    siti.hears("status.tell")
    assert siti.hears("change.offices") == "some"
    wanted = "2026-11-23 08:00"
    assert siti.hears("card.book", office=SEMARANG, slot=wanted) == "taken"
    assert town.request(request).office == MAJALENGKA
    assert town.taken(MAJALENGKA) == 1


def test_an_only_office_has_no_other(town: Town) -> None:
    town.served = frozenset({MAJALENGKA})
    siti = town.dials()
    siti.registers()
    siti.hears("status.tell")
    assert siti.hears("change.offices") == "only"


def test_who_stops_frees_the_hour_and_is_as_new(town: Town) -> None:
    siti = town.dials()
    request = siti.registers().facts["request"]
    assert siti.hears("card.withdraw") == "withdrawn"
    assert town.request(request).state is State.WITHDRAWN
    assert town.taken() == 0
    assert town.dials().hears("caller.recognise") == "new"
    assert siti.hears("card.withdraw") == "other"
    assert town.told(1) == ["booked"]


def test_the_cards_own_number_hears_of_it_when_another_phone_stops_it(town: Town) -> None:
    line = helped(town)
    assert line.hears("card.withdraw") == "withdrawn"
    assert line.nudges == 1
    assert town.told(1) == ["booked", "withdrawn"]


def test_nobody_stops_what_an_officer_has_in_hand(town: Town) -> None:
    siti = town.dials()
    request = siti.registers().facts["request"]
    town.does(counter.came, request, by=town.hires())
    assert siti.hears("card.withdraw") == "other"
    town.after(minutes=1)
    assert siti.hears("card.withdraw") == "other"
    assert town.request(request).state is State.CAME


def test_who_contested_the_nik_moves_up_when_its_holder_stops(town: Town) -> None:
    siti = town.dials()
    siti.registers()
    other = town.dials(2).registers(SITI).facts["request"]
    assert siti.hears("card.withdraw") == "withdrawn"
    assert town.request(other).state is State.BOOKED


def test_an_expired_card_is_made_anew_without_typing(town: Town) -> None:
    first = issued(town)
    town.after(minutes=1)
    town.puts(first, State.EXPIRED)
    siti = town.dials()
    assert siti.hears("caller.recognise") == "known"
    assert siti.hears("status.tell") == "lapsed"
    assert siti.hears("slots.offer") == "free"
    booked = siti.call("card.book")
    assert booked.outcome == "booked"
    new = town.request(booked.facts["request"])
    old = town.request(first)
    assert new.id != first
    assert (new.state, new.nik_index, new.call_name) == (State.BOOKED, old.nik_index, "Siti")
    assert (new.born, new.sex, new.home, new.language) == (old.born, old.sex, old.home, "id")
    assert "card.renewed" in town.audited(new.id)
    assert town.dials().call("caller.recognise").facts["request"] == new.id


def test_who_is_late_gets_a_new_request_and_the_old_card_ends(town: Town) -> None:
    first = due(town)
    siti = town.dials()
    assert siti.hears("caller.recognise") == "known"
    siti.hears("language.keep")
    town.after(days=184)
    assert siti.hears("status.tell") == "late"
    assert siti.hears("change.look") == "late"
    assert siti.hears("slots.offer") == "free"
    booked = siti.call("card.book")
    assert booked.outcome == "booked"
    assert town.request(first).state is State.EXPIRED
    assert town.request(booked.facts["request"]).state is State.BOOKED


def test_no_hour_leaves_the_late_card_as_it_was(town: Town) -> None:
    first = due(town)
    siti = town.dials()
    siti.call("caller.recognise")
    siti.hears("language.keep")
    town.after(days=184)
    assert siti.hears("status.tell") == "late"
    assert siti.hears("card.book", slot="2027-11-23 03:00") == "taken"
    assert town.request(first).state is State.REPORT_DUE


def test_renewed_from_another_phone_the_card_keeps_its_number(town: Town) -> None:
    line = helped(town)
    with town.database.begin() as conn:
        old = card_requests.by_code(conn, line.known["code"])
    assert old
    town.puts(old.id, State.EXPIRED)
    assert line.hears("status.tell") == "lapsed"
    assert line.hears("slots.offer") == "free"
    moved = line.call("card.book")
    assert moved.outcome == "moved"
    with town.database.begin() as conn:
        newest = card_requests.of_phone(conn, old.phone_index or "", [State.BOOKED])
    assert len(newest) == 1
    assert town.told(9) == []


def test_renewing_twice_makes_one_request(town: Town) -> None:
    first = issued(town)
    town.after(minutes=1)
    town.puts(first, State.EXPIRED)
    siti, again = town.dials(), town.dials()
    for line in (siti, again):
        assert line.hears("caller.recognise") == "known"
        assert line.hears("status.tell") == "lapsed"
        assert line.hears("slots.offer") == "free"
    new = siti.call("card.book").facts["request"]
    told = again.call("card.book")
    assert (told.outcome, told.facts["request"]) == ("already", new)


def test_a_card_that_ended_by_the_clock_can_be_renewed(town: Town) -> None:
    first = due(town)
    with town.database.begin() as conn:
        request = card_requests.lock(conn, first)
        assert request
        card_requests.move(
            conn, first, request.version, {"expires_on": date(2027, 5, 21)}, town.now
        )
    timed.run(town.database, town.vault, town.now)
    siti = town.dials()
    assert siti.hears("caller.recognise") == "known"
    assert siti.hears("status.tell") == "lapsed"
    assert siti.hears("change.look") == "ended"
