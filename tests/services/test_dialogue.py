"""The shell round the engine: what is news, what is a retry, and what a hop costs."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import dropwhile
from typing import Any

import pytest
import redis

from services.dialogue.turn import Turn, news, parts
from storage.sessions import RedisSessions
from tests.services.small_house import BUDI, Handset, SmallHouse


@pytest.fixture
def phone(small: SmallHouse) -> Handset:
    return Handset(small, small.dialogue().hear)


def test_a_caller_dials_answers_and_is_told_goodbye(phone: Handset, small: SmallHouse) -> None:
    phone.dials().sees("Ongkos: gratis", "1. Kartu")
    phone.types("1").sees("Siapa nama?").types("Siti").sees("7 Siti. Benar?")
    phone.types("1").sees("Kode 482 157 906").types("1").sees("Sampai jumpa")
    assert phone.screen.ends
    assert (small.bookings(), small.nudged) == (1, 1)


@pytest.mark.parametrize(
    ("heard", "history", "tail"),
    [
        ("", "", None),
        ("", "1", "1"),
        ("", "2*1", "2*1"),
        ("1", "1", None),
        ("1", "1*1", "1"),
        ("1", "1*Bu*di", "Bu*di"),
        ("1*Bu*di", "1*Bu*di*", ""),
        ("1", "10", None),
        ("1*2", "1", None),
        ("1*2", "1*3", None),
        ("1*2", "", None),
    ],
)
def test_news_is_what_follows_the_text_already_heard(
    heard: str, history: str, tail: str | None
) -> None:
    assert news(heard, history) == tail


@pytest.mark.parametrize(("history", "count"), [("", 0), ("1", 1), ("1*", 2), ("1*Bu*di", 3)])
def test_a_history_is_as_long_as_its_parts(history: str, count: int) -> None:
    assert parts(history) == count


def test_a_retry_gets_the_same_screen_and_steps_nowhere(phone: Handset, small: SmallHouse) -> None:
    refused = phone.dials().types("1", "123").sees("huruf saja").screen
    assert phone.sends("1*123").screen == refused
    phone.types("Siti").sees("7 Siti").types("1")
    told = phone.screen
    assert phone.sends(phone.history).screen == told
    assert small.bookings() == 1


@pytest.mark.parametrize("late", ["", "1", "1*Budi", "1*Siti*", "1*Siti*44", "2*Siti*4"])
def test_a_late_or_contradicting_history_gets_the_screen_on_record(
    phone: Handset, late: str
) -> None:
    now = phone.dials().types("1", "Siti", "4").sees("Tinggal di mana?").screen
    assert phone.sends(late).screen == now
    assert phone.sends("1*Siti*4*Desa").sees("Di Desa")


def test_a_star_in_an_answer_is_a_star(phone: Handset) -> None:
    phone.dials().types("1", "Bu*di").sees("huruf saja").types("Siti", "4", "Jati*wangi")
    phone.sees("Di Jati*wangi").types("2").sees("Tinggal di mana?")
    phone.types("*").sees("Ketik tempat").types("**").sees("Di **. Benar?")


def test_two_answers_on_a_menu_are_two_answers(phone: Handset) -> None:
    phone.dials().sends("1*Siti").sees("7 Siti")


def test_a_session_that_ended_stays_ended(phone: Handset) -> None:
    phone.dials().types("3").sees("Sampai jumpa")
    last = phone.screen
    assert phone.types("1").screen == last


def test_a_long_code_opens_where_it_leads(phone: Handset, small: SmallHouse) -> None:
    phone.dials("2").sees("Tinggal di mana?")
    deeper = Handset(small, phone.hear, "ATUid_2", BUDI).dials("1*Siti*3*1")
    deeper.sees("Kode 482 157 906")
    assert (small.bookings(), small.bookings("asked")) == (1, 1)


def test_a_long_code_with_two_readings_asks_instead_of_guessing(phone: Handset) -> None:
    phone.dials("2*Desa*1").sees("Mangga ketik deui.", "Tinggal di mana?")
    phone.types("Desa*1").sees("Di Desa*1")


def test_unknown_service_codes_and_foreign_numbers_are_served(small: SmallHouse) -> None:
    hear = small.dialogue().hear
    for number, phone in enumerate(("+254711000111", "+62215550123", "081200000003", "12345")):
        turn = Turn("africastalking", f"ATUid_{number}", phone, "*999*77#", "")
        assert hear(turn).text.startswith("Halo")


def test_a_session_belongs_to_the_phone_that_dialled_it(
    phone: Handset, small: SmallHouse, capsys: pytest.CaptureFixture[str]
) -> None:
    phone.dials().types("1", "Siti")
    thief = Handset(small, phone.hear, phone=BUDI).sends("1*Siti*4")
    assert thief.screen.ends
    assert "Siti" not in thief.screen.text
    logged = capsys.readouterr().out
    assert "another phone" in logged
    assert BUDI not in logged
    phone.types("4").sees("Tinggal di mana?")


@pytest.mark.parametrize("written", ["6281200000001", "081200000001", "+62081200000001"])
def test_a_number_is_the_same_however_it_is_written(small: SmallHouse, written: str) -> None:
    hear = small.dialogue().hear
    Handset(small, hear, phone="+6281200000001").dials().types("1")
    Handset(small, hear, phone=written).sends("1*Siti").sees("7 Siti")


@pytest.mark.parametrize("elsewhere", [False, True])
def test_a_hop_without_a_call_asks_redis_once_or_twice_and_no_database(
    phone: Handset, small: SmallHouse, valkey_url: str, *, elsewhere: bool
) -> None:
    """Once where the same process answered last; else the session is read first."""
    phone.dials().types("1", "Siti", "4")
    if elsewhere:
        phone.hear = small.dialogue(sessions=RedisSessions(valkey_url)).hear
        phone.hear(phone.turn(phone.history))
    with (
        redis.Redis.from_url(valkey_url) as last,
        redis.Redis.from_url(valkey_url) as server,
        server.monitor() as monitor,
    ):
        last.ping()
        small.statements.clear()
        phone.types("Jatiwangi").sees("Di Jatiwangi")
        last.echo("that was all")
        asked = list(_asked(monitor))
    assert asked == ["MGET", "EVALSHA"] if elsewhere else ["EVALSHA"]
    assert small.statements == []


def test_a_session_that_went_on_in_another_process_goes_on_there_and_here(
    phone: Handset, small: SmallHouse, valkey_url: str
) -> None:
    here = phone.hear
    there = small.dialogue(sessions=RedisSessions(valkey_url)).hear
    phone.dials().types("1").sees("Siapa nama?")
    phone.hear = there
    phone.types("S1ti").sees("dengan huruf")
    assert here(phone.turn(phone.history)) == phone.screen, "a retry comes by here"
    assert here(phone.turn("1*Siti")) == phone.screen, "another answer came too late"
    phone.hear = here
    phone.types("Siti").sees("7 Siti")


def _asked(monitor: redis.client.Monitor) -> Iterator[str]:
    """Yield what clients asked for; what a script does inside costs no trip."""
    for told in dropwhile(lambda told: told["command"] != "PING", _listen(monitor)):
        verb = told["command"].split()[0]
        if verb == "ECHO":
            return
        if told["client_type"] != "lua" and verb != "PING":
            yield verb


def _listen(monitor: Any) -> Iterator[dict[str, str]]:
    return monitor.listen()  # type: ignore[no-any-return]  # redis-py does not type it


def test_only_a_hop_that_saves_waits_for_the_disk(phone: Handset, small: SmallHouse) -> None:
    def waits() -> bool:
        told = any("synchronous_commit" in statement for statement in small.statements)
        small.statements.clear()
        return not told

    phone.dials()
    assert not small.statements, "the first screen opens no transaction"
    phone.types("1", "Siti", "3")
    assert not waits()
    phone.types("1").sees("Kode")
    assert waits()


def test_redis_knows_neither_the_caller_nor_what_was_said(phone: Handset, valkey_url: str) -> None:
    phone.dials().types("1", "Siti", "4", "Jatiwangi")
    with redis.Redis.from_url(valkey_url) as server:
        held = b"".join(key + (server.dump(key) or b"") for key in server.keys("*"))
    for secret in (b"Siti", b"Jatiwangi", b"81200000001", b"ATUid_1"):
        assert secret not in held


def test_where_a_session_stands_can_be_asked(phone: Handset, small: SmallHouse) -> None:
    phone.dials().types("1")
    session = small.dialogue().where("africastalking", "ATUid_1", phone.phone)
    assert session is not None
    assert session.at == "card.name"
    assert small.dialogue().where("africastalking", "ATUid_9", phone.phone) is None
