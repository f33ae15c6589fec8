"""Who asked how it stands is answered, though it stands otherwise before the answer leaves."""

from __future__ import annotations

from datetime import date

import pytest

from domain.card import State
from services.cards import counter
from services.cards.outcomes import Undone
from services.incoming import Hearing
from sms.gateway import IncomingSms
from tests.services.cards.test_undoing import statuses, takes_back
from tests.services.cards.town import Town, number


def asks(town: Town) -> None:
    """Siti texts STATUS; the sender lags."""
    hearing = Hearing(town.database, town.vault, frozenset({"ID"}), list)
    assert hearing.hear("at", IncomingSms("1", number(1), "21512", "STATUS"), town.now)
    town.after(seconds=1)


def test_the_new_state_is_answered_when_the_step_tells_nothing_itself(town: Town) -> None:
    siti, rina = town.dials().registers().facts["request"], town.hires()
    asks(town)
    town.does(counter.withdraw, siti, by=rina)
    assert ("status_lapsed", "queued") in statuses(town)
    assert ("status_booked", "cancelled") in statuses(town)
    assert set(town.sms(1)[-1][1]) == {"place", "name"}


def test_it_is_answered_once_however_often_it_changes(town: Town) -> None:
    siti, rina = town.dials().registers().facts["request"], town.hires()
    asks(town)
    for move in (counter.came, counter.to_sign):
        town.does(move, siti, by=rina)
        town.after(seconds=1)
    asked = [one for one in statuses(town) if one[0].startswith("status_")]
    assert asked == [
        ("status_booked", "cancelled"),
        ("status_came", "cancelled"),
        ("status_signing", "queued"),
    ]


@pytest.mark.parametrize("move", ["rebook", "incomplete"])
def test_a_step_that_tells_it_by_itself_is_answer_enough(town: Town, move: str) -> None:
    siti, rina = town.dials().registers().facts["request"], town.hires()
    if move == "incomplete":
        town.does(counter.came, siti, by=rina)
    asks(town)
    args = (date(2026, 11, 26), "09:00") if move == "rebook" else ("ktp",)
    town.does(getattr(counter, move), siti, *args, by=rina)
    queued = [template for template, status in statuses(town) if status == "queued"]
    assert queued == ["booked" if move == "rebook" else "incomplete"]


def test_a_step_taken_back_answers_as_it_was(town: Town) -> None:
    siti, rina = town.dials().registers().facts["request"], town.hires()
    asks(town)
    town.does(counter.withdraw, siti, by=rina)
    assert isinstance(takes_back(town, siti, rina), Undone)
    assert town.request(siti).state is State.BOOKED
    asked = [one for one in statuses(town) if one[0].startswith("status_")]
    assert asked == [
        ("status_booked", "cancelled"),
        ("status_booked", "queued"),
        ("status_lapsed", "cancelled"),
    ]
