"""Sessions in a real Valkey: one step a turn, whoever races, and quick words when it is gone."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
import redis
from msgspec.structs import replace

from storage.seen import NOTHING, Seen, Stored
from storage.sessions import TIMEOUT, Hop, RedisSessions, Resume, SessionsDown

HOP = Hop(
    key="k" * 64,
    phone="p" * 64,
    before=NOTHING,
    blob="sealed-1",
    effects="effects-1",
    ttl=300,
    keep=600,
    marked_at=1_000,
)
FIRST = Stored(1, "sealed-1")
SECOND = Stored(2, "sealed-2")
NEXT = replace(HOP, before=FIRST, blob="sealed-2", effects="", marked_at=2_000)


@pytest.fixture
def sessions(valkey_url: str) -> RedisSessions:
    return RedisSessions(valkey_url)


def test_a_session_that_was_never_saved_is_empty(sessions: RedisSessions) -> None:
    assert sessions.load(HOP.key, HOP.phone) == (Stored(0, None), Stored(0, None))


def test_what_was_saved_is_read_with_its_turn_and_lives_for_a_while(
    sessions: RedisSessions, valkey_url: str
) -> None:
    assert sessions.save(HOP)
    assert sessions.load(HOP.key, HOP.phone)[0] == Stored(1, "sealed-1")
    with redis.Redis.from_url(valkey_url) as server:
        assert 290 < server.ttl(f"kuning:session:{HOP.key}") <= 300


def test_a_turn_is_made_once(sessions: RedisSessions) -> None:
    assert sessions.save(HOP)
    assert not sessions.save(replace(HOP, blob="late"))
    assert sessions.save(NEXT)
    assert sessions.load(HOP.key, HOP.phone)[0] == Stored(2, "sealed-2")


def test_a_turn_as_many_is_not_the_same_turn(sessions: RedisSessions, valkey_url: str) -> None:
    """Redis lost the session, another process built it up again: what we saw is no more."""
    assert sessions.save(HOP)
    with redis.Redis.from_url(valkey_url) as server:
        server.flushall()
    assert RedisSessions(valkey_url).save(replace(HOP, blob="another's"))
    assert not sessions.save(NEXT)
    assert not sessions.claim(HOP.key, FIRST, "mine", 5_000)


def test_what_was_saved_last_is_recalled_without_asking(sessions: RedisSessions) -> None:
    assert sessions.recall(HOP.key) == NOTHING
    sessions.save(HOP)
    assert sessions.recall(HOP.key) == FIRST
    assert not sessions.save(replace(HOP, blob="late"))
    assert sessions.recall(HOP.key) == NOTHING, "somebody else was first"
    sessions.save(replace(NEXT, last=True))
    assert sessions.recall(HOP.key) == NOTHING, "nothing follows"


def test_only_so_many_sessions_are_recalled() -> None:
    seen = Seen(most=20)
    for number in range(100):
        seen.note(f"key {number}", Stored(number, "sealed"))
    recalled = [number for number in range(100) if seen.get(f"key {number}") != NOTHING]
    assert recalled == list(range(80, 100))


def test_of_sixteen_at_once_one_makes_the_turn(sessions: RedisSessions) -> None:
    barrier, wins = threading.Barrier(16), []

    def race(number: int) -> None:
        barrier.wait()
        if sessions.save(replace(HOP, blob=f"by {number}")):
            wins.append(number)

    threads = [threading.Thread(target=race, args=(number,)) for number in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(wins) == 1
    assert sessions.load(HOP.key, HOP.phone)[0].blob == f"by {wins[0]}"
    assert len(sessions.effects(99)) == 1


def test_a_claimed_turn_is_its_claimants_own(sessions: RedisSessions) -> None:
    assert sessions.claim(HOP.key, NOTHING, "mine", 5_000)
    assert sessions.claim(HOP.key, NOTHING, "mine", 5_000), "the gateway's retry goes on"
    assert not sessions.claim(HOP.key, NOTHING, "other", 5_000)
    assert not sessions.save(HOP)
    assert sessions.save(replace(HOP, claim="mine"))
    assert not sessions.claim(HOP.key, NOTHING, "late", 5_000)
    assert sessions.save(NEXT), "a claim ends with its turn"


def test_a_longer_history_takes_the_place_of_a_shorter_one(sessions: RedisSessions) -> None:
    assert sessions.claim(HOP.key, NOTHING, "003 shorter", 5_000)
    assert not sessions.claim(HOP.key, NOTHING, "003 as long", 5_000)
    assert sessions.claim(HOP.key, NOTHING, "004 longer", 5_000)
    assert not sessions.claim(HOP.key, NOTHING, "003 shorter", 5_000)
    assert not sessions.save(replace(HOP, claim="003 shorter"))
    assert sessions.save(replace(HOP, claim="004 longer"))


def test_a_claim_of_one_who_died_lapses(sessions: RedisSessions) -> None:
    assert sessions.claim(HOP.key, NOTHING, "dead", 20)
    time.sleep(0.05)
    assert sessions.save(HOP)


def test_a_draft_is_kept_marked_settled_and_dropped(sessions: RedisSessions) -> None:
    sessions.save(replace(HOP, resume=Resume.KEEP))
    (marked,) = sessions.marked(10)
    assert (marked.phone, marked.blob) == (HOP.phone, "sealed-1")
    assert sessions.load("elsewhere", HOP.phone)[1] == Stored(1, "sealed-1")

    sessions.save(replace(NEXT, resume=Resume.KEEP))
    sessions.settle([marked])
    assert sessions.marked(10)[0].blob == "sealed-2", "marked again meanwhile"

    sessions.settle(sessions.marked(10))
    assert sessions.marked(10) == []
    assert sessions.load("elsewhere", HOP.phone)[1].blob is None

    sessions.save(replace(NEXT, before=SECOND, resume=Resume.KEEP))
    sessions.save(replace(NEXT, before=Stored(3, "sealed-2"), resume=Resume.DROP))
    assert sessions.marked(10) == []


def test_a_hint_is_kept_unmarked_and_forgotten(sessions: RedisSessions, valkey_url: str) -> None:
    sessions.save(replace(HOP, resume=Resume.HINT, hint="hint-1"))
    assert sessions.load("elsewhere", HOP.phone)[1] == Stored(0, "hint-1")
    assert sessions.marked(10) == []
    with redis.Redis.from_url(valkey_url) as server:
        assert 590 < server.ttl(f"kuning:resume:{HOP.phone}") <= 600
    sessions.save(NEXT)
    assert sessions.load("elsewhere", HOP.phone)[1].blob == "hint-1"
    sessions.save(replace(NEXT, before=SECOND, resume=Resume.FORGET))
    assert sessions.load("elsewhere", HOP.phone)[1].blob is None


def test_no_hint_touches_a_draft_that_waits(sessions: RedisSessions) -> None:
    sessions.save(replace(HOP, resume=Resume.KEEP))
    sessions.save(replace(NEXT, resume=Resume.HINT, hint="hint-1"))
    sessions.save(replace(NEXT, before=SECOND, resume=Resume.FORGET))
    assert sessions.load("elsewhere", HOP.phone)[1] == Stored(1, "sealed-1")
    assert [marked.blob for marked in sessions.marked(10)] == ["sealed-1"]


def test_effects_are_read_in_order_and_forgotten(sessions: RedisSessions) -> None:
    sessions.save(HOP)
    sessions.save(replace(NEXT, effects="effects-2"))
    first, second = sessions.effects(10)
    assert (first.sealed, second.sealed) == ("effects-1", "effects-2")
    sessions.forget([first])
    assert sessions.effects(10) == [second]
    sessions.forget([])


def test_scripts_are_told_again_to_a_server_that_forgot_them(
    sessions: RedisSessions, valkey_url: str
) -> None:
    sessions.save(HOP)
    with redis.Redis.from_url(valkey_url) as server:
        server.script_flush()
    assert sessions.save(NEXT)


def test_connections_that_a_restart_closed_are_replaced(
    sessions: RedisSessions, valkey_url: str
) -> None:
    sessions.save(HOP)
    with redis.Redis.from_url(valkey_url) as server:
        server.client_kill_filter(_type="normal", skipme=True)
    assert sessions.save(NEXT)
    sessions.close()
    assert sessions.load(HOP.key, HOP.phone)[0].turn == 2


def test_connections_may_break_as_often_as_they_like(
    sessions: RedisSessions, valkey_url: str
) -> None:
    with redis.Redis.from_url(valkey_url) as server:
        for _ in range(120):
            server.client_kill_filter(_type="normal", skipme=True)
            assert sessions.load(HOP.key, HOP.phone)[0].turn == 0


def test_a_full_server_that_refuses_to_write_counts_as_down(
    sessions: RedisSessions, valkey_url: str
) -> None:
    with redis.Redis.from_url(valkey_url) as server:
        server.config_set("maxmemory", "1")
        try:
            with pytest.raises(SessionsDown):
                sessions.save(HOP)
        finally:
            server.config_set("maxmemory", "0")


def test_nobody_there_is_asked_again_only_after_a_rest(tmp_path: Path) -> None:
    now = [100.0]
    sessions = RedisSessions(f"unix://{tmp_path}/nobody.sock", monotonic=lambda: now[0])
    with pytest.raises(SessionsDown, match="ConnectionError"):
        sessions.load("k", "p")
    with pytest.raises(SessionsDown, match="a moment ago"):
        sessions.load("k", "p")
    now[0] += 2.1
    with pytest.raises(SessionsDown, match="ConnectionError"):
        sessions.load("k", "p")


def test_a_server_that_hangs_costs_one_short_wait(tmp_path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as deaf:
        deaf.bind(str(tmp_path / "deaf.sock"))
        deaf.listen(8)
        sessions = RedisSessions(f"unix://{tmp_path}/deaf.sock")
        assert _seconds(lambda: sessions.load("k", "p")) < 0.8
        assert _seconds(lambda: sessions.load("k", "p")) < TIMEOUT, "the breaker is open"


def _seconds(ask: Callable[[], object]) -> float:
    begun = time.monotonic()
    with pytest.raises(SessionsDown):
        ask()
    return time.monotonic() - begun
