"""The clock: SMS flow without Redis, two clocks do not double, a duty that fails stops no other."""

from __future__ import annotations

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from threading import Event, Thread

import pytest
from sqlalchemy import text

from sms.message import Lane
from storage.database import Database
from storage.watch import Watch
from tests.support.post_office import PostOffice, number
from tests.support.processes import until
from tests.support.worker_process import WorkerProcess, worker
from workers.clock import Clock, Duty
from workers.stopping import Stop


@pytest.fixture
def database(postgres_url: str) -> Iterator[Database]:
    database = Database(postgres_url)
    yield database
    database.dispose()


@pytest.fixture
def watch(database: Database) -> Iterator[Watch]:
    watch = Watch(database, "test.clock")
    yield watch
    watch.leave()


def _clock(watch: Watch, *duties: Duty, reached: list[str] | None = None) -> Clock:
    places = reached if reached is not None else []
    return Clock(duties, watch, lambda: datetime.now(UTC), places.append)


def _no_redis(tmp_path: Path) -> str:
    return f"unix://{tmp_path}/nobody.sock"


def _taken(one: WorkerProcess) -> list[str]:
    return [json.loads(line)["to"] for line in one.sms_log.read_text("utf-8").splitlines()]


def test_sms_flow_while_redis_is_down(post: PostOffice, tmp_path: Path, postgres_url: str) -> None:
    for person in range(5):
        post.writes("booked", number(person))
    with worker("clock", tmp_path, postgres_url, _no_redis(tmp_path)) as clock:
        clock.start()
        until(lambda: post.statuses() == {"delivered": 5})
        post.writes("ready")
        until(lambda: post.statuses() == {"delivered": 6}, 20)
        assert clock.stops() == 0


def test_a_killed_clock_leaves_the_watch_to_the_next(
    post: PostOffice, tmp_path: Path, postgres_url: str, valkey_url: str
) -> None:
    post.writes()
    with worker(
        "clock", tmp_path, postgres_url, valkey_url, KUNING_FAILPOINT="clock.tick:exit"
    ) as clock:
        clock.start().dies_by_itself()
        assert post.status() == "queued"
        clock.start()
        until(lambda: post.status() == "delivered")
        clock.is_killed()
        post.writes("ready")
        clock.start()
        until(lambda: post.statuses() == {"delivered": 2}, 20)
    assert sorted(_taken(clock)) == [number(1)] * 2


def test_of_two_clocks_one_works_and_the_other_waits_for_it(database: Database) -> None:
    done: list[str] = []
    watches = [Watch(database, "test.clock") for _ in range(2)]
    first = _clock(watches[0], Duty("d", 0, lambda _: done.append("first")))
    second = _clock(watches[1], Duty("d", 0, lambda _: done.append("second")))
    stop_first, stop_second = Stop(), Stop()
    threads = [
        Thread(target=first.run, args=(stop_first,)),
        Thread(target=second.run, args=(stop_second,)),
    ]
    threads[0].start()
    until(lambda: "first" in done)
    threads[1].start()
    until(lambda: done.count("first") > 2)
    assert "second" not in done
    stop_first.set()
    until(lambda: "second" in done)
    stop_second.set()
    for thread in threads:
        thread.join(10)


def test_a_duty_that_fails_stops_no_other(watch: Watch) -> None:
    done: list[str] = []

    def fail(_: datetime) -> None:
        done.append("failed")
        raise RuntimeError("of no consequence")

    clock = _clock(watch, Duty("bad", 1, fail), Duty("good", 1, lambda _: done.append("good")))
    with ThreadPoolExecutor(2) as pool:
        for moment in (0.0, 0.5, 1.0):
            clock.tick(pool, moment)
            until(lambda wanted=2 if moment < 1 else 4: len(done) == wanted)  # type: ignore[misc]  # a default binds the moment
    assert sorted(done) == ["failed", "failed", "good", "good"]


def test_a_duty_is_not_begun_while_it_is_under_way(watch: Watch) -> None:
    go_on, done = Event(), list[str]()

    def slow(_: datetime) -> None:
        go_on.wait(10)
        done.append("slow")

    clock = _clock(watch, Duty("slow", 1, slow), Duty("quick", 1, lambda _: None))
    with ThreadPoolExecutor(2) as pool:
        assert clock.tick(pool, 0) == ["slow", "quick"]
        assert until(lambda: clock.tick(pool, 5)) == ["quick"]
        go_on.set()
        until(lambda: done)
        assert until(lambda: clock.tick(pool, 10)) == ["slow", "quick"]


def test_without_postgresql_nothing_is_begun(tmp_path: Path) -> None:
    nowhere = Database(f"postgresql:///kuning?host={tmp_path}")
    reached: list[str] = []
    clock = _clock(Watch(nowhere, "test.clock"), Duty("d", 1, lambda _: None), reached=reached)
    with ThreadPoolExecutor(1) as pool:
        assert clock.tick(pool, 0) == []
    assert reached == []


def test_a_watch_whose_connection_dies_is_taken_again(database: Database) -> None:
    watch, other = Watch(database, "w"), Watch(database, "w")
    assert watch.held()
    assert not other.held()
    others = "select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory'"
    with database.begin() as conn:
        conn.execute(text(others))
    assert not watch.held(), "it is told at once"
    assert other.held()
    assert not watch.held()
    other.leave()
    assert watch.held()
    watch.leave()


@pytest.mark.parametrize("role", ["clock", "urgent", "bulk"])
def test_a_worker_ends_cleanly_without_any_server(role: str, tmp_path: Path) -> None:
    nowhere = f"postgresql:///kuning?host={tmp_path}"
    with worker(role, tmp_path, nowhere, _no_redis(tmp_path)) as one:
        one.start()
        until(lambda: one.said() or not one.lives(), 20)
        assert one.lives(), one.said()
        assert one.stops() == 0


def test_lanes_have_names_that_the_command_line_takes() -> None:
    assert {lane.value for lane in Lane} == {"urgent", "bulk"}
