"""Officers' moves: one table, one winner, one SMS, no gap in the numbers."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any

import pytest

from domain.card import MOVES, State
from services.cards import counter, previewing
from sms.gateway import Line as SmsLine
from sms.templates import render
from storage import cards as stored_cards
from tests.services.cards.town import BUDI, SEMARANG, SITI, TEMBALANG, Town, nik


def booked(town: Town, last: int = 1, **who: str) -> str:
    """The request of somebody who has just called."""
    return town.dials(last).registers(**who).facts["request"]


def number_of(town: Town, request_id: str) -> str:
    """The number of the card that was issued."""
    with town.database.begin() as conn:
        card = stored_cards.of_request(conn, request_id)
    assert card
    return card.number


def test_one_visit_makes_the_card(town: Town) -> None:
    rina, siti = town.hires(), booked(town)
    town.after(days=1)
    assert town.does(counter.came, siti, "SITI AMINAH", by=rina) == counter.Moved(State.CAME, 3)
    assert town.does(counter.issue, siti, by=rina) == counter.Moved(State.ISSUED, 4)
    row = town.request(siti)
    assert (row.came_at, row.seen_ktp_at, row.issued_at) == (town.now, town.now, town.now)
    assert (row.full_name_folded, row.expires_on) == ("siti aminah", date(2028, 11, 23))
    assert row.next_report_on == date(2027, 5, 23)
    assert number_of(town, siti) == "3210231126000001"
    assert town.told(1) == ["booked"]
    assert town.audited(siti) == ["card.requested", "card.booked", "card.came", "card.issued"]


def test_who_lacks_papers_comes_back_without_a_new_slot(town: Town) -> None:
    rina, siti = town.hires(), booked(town)
    town.does(counter.came, siti, "SITI AMINAH", by=rina)
    outcome = town.does(counter.incomplete, siti, "diploma,photo2", by=rina)
    assert outcome == counter.Moved(State.INCOMPLETE, 4, sms=True)
    assert town.sms(1)[1] == (
        "incomplete",
        {
            "place": "Disnaker Majalengka",
            "name": "Siti",
            "missing": "diploma,photo2",
            "open": "1-5 08:00-15:00",
        },
    )
    town.after(days=3)
    assert town.does(counter.came, siti, by=rina) == counter.Moved(State.CAME, 5)
    back = town.request(siti)
    assert (back.missing, back.full_name, town.taken()) == (None, "SITI AMINAH", 1)


def test_a_card_that_waits_for_a_signature_is_told_when_it_is_ready(town: Town) -> None:
    rina, siti = town.hires(), booked(town)
    for move in (counter.came, counter.to_sign, counter.ready):
        assert isinstance(town.does(move, siti, by=rina), counter.Moved)
    assert town.told(1) == ["booked", "ready"]
    assert town.request(siti).ready_at == town.now
    assert isinstance(town.does(counter.issue, siti, by=rina), counter.Moved)


def test_a_refusal_says_why_and_gives_the_slot_back(town: Town) -> None:
    rina, siti = town.hires(), booked(town)
    outcome = town.does(counter.refuse, siti, "other_region", by=rina)
    assert outcome == counter.Moved(State.REFUSED, 3, sms=True)
    assert town.sms(1)[1][1]["reason"] == "other_region"
    assert town.sms(1)[1][1]["phone"] == "0233 000000"
    assert town.taken() == 0
    assert not town.request(siti).holds_slot
    assert town.dials().hears("applicant.read", nik=SITI) == "sound"


def test_withdrawing_gives_the_slot_back_and_tells_nobody(town: Town) -> None:
    siti = booked(town)
    assert town.does(counter.withdraw, siti, by=town.hires()) == counter.Moved(State.WITHDRAWN, 3)
    assert (town.taken(), town.told(1)) == (0, ["booked"])


def test_a_slot_that_was_used_stays_used(town: Town) -> None:
    rina, siti = town.hires(), booked(town)
    town.does(counter.came, siti, by=rina)
    town.does(counter.withdraw, siti, by=rina)
    assert town.taken() == 1


def test_the_second_officer_hears_who_was_first(town: Town) -> None:
    rina, dedi, siti = town.hires("Ibu Rina"), town.hires("Pak Dedi"), booked(town)
    town.does(counter.came, siti, by=rina, version=2)
    late = town.does(counter.came, siti, by=dedi, version=2)
    assert late == counter.AlreadyHandled("Ibu Rina", "came", town.now)


def test_an_officer_who_is_late_after_the_applicant_hears_that_too(town: Town) -> None:
    line, rina = town.dials(), town.hires()
    siti = line.registers().facts["request"]
    late = town.does(counter.came, siti, by=rina, version=1)
    assert late == counter.AlreadyHandled(None, "booked", town.now)


def test_of_ten_officers_at_once_one_refuses_and_one_sms_goes_out(town: Town) -> None:
    siti = booked(town)
    officers = [town.hires(f"Petugas {n}") for n in range(10)]

    def refuses(officer: Any) -> counter.Outcome:
        return town.does(counter.refuse, siti, "duplicate", by=officer, version=2)

    with ThreadPoolExecutor(10) as at_once:
        outcomes = list(at_once.map(refuses, officers))
    assert sum(isinstance(outcome, counter.Moved) for outcome in outcomes) == 1
    assert sum(isinstance(outcome, counter.AlreadyHandled) for outcome in outcomes) == 9
    assert town.told(1) == ["booked", "refused"]
    assert town.audited(siti).count("card.refused") == 1


def test_another_office_sees_nothing(town: Town) -> None:
    stranger, siti = town.hires(office=SEMARANG), booked(town)
    assert town.does(counter.came, siti, by=stranger) == counter.Unknown()
    rina = town.hires()
    nobody = "00000000-0000-4000-8000-000000000000"
    assert town.does(counter.came, nobody, by=rina, version=1) == counter.Unknown()


MOVES_BY_HAND = (
    (counter.came, State.CAME, ()),
    (counter.incomplete, State.INCOMPLETE, ("ktp",)),
    (counter.to_sign, State.SIGNING, ()),
    (counter.ready, State.READY, ()),
    (counter.issue, State.ISSUED, ()),
    (counter.refuse, State.REFUSED, ("duplicate",)),
    (counter.withdraw, State.WITHDRAWN, ()),
    (counter.report, State.REPORTED, ()),
    (counter.employed, State.EMPLOYED, ()),
)


@pytest.mark.parametrize("state", sorted(State))
def test_only_what_the_table_allows_is_done(town: Town, state: State) -> None:
    rina, siti = town.hires(), booked(town)
    for move, then, args in MOVES_BY_HAND:
        town.puts(siti, state)
        town.after(days=1)
        outcome = town.does(move, siti, *args, by=rina)
        if then in MOVES[state]:
            assert isinstance(outcome, counter.Moved), (state, then)
        else:
            assert outcome == counter.NotAllowed(state)
        town.forget_card(siti)


@pytest.mark.parametrize("empty", ["", " ", ",", " , "])
def test_a_lack_must_be_named_and_a_refusal_must_say_why(town: Town, empty: str) -> None:
    rina, siti = town.hires(), booked(town)
    town.does(counter.came, siti, by=rina)
    with pytest.raises(ValueError, match="missing"):
        town.does(counter.incomplete, siti, empty, by=rina)
    with pytest.raises(ValueError, match="why"):
        town.does(counter.refuse, siti, empty.replace(",", ""), by=rina)


def test_an_officer_gives_another_day(town: Town) -> None:
    rina, siti = town.hires(), booked(town)
    thursday = date(2026, 11, 26)
    outcome = town.does(counter.rebook, siti, thursday, "10:00", by=rina)
    assert outcome == counter.Moved(State.BOOKED, 3, sms=True)
    assert town.sms(1)[1][1]["day"] == "2026-11-26"
    assert town.taken() == 1
    assert town.does(counter.rebook, siti, thursday, "12:00", by=rina) == counter.Taken()
    town.office(hours=("08:00",), hour_quota=1, daily_quota=1)
    booked(town, 2, nik=BUDI)
    monday = date(2026, 11, 23)
    assert town.does(counter.rebook, siti, monday, "08:00", by=rina) == counter.Taken()
    assert town.request(siti).hour == "10:00"


def test_numbers_of_an_office_and_day_have_no_gap_whatever_happens_at_once(town: Town) -> None:
    rina = town.hires()
    people = [booked(town, n, nik=nik(n)) for n in range(1, 13)]
    for person in people:
        town.does(counter.came, person, by=rina)

    def hands_over(person: str) -> None:
        if people.index(person) % 3 == 0:
            with pytest.raises(RuntimeError, match="power cut"):
                town.does(_and_dies, person, by=rina)
        town.does(counter.issue, person, by=rina)

    with ThreadPoolExecutor(6) as at_once:
        list(at_once.map(hands_over, people))
    numbers = sorted(number_of(town, person) for person in people)
    assert numbers == [f"3210221126{n:06}" for n in range(1, 13)]


def _and_dies(desk: counter.Desk, request_id: str, version: int) -> None:
    counter.issue(desk, request_id, version)
    raise RuntimeError("power cut")


def test_numbers_begin_anew_each_local_day(town: Town) -> None:
    rina = town.hires()
    for day, serial in enumerate((1, 2), 22):
        person = booked(town, serial, nik=nik(serial))
        town.does(counter.came, person, by=rina)
        town.does(counter.issue, person, by=rina)
        assert number_of(town, person) == f"3210{day}1126000001"
        town.after(hours=15)


def test_an_office_that_does_not_number_types_the_number_once(town: Town) -> None:
    dewi = town.hires("Ibu Dewi", SEMARANG)
    people = [booked(town, n, nik=nik(n), home=TEMBALANG) for n in (1, 2)]
    for person in people:
        town.does(counter.came, person, by=dewi)
    for bad in (None, "", "  ", "<b>", "-1", "x" * 33):
        assert town.does(counter.issue, people[0], bad, by=dewi) == counter.BadNumber()
    assert isinstance(town.does(counter.issue, people[0], " AK1/2026-7 ", by=dewi), counter.Moved)
    assert number_of(town, people[0]) == "AK1/2026-7"
    assert town.does(counter.issue, people[1], "AK1/2026-7", by=dewi) == counter.NumberTaken(
        "AK1/2026-7"
    )
    assert town.request(people[1]).state is State.CAME


def test_a_number_typed_before_the_office_numbered_its_own_is_passed_over(town: Town) -> None:
    rina = town.hires()
    people = [booked(town, n, nik=nik(n)) for n in (1, 2, 3)]
    for person in people:
        town.does(counter.came, person, by=rina)
    town.office(card_source="external")
    town.does(counter.issue, people[0], "3210221126000002", by=rina)
    town.office(card_source="own")
    for person in people[1:]:
        assert isinstance(town.does(counter.issue, person, by=rina), counter.Moved)
    numbers = [number_of(town, person)[-1] for person in people]
    assert numbers == ["2", "1", "3"]


def test_an_office_that_numbers_its_own_types_none(town: Town) -> None:
    rina, siti = town.hires(), booked(town)
    town.does(counter.came, siti, by=rina)
    assert town.does(counter.issue, siti, "123", by=rina) == counter.BadNumber()


def test_a_holder_reports_and_later_finds_work(town: Town) -> None:
    rina, siti = town.hires(), booked(town)
    town.does(counter.came, siti, by=rina)
    town.does(counter.issue, siti, by=rina)
    for months, ahead in ((183, date(2027, 11, 22)), (183, date(2028, 5, 22)), (183, None)):
        town.after(days=months)
        town.puts(siti, State.REPORT_DUE)
        assert isinstance(town.does(counter.report, siti, by=rina), counter.Moved)
        assert town.request(siti).next_report_on == ahead
    town.does(counter.employed, siti, by=rina)
    assert town.request(siti).state is State.EMPLOYED


def test_an_officer_sees_the_sms_before_it_is_sent(town: Town) -> None:
    rina, siti = town.hires(), booked(town)
    town.does(counter.came, siti, by=rina)
    with town.database.begin() as conn:
        told = previewing.preview(conn, siti, State.INCOMPLETE, missing="diploma")
        nothing = previewing.preview(conn, siti, State.CAME)
    assert told
    town.does(counter.incomplete, siti, "diploma", by=rina)
    assert (told.template, dict(told.facts)) == town.sms(1)[1]
    assert nothing is None
    line = SmsLine(can_receive=False, sender=None, receipts=True, batch=1, ussd="")
    assert "ijazah" in render(told.template, told.facts, told.language, line)
