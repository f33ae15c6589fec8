"""Answers and what callers say of them: "1 Puas" ends a ticket, "2 Belum" opens it again."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest

from domain.tickets import State
from services.cards.outcomes import AlreadyHandled, Unknown
from services.tickets.handling import Done, Outcome, TooLate
from storage.officers import Officer
from storage.vault import Vault
from tests.services.cards.town import SEMARANG, Town
from tests.services.tickets.complaining import (
    ANSWER,
    answers,
    complains,
    deeds,
    rows,
    takes,
    takes_back,
)


def answered(town: Town, last: int = 1) -> str:
    """A complaint and its answer; give the code."""
    code = complains(town.dials(last))
    town.after(hours=1)
    assert answers(town, town.hires(), rows(town)[-1]) == Done(sms=True)
    return code


def test_an_answer_closes_and_asks_whether_it_helped(town: Town) -> None:
    code = answered(town)
    assert town.sms(1)[-1][1] == {
        "place": "Disnaker Majalengka",
        "code": code,
        "said": ANSWER,
    }
    siti = town.dials(1)
    assert siti.hears("tickets.begin") == "rate"
    assert (siti.known["code"], siti.known["said"]) == (code, ANSWER)
    assert siti.hears("tickets.rate", satisfied="yes") == "content"
    (row,) = rows(town)
    assert (row.state, row.satisfied) == (State.CLOSED, True)
    assert town.dials(1).hears("tickets.begin") == "some"


def test_not_yet_opens_it_again_with_a_new_clock(town: Town) -> None:
    code = answered(town)
    town.after(hours=50)
    siti = town.dials(1)
    assert siti.hears("tickets.begin") == "rate"
    assert siti.hears("tickets.rate", satisfied="no") == "reopened"
    (row,) = rows(town)
    assert (row.state, row.satisfied, row.reopened) == (State.NEW, False, 1)
    assert row.due_at == town.now + timedelta(hours=72)
    assert answers(town, town.hires(), row) == Done(sms=True)
    again = town.dials(1)
    assert again.hears("tickets.begin") == "rate"
    assert again.hears("tickets.rate", satisfied="yes", code=code) == "content"
    assert deeds(town) == [
        "ticket.filed",
        "ticket.answered",
        "ticket.reopened",
        "ticket.answered",
        "ticket.content",
    ]


def test_who_says_it_twice_changes_nothing_and_hears_the_same(town: Town) -> None:
    code = answered(town)
    for _ in range(2):
        assert town.dials(1).hears("tickets.rate", code=code, satisfied="no") == "reopened"
    assert rows(town)[0].reopened == 1
    assert town.dials(1).hears("tickets.rate", code=code, satisfied="yes") == "over"


def test_nobody_judges_an_old_answer_or_anothers(town: Town) -> None:
    code = answered(town)
    assert town.dials(2).hears("tickets.rate", code=code, satisfied="no") == "over"
    town.after(days=7)
    assert town.dials(1).hears("tickets.rate", code=code, satisfied="no") == "over"
    assert town.dials(1).hears("tickets.begin") == "some"


@pytest.mark.parametrize(("hours", "told"), [(1, "new"), (71.9, "new"), (72, "late")])
def test_how_a_ticket_stands_while_it_waits(town: Town, hours: float, told: str) -> None:
    code = complains(town.dials(1))
    town.after(hours=hours)
    siti = town.dials(1)
    assert siti.hears("tickets.mine") == "one"
    assert siti.call("tickets.tell").outcome == told
    assert siti.known["code"] == code
    if told == "new":
        assert siti.known["last_day"] == "2026-11-25"


def test_how_a_ticket_stands_once_somebody_is_at_it(town: Town) -> None:
    code = complains(town.dials(1))
    takes(town, town.hires(), rows(town)[0])
    assert town.dials(1).hears("tickets.tell", code=code) == "working"
    answers(town, town.hires(), rows(town)[0])
    assert town.dials(1).hears("tickets.tell", code=code) == "rate"
    town.dials(1).hears("tickets.rate", code=code, satisfied="yes")
    assert town.dials(1).hears("tickets.tell", code=code) == "closed"


def test_a_code_tells_nothing_to_another_number_nor_after_half_a_year(town: Town) -> None:
    code = complains(town.dials(1))
    assert town.dials(2).hears("tickets.tell", code=code) == "none"
    assert town.dials(2).hears("tickets.mine") == "none"
    town.after(days=184)
    assert town.dials(1).hears("tickets.tell", code=code) == "none"
    assert town.dials(1).hears("tickets.begin") == "fresh"


def test_of_two_officers_one_answers_and_the_other_is_told(town: Town) -> None:
    complains(town.dials(1))
    (ticket,) = rows(town)
    rina, dedi = town.hires("Ibu Rina"), town.hires("Pak Dedi")
    start = Barrier(2)

    def says(officer: Officer) -> Outcome:
        start.wait()
        return answers(town, officer, ticket)

    with ThreadPoolExecutor(2) as at_once:
        outcomes = list(at_once.map(says, (rina, dedi)))
    (handled,) = [one for one in outcomes if isinstance(one, AlreadyHandled)]
    assert handled.what == "ticket.closed"
    assert handled.by == rows(town)[0].officer
    assert sorted(town.told(1)) == ["ticket_closed", "ticket_filed"]


def test_a_second_press_of_one_button_is_no_conflict(town: Town) -> None:
    complains(town.dials(1))
    rina, (ticket,) = town.hires(), rows(town)
    assert takes(town, rina, ticket) == takes(town, rina, ticket) == Done()
    (ticket,) = rows(town)
    assert answers(town, rina, ticket) == Done(sms=True)
    assert answers(town, rina, ticket) == Done(sms=True)
    assert deeds(town) == ["ticket.filed", "ticket.taken", "ticket.answered"]


def test_an_answer_is_taken_back_within_ten_seconds_and_given_anew(town: Town) -> None:
    complains(town.dials(1))
    rina, (ticket,) = town.hires(), rows(town)
    answers(town, rina, ticket)
    town.after(seconds=9)
    assert takes_back(town, rina, rows(town)[0]) == Done()
    (ticket,) = rows(town)
    assert (ticket.state, ticket.answer_sealed) == (State.WORKING, None)
    assert town.dials(1).hears("tickets.begin") == "some"
    assert answers(town, rina, ticket, "Besok dibuka.") == Done(sms=True)
    town.after(seconds=10)
    assert takes_back(town, rina, rows(town)[0]) == TooLate()


def test_another_offices_ticket_is_nowhere(town: Town) -> None:
    complains(town.dials(1))
    (ticket,) = rows(town)
    dewi = town.hires("Ibu Dewi", SEMARANG)
    for does in (takes, answers, takes_back):
        assert does(town, dewi, ticket) == Unknown()


def test_a_number_whose_key_is_lost_stops_nobodys_work(town: Town) -> None:
    complains(town.dials(1))
    town.vault = Vault(data_keys={"t2": b"9" * 32}, current="t2", index_key=b"2" * 32)
    assert answers(town, town.hires(), rows(town)[0]) == Done(sms=False)
