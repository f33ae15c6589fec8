"""A vacancy reaches people: once each, by day, in their language, and not after it was closed."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from domain import gsm7
from services.delivery import hand
from services.desk import timeline
from storage import card_requests
from tests.services.alerts.listeners import Listeners
from tests.services.alerts.people import Person, number

AT_ONCE = Person(pace="now")


def at_once(*phones: int) -> list[Person]:
    return [Person(phone=phone, pace="now") for phone in phones]


def test_an_sms_says_what_where_why_and_how_to_answer(town: Listeners) -> None:
    town.enter(AT_ONCE)
    town.opens()
    assert town.match() == 1
    ((to, text),) = town.sends()
    assert to == number(1)
    assert text == (
        "Disnaker Majalengka: Operator jahit, Majalengka. Anda minta kabar Garmen/jahit."
        " Berhenti? SMS STOP. Mau? Balas YA."
    )
    assert len(gsm7.segments(text).parts) == 1


@pytest.mark.parametrize("language", ["su", "jv", "en"])
def test_it_is_told_in_the_persons_own_language(town: Listeners, language: str) -> None:
    town.enter(Person(pace="now", language=language))
    town.opens(place="abroad", sector="anything")
    town.enter(Person(phone=2, pace="now", language=language, reach="abroad"))
    town.opens(place="abroad")
    town.match()
    told = dict(town.sends())[number(2)]
    assert "Anda" not in told
    assert "Operator jahit" in told


def test_one_phone_is_told_once_however_many_of_it_listen(town: Listeners) -> None:
    town.enter(Person(phone=1), Person(phone=1, pace="now"), Person(phone=1, pace="now"))
    town.opens()
    town.match()
    assert town.hearing() == {1}
    assert len(town.written_down()) == 1


def test_publishing_again_tells_nobody_twice_but_whoever_came_since(town: Listeners) -> None:
    town.enter(*at_once(1, 2))
    vacancy = town.opens()
    town.match()
    assert town.hearing() == {1, 2}
    town.enter(*at_once(3))
    town.opens_again(vacancy)
    town.match()
    assert town.hearing() == {3}


def test_equal_texts_leave_in_one_request_of_a_hundred(town: Listeners) -> None:
    town.enter(*at_once(*range(1, 41)))
    town.opens()
    assert town.match(at_once=7) == 40
    assert town.hearing() == set(range(1, 41))


def test_nobody_is_woken_and_the_budget_of_the_day_holds(town: Listeners) -> None:
    town.enter(*at_once(1, 2, 3)).sort()
    town.after(hours=11).under(bulk_per_day=2)  # nine in the evening
    town.opens()
    assert town.match() == 3
    assert town.hearing() == set()
    assert len(town.after(hours=11).hearing()) == 2
    assert len(town.after(hours=24).hearing()) == 1


def test_an_sms_that_waited_too_long_is_dropped(town: Listeners) -> None:
    town.enter(*at_once(1))
    town.under(bulk_per_day=0).opens()
    town.match()
    town.sends()
    town.under(bulk_per_day=100).after(days=8).sweeps()
    assert town.hearing() == set()
    assert town.statuses() == ["expired"]


def test_on_the_evening_of_its_last_day_nobody_is_told_any_more(town: Listeners) -> None:
    town.enter(*at_once(1, 2))
    town.opens(closes_on=town.now.date())
    town.match()
    town.under(bulk_per_day=1)
    assert len(town.hearing()) == 1
    assert town.under(bulk_per_day=9).after(hours=22).hearing() == set()


def test_closing_takes_back_what_has_not_left(town: Listeners) -> None:
    town.enter(*at_once(1, 2, 3))
    vacancy = town.opens()
    town.match()
    town.under(bulk_per_day=1)
    assert len(town.hearing()) == 1
    assert town.closes(vacancy) == 2
    assert town.closes(vacancy) == 0
    assert town.under(bulk_per_day=9).hearing() == set()
    assert town.statuses() == ["cancelled", "cancelled", "delivered"]


def test_what_was_closed_before_it_was_matched_reaches_nobody(town: Listeners) -> None:
    town.enter(*at_once(1))
    vacancy = town.opens()
    town.closes(vacancy)
    assert town.match() == 0
    assert town.written_down() == []


def test_whom_a_closed_vacancy_never_reached_it_reaches_when_open_again(town: Listeners) -> None:
    town.enter(*at_once(1, 2))
    vacancy = town.opens()
    town.match()
    town.under(bulk_per_day=1)
    first = town.hearing()
    town.closes(vacancy)
    town.under(bulk_per_day=9).opens_again(vacancy)
    town.match()
    assert town.hearing() == {1, 2} - first


def test_who_closes_while_a_batch_is_in_the_hand_is_heard(town: Listeners) -> None:
    town.enter(*at_once(1))
    vacancy = town.opens()
    town.match()

    def closes(place: str) -> None:
        if place == "delivery.claimed":
            town.closes(vacancy)

    assert town.sends(closes) == []
    assert town.statuses() == ["cancelled"]


def test_a_vacancy_closed_unseen_by_its_closing_is_not_sent_either(town: Listeners) -> None:
    town.enter(*at_once(1))
    vacancy = town.opens()

    def closes(_place: str) -> None:  # the worker's rows are not committed yet
        with ThreadPoolExecutor(1) as other:
            other.submit(town.puts_closed, vacancy).result(10)

    town.match(failpoint=closes)
    assert town.statuses() == ["queued"]
    assert town.hearing() == set()
    town.sweeps()
    assert town.statuses() == ["cancelled"]


def test_stop_is_in_force_before_during_and_after_matching(town: Listeners) -> None:
    town.enter(*at_once(1, 2))
    town.stops(1)
    town.opens()
    town.match()
    town.stops(2)
    assert town.hearing() == set()
    town.opens()
    assert town.match() == 0


def test_a_number_that_fell_silent_is_sent_nothing_more(town: Listeners) -> None:
    town.enter(*at_once(1, 2), Person(phone=3))
    town.falls_silent(1)
    town.opens()
    assert town.match() == 1
    assert len(town.written_down()) == 2
    town.falls_silent(2)
    assert town.hearing() == set()
    town.sweeps()
    assert town.statuses() == ["cancelled"]
    town.falls_silent(3)
    assert town.after(days=8).weekly() == 0


def test_one_that_did_not_arrive_is_sent_again_by_nobody(town: Listeners) -> None:
    (request,) = town.enter(Person(pace="now"))
    town.opens()
    town.match()
    town.sends()
    message = town.fails()
    assert not hand.resend(town.database, town.vault, message, town.now)
    with town.database.begin() as conn:
        found = card_requests.get(conn, request)
        assert found is not None
        shown = [one for one in timeline.of(conn, found, town.now) if isinstance(one, timeline.Sms)]
    assert [(one.status, one.may_resend) for one in shown] == [("failed", False)]
