"""F32: two presses, two officers, a stale tab: one step, and the second hears who was first."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

import pytest

from tests.faults.counter import SARI, TONO, case, history, sits_down
from tests.faults.judging import Judge
from tests.faults.line import at_once
from tests.faults.people import Person
from tests.faults.stack import Stack
from tests.support.visitor import Visitor

_ROUNDS = 300


@dataclass(frozen=True, slots=True)
class Press:
    """What a button of an open page would send, before it is pressed."""

    sari: Visitor
    path: str
    fields: dict[str, str]

    def __call__(self) -> tuple[int, str]:
        """Press it: the status and where it leads, or what the page says."""
        answer = self.sari.client.post(self.path, data=self.fields)
        return answer.status_code, answer.headers.get("Location") or answer.text


def _button(officer: Visitor, page: str, name: str, **filled: str) -> Press:
    officer.opens(page)
    form = next(form for form in officer.page.forms if form.action.endswith(name))
    return Press(officer, form.action, form.fields | filled)


def _came(officer: Visitor, page: str) -> Press:
    return _button(officer, page, "/came", full_name="Siti Aminah", ktp="seen")


@pytest.fixture(scope="module")
def officers(open_town: Stack) -> tuple[Visitor, Visitor, Visitor]:
    """Sari, Sari at a second window, and Tono."""
    return sits_down(open_town, SARI), sits_down(open_town, SARI), sits_down(open_town, TONO)


def test_a_double_click_makes_one_step(
    open_town: Stack,
    officers: tuple[Visitor, Visitor, Visitor],
    scale: Callable[[int], int],
) -> None:
    for number in range(scale(_ROUNDS)):
        page = case(open_town, Person(3200 + number))
        press = _came(officers[0], page)
        again = Press(officers[1], press.path, _came(officers[1], page).fields)

        answers = at_once(press, again)

        assert [status for status, _ in answers] == [303, 303], answers
        assert history(open_town, page).count("card.came") == 1


def test_of_two_officers_one_is_first_and_the_other_hears_who(
    open_town: Stack,
    tells: Callable[[str], None],
    officers: tuple[Visitor, Visitor, Visitor],
    scale: Callable[[int], int],
) -> None:
    sari, _, tono = officers
    told = 0
    for number in range(scale(_ROUNDS)):
        page = case(open_town, Person(3600 + number))

        answers = at_once(_came(sari, page), _came(tono, page))

        assert sorted(status for status, _ in answers) == [303, 409], answers
        second = next(said for status, said in answers if status == 409)
        first = "Tono" if answers[1][0] == 303 else "Sari"
        assert "Sudah ditangani oleh" in second
        assert first in second
        assert history(open_town, page).count("card.came") == 1
        told += 1
    tells(f"F32: {told} races of two officers, {told} steps, {told} told who was first")


def test_opposite_steps_at_once_make_one_of_them(
    open_town: Stack, officers: tuple[Visitor, Visitor, Visitor]
) -> None:
    sari, _, tono = officers
    page = case(open_town, Person(3990))
    withdraw = _button(tono, f"{page}/withdraw", "/withdraw")

    answers = at_once(_came(sari, page), withdraw)

    assert sorted(status for status, _ in answers) == [303, 409], answers
    done = {"card.came", "card.withdrawn"} & set(history(open_town, page))
    assert len(done) == 1, history(open_town, page)


def test_a_stale_tab_is_told_and_changes_nothing(
    open_town: Stack, officers: tuple[Visitor, Visitor, Visitor]
) -> None:
    sari, _, tono = officers
    page = case(open_town, Person(3991))
    stale = _came(tono, page)
    assert _came(sari, page)()[0] == 303
    assert _button(sari, page, "/issue")()[0] == 303
    before = history(open_town, page)

    status, said = stale()

    assert status == 409
    assert "Sudah ditangani oleh Sari" in said
    assert history(open_town, page) == before


def test_afterwards_every_invariant_holds(open_town: Stack, judge: Judge) -> None:
    judge("F32 two officers", open_town, lifted=time.monotonic())
