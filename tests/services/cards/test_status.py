"""Every status tells what to do next, where, when."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from domain.card import State
from services.cards import counter
from tests.services.cards.test_undoing import takes_back
from tests.services.cards.town import SITI, Town

TOLD = {
    State.REQUESTED: "booked",
    State.BOOKED: "booked",
    State.CAME: "came",
    State.INCOMPLETE: "incomplete",
    State.SIGNING: "signing",
    State.READY: "ready",
    State.ISSUED: "issued",
    State.REPORT_DUE: "report_due",
    State.REPORTED: "issued",
    State.NO_SHOW: "no_show",
    State.REFUSED: "refused",
    State.WITHDRAWN: "lapsed",
    State.EXPIRED: "lapsed",
    State.EMPLOYED: "lapsed",
}


@pytest.mark.parametrize("state", sorted(State))
def test_each_state_has_its_screen(town: Town, state: State) -> None:
    siti = town.dials()
    request = siti.registers().facts["request"]
    town.puts(request, state)
    told = siti.call("status.tell")
    assert told.outcome == TOLD[state]
    assert told.facts["office"] == "32.10"
    assert (told.facts["name"], told.facts["request"]) == ("Siti", request)


def test_a_day_booked_is_told_with_counter_and_papers(town: Town) -> None:
    siti = town.dials()
    siti.registers()
    told = siti.call("status.tell").facts
    assert (told["day"], told["hour"], told["counter"]) == ("2026-11-23", "08:00", "loket 2")
    assert told["papers"] == "ktp,diploma,photo2"


def test_a_card_is_told_with_its_end_and_the_next_report(town: Town) -> None:
    siti, rina = town.dials(), town.hires()
    request = siti.registers().facts["request"]
    town.does(counter.came, request, by=rina)
    town.does(counter.issue, request, by=rina)
    told = siti.call("status.tell").facts
    assert (told["until"], told["report_day"]) == ("2028-11-22", "2027-05-22")


def test_what_is_missing_and_why_not_is_told(town: Town) -> None:
    siti, rina = town.dials(), town.hires()
    request = siti.registers().facts["request"]
    town.does(counter.came, request, by=rina)
    town.does(counter.incomplete, request, "ktp", by=rina)
    assert siti.call("status.tell").facts["missing"] == "ktp"
    town.does(counter.refuse, request, "wrong_nik", by=rina)
    assert siti.call("status.tell").facts["reason"] == "wrong_nik"


def test_who_missed_his_day_chooses_another_and_keeps_his_code(town: Town) -> None:
    siti = town.dials()
    first = siti.registers().facts
    town.after(days=1)
    town.misses(first["request"])
    again = town.dials()
    assert again.hears("caller.recognise") == "known"
    assert again.hears("status.tell") == "no_show"
    assert again.hears("slots.offer") == "free"
    booked = again.call("card.book")
    assert (booked.outcome, booked.facts["code"]) == ("booked", first["code"])
    assert town.taken() == 1
    assert town.told(1) == ["booked", "booked"]
    assert town.request(first["request"]).holds_slot


def test_a_day_that_is_over_is_told_as_missed_before_the_clock_has_noted_it(town: Town) -> None:
    siti = town.dials()
    request = siti.registers().facts["request"]
    town.now = datetime(2026, 11, 23, 16, 59, tzinfo=UTC)  # a minute to midnight
    assert siti.hears("status.tell") == "booked"
    town.now = datetime(2026, 11, 23, 17, 0, tzinfo=UTC)
    assert siti.hears("status.tell") == "no_show"
    assert siti.hears("slots.offer") == "free"
    assert siti.hears("card.book") == "booked"
    assert siti.hears("status.tell") == "booked"
    assert town.request(request).day == date(2026, 11, 24)
    assert town.taken() == 1


def test_a_helpers_phone_moves_the_visit_and_the_applicant_gets_the_sms(town: Town) -> None:
    code = town.dials(1).registers().facts["code"]
    helper = town.dials(2)
    town.after(days=1)
    helper.hears("card.find", code=code, birth_date="1998-08-15")
    town.misses(helper.known["request"])
    assert helper.hears("status.tell") == "no_show"
    helper.hears("slots.offer")
    moved = helper.call("card.book")
    assert (moved.outcome, moved.facts["day"]) == ("moved", "2026-11-23")
    assert (town.told(1), town.told(2)) == (["booked", "booked"], [])
    assert helper.nudges == 1


def test_a_new_day_is_taken_when_it_has_just_gone(town: Town) -> None:
    town.office(hours=("08:00",), daily_quota=1, hour_quota=1)
    siti = town.dials()
    request = siti.registers().facts["request"]
    town.after(days=1)
    town.misses(request)
    siti.hears("slots.offer")
    assert town.dials(2).registers("3210111508980001").outcome == "booked"
    assert siti.hears("card.book") == "taken"
    assert town.request(request).state is State.NO_SHOW


def test_a_new_day_repeated_shows_the_one_that_was_booked(town: Town) -> None:
    siti = town.dials()
    request = siti.registers().facts["request"]
    town.after(days=1)
    town.misses(request)
    siti.hears("slots.offer")
    assert [siti.hears("card.book") for _ in range(3)] == ["booked", "already", "already"]
    assert (town.taken(), town.told(1)) == (1, ["booked", "booked"])


def test_after_the_end_a_new_request_begins(town: Town) -> None:
    siti = town.dials()
    request = siti.registers().facts["request"]
    for state in (State.REFUSED, State.EXPIRED, State.WITHDRAWN, State.EMPLOYED):
        town.puts(request, state)
        again = town.dials()
        assert again.hears("applicant.read", nik=SITI) == "sound"
        assert again.known["request"] == ""


def test_while_an_officer_may_take_a_step_back_nothing_is_told_for_certain(town: Town) -> None:
    rina, line = town.hires(), town.dials()
    siti = line.registers().facts["request"]
    town.does(counter.refuse, siti, "other_region", by=rina)
    for _ in range(10):
        assert line.hears("status.tell", request=siti) == "deciding"
        town.after(seconds=1)
    assert line.hears("status.tell", request=siti) == "refused"


def test_once_it_is_taken_back_the_old_status_is_true_again(town: Town) -> None:
    rina, line = town.hires(), town.dials()
    siti = line.registers().facts["request"]
    town.does(counter.withdraw, siti, by=rina)
    takes_back(town, siti, rina)
    assert line.hears("status.tell", request=siti) == "booked"


def test_who_gives_way_to_another_phone_is_told_of_it_later_too(town: Town) -> None:
    rina = town.hires()
    holder, rival = (town.dials(last).registers().facts["request"] for last in (1, 2))
    town.does(counter.came, rival, by=rina)
    assert town.dials(1).hears("status.tell", request=holder) == "deciding"
    town.after(seconds=10)
    assert town.dials(1).hears("status.tell", request=holder) == "lapsed"
