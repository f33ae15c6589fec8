"""A move that settled whose a NIK is, taken back: all who asked for it stand as before."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from domain.card import State
from services.cards import counter
from services.cards.outcomes import Contested, Undone
from tests.services.cards.test_undoing import as_before, booked, takes_back
from tests.services.cards.town import JATIWANGI, SITI, Town


def contest(town: Town) -> tuple[str, str]:
    """Siti's NIK is asked for by two phones; the first holds it."""
    return booked(town), booked(town, 2, nik=SITI, home=JATIWANGI)


def test_who_moved_up_steps_down_again(town: Town) -> None:
    rina = town.hires()
    holder, rival = contest(town)
    before = town.request(holder), town.request(rival)
    town.after(minutes=1)
    town.does(counter.withdraw, holder, by=rina)
    assert town.request(rival).state is State.BOOKED
    assert isinstance(takes_back(town, holder, rina), Undone)
    assert as_before(town, holder, before[0])
    assert as_before(town, rival, before[1])
    assert town.taken() == 1
    assert town.audited(rival)[-1] == "card.undone"


@pytest.mark.parametrize("move", [counter.keep, counter.came])
def test_who_had_to_give_way_comes_back(town: Town, move: Any) -> None:
    rina = town.hires()
    holder, rival = contest(town)
    third = booked(town, 3, nik=SITI)
    before = [town.request(one) for one in (holder, rival, third)]
    town.after(minutes=1)
    assert isinstance(town.does(move, rival, by=rina), counter.Moved)
    assert town.request(holder).state is State.WITHDRAWN
    assert isinstance(takes_back(town, rival, rina), Undone)
    for old in before:
        now = town.request(old.id)
        assert replace(now, version=old.version) == old
    assert town.taken() == 1


def test_a_nik_that_was_asked_for_again_is_not_taken_from_who_has_it(town: Town) -> None:
    rina, siti = town.hires(), booked(town)
    town.does(counter.withdraw, siti, by=rina)
    newcomer = booked(town, 2)
    assert takes_back(town, siti, rina) == Contested(newcomer)
    assert town.request(siti).state is State.WITHDRAWN
    assert town.taken() == 1


def test_who_asks_for_the_nik_meanwhile_is_in_nobodys_way(town: Town) -> None:
    rina, siti = town.hires(), booked(town)
    town.does(counter.came, siti, by=rina)
    newcomer = booked(town, 2)
    assert isinstance(takes_back(town, siti, rina), Undone)
    assert town.request(newcomer).contested_with == siti
