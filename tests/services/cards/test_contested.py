"""Two phones, one NIK: no stranger learns whose it is, and the counter settles it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from functools import partial

import pytest

from domain.card import State
from menus.events import Answered
from services.cards import counter
from tests.services.cards.town import BUDI, SEMARANG, SITI, TEMBALANG, Line, Town, nik

# What differs from one honest registration to the next.
_OWN = {"request", "code"}


def shown(answered: Answered) -> tuple[str, dict[str, str]]:
    """What an answer shows, without what is every request's own."""
    facts = {name: value for name, value in answered.facts.items() if name not in _OWN}
    return answered.outcome, facts


def call_by_call(line: Line, nik: str) -> list[tuple[str, dict[str, str]]]:
    """All that a phone is told from the NIK to the end, and when it dials again."""
    told = [line.call("applicant.read", nik=nik, name="Ani")]
    told += [line.call("home.suggest"), line.call("home.office")]
    told += [line.call("slots.offer"), line.call("card.book")]
    told += [line.call("caller.recognise"), line.call("status.tell")]
    told += [line.call("card.find", birth_date="1998-08-15")]
    told += [line.call("applicant.read"), line.call("alerts.consent")]
    return [shown(answered) for answered in told]


def test_to_a_stranger_a_held_nik_is_as_a_new_one_from_the_first_call_to_the_last(
    town: Town,
) -> None:
    town.dials(1).registers(SITI)
    stranger, honest = town.dials(2), town.dials(3)
    of_held = call_by_call(stranger, SITI)
    of_new = call_by_call(honest, SITI[:-1] + "2")
    assert of_held == of_new
    messages_of_held, messages_of_new = town.sms(2), town.sms(3)
    for sent in (messages_of_held, messages_of_new):
        [(template, facts)] = sent
        assert template == "booked"
        assert facts["name"] == "Ani"
    assert messages_of_held[0][1].keys() == messages_of_new[0][1].keys()
    assert stranger.known["code"] != honest.known["code"]


def test_the_stranger_is_told_a_day_but_takes_no_place(town: Town) -> None:
    held = town.request(town.dials(1).registers().facts["request"])
    row = town.request(town.dials(2).registers().facts["request"])
    assert (row.state, row.contested_with, row.holds_slot) == (State.REQUESTED, held.id, False)
    assert row.day
    assert row.hour
    assert town.taken() == 1
    assert town.audited(row.id) == ["card.requested", "card.contested"]


def test_a_full_hour_is_taken_for_the_stranger_too(town: Town) -> None:
    town.dials(1).registers(SITI)
    stranger, honest = town.dials(2).chooses(SITI), town.dials(3).chooses(BUDI, "Budi")
    for last in range(9):
        town.dials(10 + last).registers(nik(100 + last))
    assert stranger.hears("card.book") == honest.hears("card.book") == "taken"


def test_the_held_number_hears_of_it_once_a_day(town: Town) -> None:
    town.dials(1).registers()
    for last in (2, 3):
        assert town.dials(last).registers().outcome == "booked"
    assert town.told(1) == ["booked", "nik_used"]
    assert town.sms(1)[1][1] == {"place": "Disnaker Majalengka", "phone": "0233 000000"}
    town.after(days=1)
    town.dials(4).registers()
    assert town.told(1) == ["booked", "nik_used", "nik_used"]


def test_the_held_number_hears_from_its_own_office(town: Town) -> None:
    town.dials(1).registers()
    town.dials(2).registers(home=TEMBALANG)
    assert town.sms(1)[1][1]["place"] == "Disnaker Majalengka"
    assert town.taken(SEMARANG) == 0


def test_of_two_phones_at_once_one_holds_the_nik(town: Town) -> None:
    lines = [town.dials(n).chooses() for n in range(1, 9)]
    with ThreadPoolExecutor(8) as at_once:
        answers = list(at_once.map(lambda line: line.call("card.book"), lines))
    rows = [town.request(answer.facts["request"]) for answer in answers]
    [holder] = [row for row in rows if row.contested_with is None]
    assert holder.state is State.BOOKED
    assert {row.contested_with for row in rows if row is not holder} == {holder.id}
    assert town.taken() == 1


def test_who_comes_with_the_ktp_holds_the_nik_and_the_other_gives_way(town: Town) -> None:
    rina = town.hires()
    first = town.dials(1).registers().facts["request"]
    second = town.dials(2).registers().facts["request"]
    third = town.dials(3).registers().facts["request"]
    outcome = town.does(counter.came, second, "SITI AMINAH", by=rina)
    assert isinstance(outcome, counter.Moved)
    assert town.request(first).state is State.WITHDRAWN
    came = town.request(second)
    assert (came.state, came.contested_with, came.full_name) == (State.CAME, None, "SITI AMINAH")
    assert town.request(third).contested_with == second
    assert town.taken() == 0


def test_who_was_seen_at_the_counter_does_not_give_way_unasked(town: Town) -> None:
    rina = town.hires()
    first = town.dials(1).registers().facts["request"]
    second = town.dials(2).registers().facts["request"]
    town.does(counter.came, first, by=rina)
    assert town.does(counter.came, second, by=rina) == counter.Contested(first)
    assert town.request(second).state is State.REQUESTED


def test_no_card_is_made_before_it_is_settled_whose_nik_it_is(town: Town) -> None:
    rina = town.hires()
    first = town.dials(1).registers().facts["request"]
    second = town.dials(2).registers().facts["request"]
    town.does(counter.came, first, by=rina)
    assert town.does(counter.issue, first, by=rina) == counter.Contested(second)
    assert isinstance(town.does(counter.keep, first, by=rina), counter.Moved)
    assert town.request(second).state is State.WITHDRAWN
    assert isinstance(town.does(counter.issue, first, by=rina), counter.Moved)


def test_keeping_the_later_one_books_its_day(town: Town) -> None:
    rina = town.hires()
    first = town.dials(1).registers().facts["request"]
    second = town.dials(2).registers().facts["request"]
    third = town.dials(3).registers().facts["request"]
    outcome = town.does(counter.keep, second, by=rina)
    assert isinstance(outcome, counter.Moved)
    assert outcome.state is State.BOOKED
    assert town.request(first).state is town.request(third).state is State.WITHDRAWN
    kept = town.request(second)
    assert (kept.holds_slot, kept.contested_with, kept.seen_ktp_at) == (True, None, town.now)
    assert town.taken() == 1


@pytest.mark.parametrize("end", [counter.withdraw, partial(counter.refuse, reason="wrong_nik")])
def test_when_the_holder_ends_the_next_one_moves_up(town: Town, end: object) -> None:
    rina = town.hires()
    first = town.dials(1).registers().facts["request"]
    second = town.dials(2).registers().facts["request"]
    town.after(minutes=1)
    third = town.dials(3).registers().facts["request"]
    town.does(end, first, by=rina)
    heir, last = town.request(second), town.request(third)
    assert (heir.state, heir.contested_with, heir.holds_slot) == (State.BOOKED, None, True)
    assert last.contested_with == second
    assert town.taken() == 1


def test_an_heir_whose_hour_is_full_waits_for_an_officer(town: Town) -> None:
    rina = town.hires()
    town.office(daily_quota=6, hour_quota=1)
    stranger = town.dials(2).chooses(BUDI)
    first = town.dials(1).registers(BUDI, home=TEMBALANG).facts["request"]
    second = stranger.call("card.book").facts["request"]
    town.dials(3).registers(SITI)  # takes the hour that the stranger was told
    town.does(counter.withdraw, first, by=town.hires(office=SEMARANG))
    assert town.request(second).state is State.REQUESTED
    assert town.request(second).contested_with is None
    assert isinstance(town.does(counter.came, second, by=rina), counter.Moved)


def test_a_stranger_who_missed_his_day_may_choose_another_like_anybody(town: Town) -> None:
    town.dials(1).registers()
    stranger = town.dials(2)
    row = town.request(stranger.registers().facts["request"])
    town.after(days=1)
    town.misses(row.id)
    assert stranger.hears("status.tell") == "no_show"
    assert stranger.hears("slots.offer") == "free"
    assert stranger.call("card.book").facts["code"] == row.code
    again = town.request(row.id)
    assert (again.state, again.holds_slot) == (State.REQUESTED, False)
    assert stranger.hears("status.tell") == "booked"
    assert town.taken() == 1


def test_a_stranger_who_chooses_another_day_books_it_once_the_holder_is_gone(town: Town) -> None:
    first = town.dials(1).registers().facts["request"]
    stranger = town.dials(2)
    second = stranger.registers().facts["request"]
    rina = town.hires()
    town.after(days=1)
    town.misses(second)
    town.does(counter.withdraw, first, by=rina)
    stranger.hears("slots.offer")
    assert stranger.hears("card.book") == "booked"
    assert town.request(second).state is State.BOOKED
    assert town.request(second).contested_with is None


def test_an_officer_moves_a_contested_visit_without_taking_room(town: Town) -> None:
    town.dials(1).registers()
    second = town.dials(2).registers().facts["request"]
    outcome = town.does(counter.rebook, second, date(2026, 11, 24), "09:00", by=town.hires())
    assert outcome == counter.Moved(State.REQUESTED, 2, sms=True)
    assert (town.taken(), town.told(2)) == (1, ["booked", "booked"])
    assert town.audited(second)[-1] == "card.rebooked"


def test_no_reason_told_to_a_stranger_speaks_of_the_holder(town: Town) -> None:
    rina = town.hires()
    first = town.dials(1).registers().facts["request"]
    second = town.dials(2).registers().facts["request"]
    for reason in ("duplicate", "has_card"):
        assert town.does(counter.refuse, second, reason, by=rina) == counter.Contested(first)
    assert town.told(2) == ["booked"]
    assert isinstance(town.does(counter.refuse, second, "wrong_nik", by=rina), counter.Moved)
    assert town.request(first).state is State.BOOKED


def test_no_reason_told_to_who_was_first_speaks_of_who_came_after(town: Town) -> None:
    rina = town.hires()
    first = town.dials(1).registers().facts["request"]
    second = town.dials(2).registers().facts["request"]
    for reason in ("duplicate", "has_card"):
        assert town.does(counter.refuse, first, reason, by=rina) == counter.Contested(second)
    assert "refused" not in town.told(1)
    town.does(counter.withdraw, second, by=rina)
    assert isinstance(town.does(counter.refuse, first, "duplicate", by=rina), counter.Moved)


@pytest.mark.parametrize("end", [State.WITHDRAWN, State.REFUSED, State.EXPIRED, State.EMPLOYED])
def test_what_has_ended_is_not_kept(town: Town, end: State) -> None:
    rina = town.hires()
    first = town.dials(1).registers().facts["request"]
    second = town.dials(2).registers().facts["request"]
    town.puts(second, end)
    assert town.does(counter.keep, second, by=rina) == counter.NotAllowed(end)
    assert town.request(first).state is State.BOOKED


def test_two_phones_with_each_others_nik_at_once_both_get_their_ending(town: Town) -> None:
    """Siti's phone holds Siti's NIK and Budi's his; now each asks for a card for the other."""
    for turn in range(6):
        ours, theirs = nik(20 + turn), nik(40 + turn)
        one, two = 2 * turn + 1, 2 * turn + 2
        town.dials(one).registers(ours, "Siti")
        town.dials(two).registers(theirs, "Budi")
        lines = town.dials(one).chooses(theirs, "Budi"), town.dials(two).chooses(ours, "Siti")
        with ThreadPoolExecutor(2) as at_once:
            answers = list(at_once.map(lambda line: line.call("card.book"), lines))
        assert [answer.outcome for answer in answers] == ["booked", "booked"]
        rows = [town.request(answer.facts["request"]) for answer in answers]
        assert all(row.state is State.REQUESTED and not row.holds_slot for row in rows)
        assert sorted(town.told(one)) == sorted(town.told(two)) == ["booked", "booked", "nik_used"]
    assert town.taken() == 12


def test_a_held_nik_costs_as_many_statements_as_a_new_one(town: Town) -> None:
    town.dials(1).registers(SITI)
    costs = []
    for line in (town.dials(2).chooses(SITI), town.dials(3).chooses(BUDI, "Budi")):
        with town.counting() as statements:
            assert line.hears("card.book") == "booked"
        costs.append(len(statements))
    assert abs(costs[0] - costs[1]) <= 1
