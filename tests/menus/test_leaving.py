"""Which flows can be gone on with after a cut, and why the others are begun anew."""

from __future__ import annotations

import pytest

from menus.definition import Ask, Book, Choose, List, StateId, flow_of
from menus.leaving import flow_left, task_of
from menus.session import Session
from tests.support.pure_phone import NIK, PurePhone

BEGUN_ANEW = {
    "change": "of a card: whoever saw it by its code must not leave it to the phone's owner",
    "data": "one wish, written down by the next key",
    "help": "one answer, written down by the next key",
    "language": "one answer, written down by the next key",
    "main": "the questions of going on themselves",
    "status": "a card seen by its code must not be left to the phone's owner",
    "visit": "part of a registration, which is gone on with; else of a card, as above",
}


def test_every_flow_that_saves_answers_is_gone_on_with_or_tells_why_not(book: Book) -> None:
    saving = {
        flow_of(at)
        for at, state in book.states.items()
        if isinstance(state, Ask | Choose | List) and state.save
    }
    assert saving - book.resumes == BEGUN_ANEW.keys()


@pytest.mark.parametrize(
    ("at", "trail", "flow", "task"),
    [
        ("register.name", (), "register", "registering"),
        ("visit.pick", ("register.name",), "visit", "registering"),
        ("callback.offer", ("main.welcome", "register.name"), "register", "registering"),
        ("callback.offer", ("vacancies.near",), "vacancies", "as_before"),
        ("info.guest", ("register.name",), "info", "as_before"),
        ("callback.offer", (), "", "as_before"),
    ],
)
def test_who_was_helped_left_what_he_was_helped_with(
    at: str, trail: tuple[str, ...], flow: str, task: str
) -> None:
    session = Session("book", at=StateId(at), trail=tuple(map(StateId, trail)))
    assert flow_left(session) == flow
    assert task_of(flow) == task


@pytest.mark.parametrize(
    "keys",
    [
        ("3", "1", "1", "3"),  # a vacancy, its terms
        ("3", "2", "1"),  # vacancies of another kind of work
        ("4", "2", "1"),  # the office and its address
        ("4", "5", "1"),  # an answer of the list
        ("4", "1", "2"),  # another service, and what to bring
    ],
)
def test_who_only_read_and_chose_is_not_asked_to_go_on(
    phone: PurePhone, keys: tuple[str, ...]
) -> None:
    phone.dials().types(*keys).cut_off().dials_again().is_at("main.welcome")


@pytest.mark.parametrize(
    ("keys", "place"),
    [
        (("3", "3", "1", "maj"), "vacancies.pick"),
        (("3", "3", "1", "maj", "1", "1"), "vacancies.jobs"),
        (("4", "1", "2", "1", "Siti"), "info.confirm"),
        (("4", "1", "2", "1", "Siti", "2"), "info.pick"),
        (("1", NIK), "register.born"),
    ],
)
def test_who_typed_something_is_asked_and_goes_on(
    phone: PurePhone, keys: tuple[str, ...], place: str
) -> None:
    phone.hears(info_service="booked").dials()
    phone.types(*keys).is_at(place).cut_off().dials_again().is_at("main.unfinished")
    phone.types("1").is_at(place)
