"""Redis may vanish in the middle and PostgreSQL may be down: nobody is lied to, most are served."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import redis

from menus.events import Answered, Screen
from runtime.wiring import House
from services.context import CallContext
from services.dialogue import Dialogue, Turn
from storage.database import Database, Limits
from storage.sessions import RedisSessions
from tests.services.small_house import BUDI, HANDLERS, SITI, Handset, SmallHouse, recognise


@pytest.fixture
def nowhere(tmp_path: Path) -> RedisSessions:
    """A Redis that nobody runs."""
    return RedisSessions(f"unix://{tmp_path}/nobody.sock")


@pytest.fixture
def no_database(tmp_path: Path) -> Iterator[Database]:
    """A PostgreSQL that nobody runs."""
    database = Database(f"postgresql:///kuning?host={tmp_path}", Limits(connect=1))
    yield database
    database.dispose()


@pytest.fixture
def phone(small: SmallHouse) -> Handset:
    return Handset(small, small.dialogue().hear).dials()


def flush(valkey_url: str) -> None:
    with redis.Redis.from_url(valkey_url) as server:
        server.flushall()


def test_a_session_goes_on_though_redis_forgot_it_at_every_hop(
    phone: Handset, small: SmallHouse, valkey_url: str
) -> None:
    for answer, seen in (
        ("1", "Siapa nama?"),
        ("S1ti", "huruf saja"),
        ("Siti", "7 Siti"),
        ("3", "8 Siti"),
        ("1", "Kode 482 157 906"),
        ("1", "Sampai jumpa"),
    ):
        flush(valkey_url)
        phone.types(answer).sees(seen)
    assert (small.bookings(), small.bookings("asked")) == (1, 1)


def test_calls_of_a_lost_session_bring_what_they_brought(
    phone: Handset, small: SmallHouse, valkey_url: str
) -> None:
    def known(ctx: CallContext) -> Answered:
        return Answered("known", {"request": "r", **recognise(ctx).facts})

    phone.types("1")
    flush(valkey_url)
    phone.hear = small.dialogue(handlers={**HANDLERS, "caller.recognise": known}).hear
    phone.types("Siti").sees("7 Siti")


def test_a_retry_after_redis_forgot_is_answered_alike_and_books_once(
    phone: Handset, small: SmallHouse, valkey_url: str
) -> None:
    told = phone.types("1", "Siti", "1").screen
    flush(valkey_url)
    assert phone.sends(phone.history).screen == told
    assert small.bookings() == 1


def test_a_late_history_after_redis_forgot_rewinds_nothing(
    phone: Handset, small: SmallHouse, valkey_url: str
) -> None:
    phone.types("1", "Siti", "1").sees("Kode")
    flush(valkey_url)
    phone.sends("1").sees("Siapa nama?")
    phone.sends("1*Siti*1*1").sees("Sampai jumpa")
    assert small.bookings() == 1


def test_an_answer_with_two_readings_is_asked_again(phone: Handset, valkey_url: str) -> None:
    phone.types("2", "Desa*1")
    flush(valkey_url)
    phone.types("2").sees("Mangga ketik deui.", "Tinggal di mana?")
    phone.types("Desa").sees("Di Desa")


def test_a_booking_that_no_reading_explains_is_not_forgotten(
    phone: Handset, small: SmallHouse, valkey_url: str
) -> None:
    phone.types("2", "Desa", "1").sees("Kode")
    flush(valkey_url)
    phone.types("1").sees("Halo").types("1").sees("Siapa nama?")
    flush(valkey_url)
    phone.types("Siti").sees("7 Siti").types("1").sees("Kode")
    assert small.bookings() == 2


def test_a_lost_session_still_belongs_to_its_phone(
    phone: Handset, small: SmallHouse, valkey_url: str
) -> None:
    phone.types("1")
    flush(valkey_url)
    thief = Handset(small, phone.hear, phone=BUDI).sends("1*Siti")
    assert thief.screen.ends


def test_effects_of_a_rebuilt_session_are_not_counted_twice(
    phone: Handset, small: SmallHouse, valkey_url: str
) -> None:
    phone.types("1")
    flush(valkey_url)
    phone.types("Siti")
    assert small.sessions.effects(10) == []


def test_without_redis_callers_are_served(
    small: SmallHouse, nowhere: RedisSessions, capsys: pytest.CaptureFixture[str]
) -> None:
    phone = Handset(small, small.dialogue(sessions=nowhere).hear)
    phone.dials().sees("Halo").types("1").sees("Siapa nama?").types("Siti")
    phone.sees("7 Siti").types("1").sees("Kode 482 157 906")
    booked = phone.screen
    assert phone.sends(phone.history).screen == booked
    assert phone.types("1").screen.ends
    assert small.bookings() == 1
    assert "reference" not in capsys.readouterr().out


def test_redis_back_after_a_rest_goes_on_where_the_caller_is(
    phone: Handset, small: SmallHouse, nowhere: RedisSessions
) -> None:
    phone.types("1")
    with_redis = phone.hear
    phone.hear = small.dialogue(sessions=nowhere).hear
    phone.types("Siti").sees("7 Siti").types("3").sees("8 Siti")
    phone.hear = with_redis
    phone.types("1").sees("Kode 482 157 906")
    assert (small.bookings(), small.bookings("asked")) == (1, 1)


def test_a_rebuild_that_ends_in_doubt_after_it_reserved_its_step_begins_afresh(
    house: House, valkey_url: str
) -> None:
    def hear(*typed: str) -> Screen:
        return house.dialogue.hear(
            Turn("africastalking", "ATUid_1", SITI, "*123#", "*".join(typed))
        )

    typed = ["1", "3210115508980001", "1", "R2*1", "5"]
    screens = [hear(*typed[:count]) for count in range(len(typed) + 1)]
    assert "Kami telepon" in screens[-1].text
    flush(valkey_url)
    assert "Lanjut" in hear(*typed, "1").text
    assert "Ketik nama panggilan" in hear(*typed, "1", "1").text


def test_redis_that_stumbles_after_a_commit_does_not_show_the_old_screen_again(
    phone: Handset, small: SmallHouse
) -> None:
    steady = phone.types("1", "Siti").hear
    phone.hear = small.dialogue(failpoint=lambda _name: _rest(small.sessions)).hear
    phone.types("1").sees("Kode 482 157 906")
    phone.hear = steady
    _rest(small.sessions, until=0)
    phone.types("1").sees("Sampai jumpa")
    assert small.bookings() == 1


def test_redis_that_stumbles_after_a_question_was_answered_does_not_ask_it_again(
    house: House,
) -> None:
    steady = house.dialogue
    stumbling = Dialogue(replace(steady._house, failpoint=lambda _name: _rest(house.sessions)))
    for history, dialogue, sees in (
        ("", steady, "Buat kartu kuning"),
        ("1", steady, "Ketik NIK"),
        ("1*3210115508980001", stumbling, "15-08-1998"),
        ("1*3210115508980001*1", steady, "Ketik nama panggilan"),
    ):
        _rest(house.sessions, until=0)
        screen = dialogue.hear(Turn("africastalking", "ATUid_1", SITI, "*123#", history))
        assert sees in screen.text


def _rest(sessions: RedisSessions, until: float = float("inf")) -> None:
    """Let Redis be away from now on, or back."""
    sessions._resting_until = until


def test_redis_back_after_a_rest_without_a_call_asks_again(
    phone: Handset, small: SmallHouse, nowhere: RedisSessions
) -> None:
    phone.types("1")
    with_redis = phone.hear
    phone.hear = small.dialogue(sessions=nowhere).hear
    phone.types("Siti").sees("7 Siti")
    phone.hear = with_redis
    phone.types("2").sees("Nama dengan huruf saja.").types("Budi").sees("7 Budi")


def test_without_postgresql_hops_without_a_call_go_on_and_a_call_ends_politely(
    phone: Handset, small: SmallHouse, no_database: Database
) -> None:
    phone.hear = small.dialogue(database=no_database).hear
    phone.types("1").sees("Siapa nama?").types("Siti").sees("7 Siti")
    phone.types("1")
    assert phone.screen.ends
    assert "punten" in phone.screen.text.lower(), "in Sundanese, as the caller speaks"
    assert "simpan" not in phone.screen.text.lower()


def test_a_retry_once_postgresql_is_back_is_served(
    phone: Handset, small: SmallHouse, no_database: Database
) -> None:
    phone.types("1", "Siti")
    up = phone.hear
    phone.hear = small.dialogue(database=no_database).hear
    assert phone.types("1").screen.ends
    phone.hear = up
    phone.sends(phone.history).sees("Kode 482 157 906")
    assert small.bookings() == 1


def test_with_nothing_up_the_caller_is_told_so(
    small: SmallHouse, no_database: Database, nowhere: RedisSessions
) -> None:
    dark = small.dialogue(database=no_database, sessions=nowhere)
    assert Handset(small, dark.hear).dials().screen.ends


def test_any_failure_ends_with_a_reference_that_stands_in_the_log(
    phone: Handset, small: SmallHouse, capsys: pytest.CaptureFixture[str]
) -> None:
    def fails(ctx: CallContext) -> Answered:
        raise ZeroDivisionError(ctx.caller.msisdn)

    phone.hear = broken(small, fails).hear
    phone.types("1", "Siti", "1")
    assert phone.screen.ends
    reference = phone.screen.text.split("(")[1].split(")")[0]
    assert len(reference) == 6
    logged = capsys.readouterr().out
    assert all(word in logged for word in (reference, "ZeroDivisionError", "dialogue/calls.py:"))
    assert SITI not in logged
    assert small.bookings() == 0


def test_more_than_eight_calls_in_one_hop_are_refused_and_undone(
    phone: Handset, small: SmallHouse
) -> None:
    phone.types("1", "Siti").sends("*".join(["1", "Siti", *"333333333"]))
    assert phone.screen.ends
    assert small.bookings("asked") == 0
    again = Handset(small, phone.hear, "ATUid_2").dials("*".join(["1", "Siti", *"33333331"]))
    assert again.screen.ends
    assert small.bookings() == 0


def test_a_call_that_fails_after_it_wrote_leaves_nothing(phone: Handset, small: SmallHouse) -> None:
    def writes_and_fails(ctx: CallContext) -> Answered:
        HANDLERS["card.book"](ctx)
        raise ZeroDivisionError

    phone.hear = broken(small, writes_and_fails).hear
    assert phone.types("1", "Siti", "1").screen.ends
    assert (small.bookings(), small.nudged) == (0, 0)


def test_a_nudge_that_fails_does_not_unsay_what_is_saved(phone: Handset, small: SmallHouse) -> None:
    def down() -> None:
        raise ConnectionError

    phone.hear = small.dialogue(nudge=down).hear
    phone.types("1", "Siti", "1").sees("Kode 482 157 906")


def broken(small: SmallHouse, handler: object) -> Dialogue:
    return small.dialogue(handlers={**HANDLERS, "card.book": handler})
