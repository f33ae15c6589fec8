"""Callbacks at once: one step is made, one set of rows, and everybody gets the winner's screen."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TypeVar

import pytest
import redis
from sqlalchemy import select

from menus.events import Answered, Screen
from services.context import CallContext
from services.dialogue import Dialogue, Turn
from storage.sessions import RedisSessions
from storage.tables import session_calls
from tests.services.small_house import HANDLERS, Handset, SmallHouse, book

SURE = "1*Siti"
T = TypeVar("T")


@pytest.fixture
def phone(small: SmallHouse) -> Handset:
    """A phone that is asked for a last yes."""
    phone = Handset(small, small.dialogue().hear)
    return phone.dials().types("1", "Siti").sees("Benar?")


def at_once(dialogue: Dialogue, turns: Sequence[Turn]) -> list[Screen]:
    """Send all turns in the same moment, each in its own thread; return the screens."""
    barrier = threading.Barrier(len(turns))
    screens: list[Screen | None] = [None] * len(turns)

    def send(number: int, turn: Turn) -> None:
        barrier.wait()
        screens[number] = dialogue.hear(turn)

    threads = [threading.Thread(target=send, args=numbered) for numbered in enumerate(turns)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return [screen for screen in screens if screen]


def calls(small: SmallHouse) -> list[tuple[int, int, str]]:
    with small.database.begin() as conn:
        columns = (session_calls.c.position, session_calls.c.ordinal, session_calls.c.call)
        return [tuple(row) for row in conn.execute(select(*columns).order_by(*columns))]


def test_eight_first_hops_at_once_are_one_session(small: SmallHouse) -> None:
    turn = Handset(small, small.dialogue().hear).turn("")
    screens = at_once(small.dialogue(), [turn] * 8)
    assert len(screens) == 8
    assert set(screens) == {screens[0]}
    assert screens[0].text.startswith("Halo")
    assert calls(small) == [(0, 0, "caller.recognise")]


def test_eight_same_answers_without_a_call_are_one_step(phone: Handset, small: SmallHouse) -> None:
    screens = at_once(small.dialogue(), [phone.turn(f"{SURE}*2")] * 8)
    assert {screen.text for screen in screens} == {screens[0].text}
    phone.sends(f"{SURE}*2*Budi").sees("7 Budi")


def test_eight_same_answers_book_once(phone: Handset, small: SmallHouse) -> None:
    screens = at_once(small.dialogue(), [phone.turn(f"{SURE}*1")] * 8)
    assert len(screens) == 8
    assert {screen.text for screen in screens} == {screens[0].text}
    assert "Kode 482 157 906" in screens[0].text
    assert small.bookings() == 1
    assert calls(small) == [(0, 0, "caller.recognise"), (3, 0, "card.book")]


@pytest.mark.parametrize("_round", range(12))
@pytest.mark.parametrize("other", ["3", "2", "9"])
def test_two_different_answers_at_once_make_one_step_and_one_set_of_rows(
    phone: Handset, small: SmallHouse, other: str, _round: int
) -> None:
    yes, no = f"{SURE}*1", f"{SURE}*{other}"
    screens = at_once(small.dialogue(), [phone.turn(yes), phone.turn(no)])
    assert screens[0] == screens[1]
    booked = "Kode" in screens[0].text
    assert small.bookings() == int(booked)
    assert small.bookings("asked") == int(not booked and other == "3")
    assert len(calls(small)) == 1 + int(booked or other == "3")
    assert phone.sends(yes if booked else no).screen == screens[0]


def test_a_quick_answer_waits_for_the_call_that_was_first(
    phone: Handset, small: SmallHouse
) -> None:
    inside, go_on = threading.Event(), threading.Event()

    def slow_book(ctx: CallContext) -> Answered:
        inside.set()
        assert go_on.wait(5)
        return book(ctx)

    dialogue = small.dialogue(handlers={**HANDLERS, "card.book": slow_book})
    first = _later(lambda: dialogue.hear(phone.turn(f"{SURE}*1")))
    assert inside.wait(5)
    quick = _later(lambda: dialogue.hear(phone.turn(f"{SURE}*2")))
    go_on.set()
    assert quick() == first()
    assert "Kode" in first().text


def test_who_waits_too_long_gets_the_screen_on_record(phone: Handset, small: SmallHouse) -> None:
    waited: list[float] = []
    dialogue = small.dialogue(pause=waited.append)
    key = small.vault.index("session", "africastalking/ATUid_1")
    assert small.sessions.claim(key, small.sessions.recall(key), "003 one that died", 10_000)
    assert dialogue.hear(phone.turn(f"{SURE}*2")) == phone.screen
    assert 2 < sum(waited) < 3


def test_a_process_that_died_after_the_commit_leaves_one_row_and_its_answer(
    phone: Handset, small: SmallHouse
) -> None:
    dying = small.dialogue(failpoint=_die)
    with pytest.raises(KeyboardInterrupt):
        dying.hear(phone.turn(f"{SURE}*1"))
    assert small.bookings() == 1
    phone.types("1").sees("Kode 482 157 906")
    assert small.bookings() == 1


@pytest.mark.parametrize("typed", ["1*Siti*1", "1*Siti*3*1"])
def test_a_process_that_died_after_a_deep_dials_commit_is_followed_by_its_retry(
    small: SmallHouse, typed: str
) -> None:
    waited: list[float] = []
    phone = Handset(small, small.dialogue(pause=waited.append).hear)
    with pytest.raises(KeyboardInterrupt):
        small.dialogue(failpoint=_die).hear(phone.turn(typed))
    phone.dials(typed).sees("Kode 482 157 906")
    assert (small.bookings(), waited) == (1, [])
    phone.types("1").sees("Sampai jumpa")


def test_a_process_that_died_in_a_session_that_redis_lost_is_followed_by_its_retry(
    phone: Handset, small: SmallHouse, valkey_url: str
) -> None:
    with redis.Redis.from_url(valkey_url) as server:
        server.flushall()
    with pytest.raises(KeyboardInterrupt):
        small.dialogue(failpoint=_die).hear(phone.turn(f"{SURE}*1"))
    phone.types("1").sees("Kode 482 157 906")
    assert small.bookings() == 1


@pytest.fixture
def without_redis(phone: Handset, small: SmallHouse, tmp_path: Path) -> Dialogue:
    """A dialogue that lost Redis in the middle of the phone's session."""
    assert phone.screen.text
    return small.dialogue(sessions=RedisSessions(f"unix://{tmp_path}/nobody.sock"))


def test_without_redis_too_eight_same_answers_book_once(
    phone: Handset, small: SmallHouse, without_redis: Dialogue
) -> None:
    screens = at_once(without_redis, [phone.turn(f"{SURE}*1")] * 8)
    assert {screen.text for screen in screens} == {screens[0].text}
    assert "Kode 482 157 906" in screens[0].text
    assert small.bookings() == 1


@pytest.mark.parametrize("_round", range(6))
def test_without_redis_too_two_different_calls_make_one_set_of_rows(
    phone: Handset, small: SmallHouse, without_redis: Dialogue, _round: int
) -> None:
    screens = at_once(without_redis, [phone.turn(f"{SURE}*1"), phone.turn(f"{SURE}*3")])
    assert small.bookings() + small.bookings("asked") == 1
    assert sum("Kode" in screen.text for screen in screens) == small.bookings()


def test_two_sessions_at_once_never_see_each_other(small: SmallHouse) -> None:
    dialogue = small.dialogue()

    def story(number: int) -> str:
        name = "Siti" + chr(ord("a") + number)
        phone = Handset(small, dialogue.hear, f"ATUid_{number}", f"+62812000000{number:02}")
        return phone.dials().types("1", name).sees(name).types("1").screen.text

    stories = [_later(partial(story, number)) for number in range(12)]
    assert all("Kode" in told() for told in stories)
    assert small.bookings() == 12


def _die(name: str) -> None:
    assert name == "web.committed"
    raise KeyboardInterrupt


def _later(work: Callable[[], T]) -> Callable[[], T]:
    results: list[T] = []
    thread = threading.Thread(target=lambda: results.append(work()))
    thread.start()

    def result() -> T:
        thread.join()
        return results[0]

    return result
