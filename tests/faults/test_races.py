"""F20: answers that cross: the longest is where the caller is, and a NIK holds one visit."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable
from functools import partial
from itertools import count
from random import Random

from tests.faults.judging import Judge
from tests.faults.line import Answer, at_once, form, posts
from tests.faults.people import Person
from tests.faults.stack import Stack

_ROUNDS = 500
_NUMBERS = count(5000)
_VISITS = (
    "SELECT count(*) FILTER (WHERE holds_slot), count(*) FROM card_requests"
    " WHERE phone_last4 = ANY(%s)"
)


def _hops(town: Stack, session: str, phone: str, text: str) -> Answer:
    return posts(town.address, form(session, phone, text))


def _next() -> Person:
    return Person(next(_NUMBERS))


def test_of_two_answers_at_once_the_longer_is_where_the_caller_is(
    town: Stack, tells: Callable[[str], None], scale: Callable[[int], int]
) -> None:
    """The shorter one is a retry that came late: it may hear either screen, and moves nothing."""
    chance = Random(20)
    rounds = scale(_ROUNDS)
    for _ in range(rounds):
        person = _next()
        steps = (*person.answers, "1")
        at = chance.randrange(1, len(steps))
        texts = ["*".join(steps[:length]) for length in range(at + 2)]
        for text in texts[:-2]:
            _hops(town, person.session, person.phone, text)

        pair = texts[-2:] if chance.random() < 0.5 else texts[-1:-3:-1]
        said = at_once(*(partial(_hops, town, person.session, person.phone, text) for text in pair))

        assert all(one.is_screen for one in said), said
        longest = _hops(town, person.session, person.phone, texts[-1])
        assert longest.text == said[pair.index(texts[-1])].text, (texts[-1], said)
    tells(f"F20: {rounds} pairs of crossing answers, the longest stood every time")


def test_two_different_answers_at_once_lead_to_one_of_two_screens_for_good(
    town: Stack, tells: Callable[[str], None], scale: Callable[[int], int]
) -> None:
    """No gateway does that; whoever wins, the session stands at one place and stays there."""
    rounds, won = scale(_ROUNDS), Counter[int]()
    for _ in range(rounds):
        person = _next()
        person.dials_to_the_day(town)
        yes, other = (f"{'*'.join(person.answers)}*{key}" for key in "12")

        said = at_once(
            *(partial(_hops, town, person.session, person.phone, text) for text in (yes, other))
        )

        assert {one.text for one in said} == {said[0].text}, said
        saved = "Tersimpan" in said[0].text
        [(visits, requests)] = town.rows(_VISITS, [person.phone[-4:]])
        assert (visits, requests) == ((1, 1) if saved else (0, 0)), said
        for text in (yes, other):
            assert _hops(town, person.session, person.phone, text).text == said[0].text
        won[int(saved)] += 1
    tells(f"F20: {rounds} pairs of different answers: {won[1]} saved, {won[0]} asked for a day")


def test_an_old_answer_after_a_new_one_rewinds_nothing(town: Stack) -> None:
    person = _next()
    offered = person.dials_to_the_day(town)
    for length in range(len(person.answers)):
        late = _hops(town, person.session, person.phone, "*".join(person.answers[:length]))
        assert late.text == offered, late
    assert person.confirms(town).startswith("CON Tersimpan.")
    assert _hops(town, person.session, person.phone, "*".join(person.answers)).text != offered


def test_two_sessions_of_one_phone_book_once(town: Stack, scale: Callable[[int], int]) -> None:
    for _ in range(scale(_ROUNDS)):
        person = _next()
        sessions = [f"{person.session}{way}" for way in "ab"]
        for session in sessions:
            for length in range(len(person.answers) + 1):
                _hops(town, session, person.phone, "*".join(person.answers[:length]))
        yes = "*".join((*person.answers, "1"))

        said = at_once(*(partial(_hops, town, session, person.phone, yes) for session in sessions))

        assert all(one.is_screen for one in said), said
        assert town.rows(_VISITS, [person.phone[-4:]]) == [(1, 1)], said


def test_one_nik_from_two_phones_at_once_holds_one_visit(
    town: Stack, tells: Callable[[str], None], scale: Callable[[int], int]
) -> None:
    """Neither phone hears of the other; the counter, where the KTP is seen, decides."""
    rounds, doubled = scale(_ROUNDS), 0
    for _ in range(rounds):
        one, two = _next(), _next()
        answers = ["*".join((*one.answers, "1")[:length]) for length in range(len(one.answers) + 2)]
        for person in (one, two):
            for text in answers[:-1]:
                _hops(town, person.session, person.phone, text)

        said = at_once(
            *(partial(_hops, town, who.session, who.phone, answers[-1]) for who in (one, two))
        )

        assert all("Tersimpan. Kode " in heard.text for heard in said), said
        [(visits, requests)] = town.rows(_VISITS, [one.phone[-4:], two.phone[-4:]])
        assert (visits, requests) == (1, 2)
        doubled += visits - 1
    tells(f"F20: {rounds} NIKs from two phones at once, {doubled} held twice")


def test_afterwards_every_invariant_holds(town: Stack, judge: Judge) -> None:
    judge("F20 crossing answers", town, lifted=time.monotonic())
