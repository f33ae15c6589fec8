"""F19: a callback that comes again, at once, eight times or much later, hears the same words."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial

from tests.faults.judging import Judge
from tests.faults.line import Answer, at_once, form, posts
from tests.faults.people import Person
from tests.faults.stack import Stack
from tests.support.processes import until

_ROUNDS = 300
_AT_ONCE = 8
_LATER = 10  # seconds
_STANDS = (
    "SELECT (SELECT count(*) FROM card_requests WHERE phone_last4 = %s),"
    " (SELECT count(*) FROM messages m JOIN card_requests r ON r.id = m.request_id"
    "  WHERE r.phone_last4 = %s)"
)


def _histories(person: Person) -> list[str]:
    """All callbacks of a booking, the last one being "Ya, simpan"."""
    answers = (*person.answers, "1")
    return ["*".join(answers[:length]) for length in range(len(answers) + 1)]


def _hops(town: Stack, person: Person, text: str) -> Answer:
    return posts(town.address, form(person.session, person.phone, text))


def test_every_callback_of_a_booking_comes_twice(town: Stack) -> None:
    person = Person(1900)
    for text in _histories(person):
        first, again = _hops(town, person, text), _hops(town, person, text)
        assert first.is_screen
        assert again.text == first.text

    _has_one(town, person)


def test_every_callback_of_a_booking_comes_eight_times_at_once(
    town: Stack, tells: Callable[[str], None], scale: Callable[[int], int]
) -> None:
    rounds, slowest = scale(_ROUNDS), 0.0
    for number in range(rounds):
        person = Person(1910 + number)
        for text in _histories(person):
            hop = partial(_hops, town, person, text)
            said = at_once(*[hop] * _AT_ONCE)
            assert {one.text for one in said} == {said[0].text}, said
            assert said[0].is_screen
            slowest = max(slowest, *(one.seconds for one in said))
        assert "Tersimpan. Kode " in said[0].text
        _has_one(town, person)
    tells(f"F19: {rounds} bookings, each hop {_AT_ONCE} times at once, slowest {slowest:.2f} s")


def test_a_callback_that_is_repeated_ten_seconds_later_hears_the_same(town: Stack) -> None:
    saved, offered = Person(1901), Person(1902)
    words = {saved: saved.books(town), offered: offered.dials_to_the_day(town)}

    time.sleep(_LATER)

    assert saved.confirms(town) == words[saved]
    assert _hops(town, offered, "*".join(offered.answers)).text == words[offered]
    _has_one(town, saved)
    assert town.rows(_STANDS, offered.phone[-4:], offered.phone[-4:]) == [(0, 0)]


def test_afterwards_every_invariant_holds(town: Stack, judge: Judge) -> None:
    judge("F19 repeated callbacks", town, lifted=time.monotonic())


def _has_one(town: Stack, person: Person) -> None:
    """One request, one SMS queued, one SMS taken."""
    last4 = person.phone[-4:]
    assert town.rows(_STANDS, last4, last4) == [(1, 1)]
    until(lambda: [line["to"] for line in town.accepted()].count(person.phone) == 1, 60)
