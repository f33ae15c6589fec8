"""Redis away, forgetful, silent, full, read-only or locked: callers and SMS go on (F6 to F9)."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
import redis
import requests

from tests.faults.chaos import Proxy, proxy
from tests.faults.driver import Driver
from tests.faults.elsewhere import Elsewhere, elsewhere
from tests.faults.gateway_process import gateway_process
from tests.faults.judging import Judge
from tests.faults.people import Person
from tests.faults.stack import Stack, stack

_AT_ONCE = 4


@dataclass(frozen=True, slots=True)
class Wired:
    """An installation whose Redis is behind a line that can be hurt."""

    kuning: Stack
    line: Proxy
    servers: Elsewhere
    folder: Path

    def driver(self, seed: int) -> Driver:
        """A driver with a log of its own."""
        return Driver(self.kuning.address, self.folder / f"driver-{seed}.jsonl", seed, think=0.3)

    def redis(self, password: str | None = None) -> redis.Redis:
        """Redis itself, past the line."""
        return redis.Redis(unix_socket_path=str(self.servers.redis), password=password)

    def says_of_redis(self) -> str:
        """What whoever watches over it is told."""
        with requests.Session() as http:
            http.trust_env = False
            told = http.get(f"{self.kuning.url}/readyz", timeout=10)
        assert told.status_code == 200, "callers are served, so it is ready"
        return str(told.json()["redis"])


@pytest.fixture(scope="module")
def wired(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Wired]:
    """Started while Redis is away."""
    folder = tmp_path_factory.mktemp("wired")
    with (
        elsewhere(folder) as servers,
        proxy(servers.redis) as line,
        gateway_process(folder) as gateway,
    ):
        line.refuses()
        urls = {"DATABASE_URL": servers.database_url, "REDIS_URL": f"redis://127.0.0.1:{line.port}"}
        with stack(folder, gateway, **urls) as kuning:
            kuning.has_room()
            gateway.reports_to(kuning.sms_address("delivery"))
            yield Wired(kuning, line, servers, folder)


@dataclass(frozen=True, slots=True)
class Sizes:
    """How many callers, how long Redis is away, how long a caller may wait at most (seconds)."""

    callers: int
    away: float
    slowest: float


@pytest.fixture
def sizes(request: pytest.FixtureRequest) -> Sizes:
    """The whole in `make soak`, on a machine of its own; else enough for the fault to strike."""
    whole = request.config.getoption("--soak")
    return Sizes(200, 60.0, 1.0) if whole else Sizes(10, 1.0, 4.0)


def _people(series: int, sizes: Sizes) -> Sequence[Person]:
    """Callers of one fault: no other has them."""
    return [Person(600 + 300 * series + number) for number in range(sizes.callers)]


def test_redis_down_at_the_start_and_in_mid_call_keeps_nobody_from_his_card(
    wired: Wired, judge: Judge, sizes: Sizes
) -> None:
    driver, people = wired.driver(6), _people(0, sizes)
    half = len(people) // 2
    with judge.watches(wired.kuning):
        assert wired.says_of_redis() == "down"
        driver.drive(people[:3], _AT_ONCE)
        wired.line.passes()
        with driver.driving(people[3:half], _AT_ONCE):
            time.sleep(0.5)
            wired.line.refuses()
        with driver.driving(people[half:], _AT_ONCE):
            time.sleep(sizes.away)
            wired.line.passes()
            lifted = time.monotonic()
        judge("F6 Redis down", wired.kuning, driver, lifted=lifted)
    assert driver.p99 < sizes.slowest
    assert wired.says_of_redis() == "ok"


def test_redis_flushed_again_and_again_and_begun_anew_costs_seconds_only(
    wired: Wired, judge: Judge, sizes: Sizes
) -> None:
    driver, people = wired.driver(7), _people(1, sizes)
    with judge.watches(wired.kuning):
        with driver.driving(people, _AT_ONCE) as work:
            while not work.done():
                wired.redis().flushall()
                time.sleep(0.5)
        wired.servers.stops()  # PostgreSQL with it: a whole machine
        wired.servers.forgets()
        wired.servers.starts()
        wired.line.to(wired.servers.redis)
        lifted = time.monotonic()
        driver.drive([Person(people[-1].number + 1)], 1)
        judge("F7 Redis forgets", wired.kuning, driver, lifted=lifted)


_LATE: dict[str, Callable[[Proxy], object]] = {
    "F8 Redis slow by 2 s": lambda line: line.delays(2.0),
    "F8 Redis hangs": lambda line: line.hangs(),
}


@pytest.mark.parametrize("fault", _LATE)
def test_a_redis_that_answers_late_or_never_makes_nobody_wait(
    wired: Wired, judge: Judge, sizes: Sizes, fault: str
) -> None:
    series = 2 + list(_LATE).index(fault)
    driver = wired.driver(series)
    with judge.watches(wired.kuning):
        with driver.driving(_people(series, sizes), _AT_ONCE):
            time.sleep(0.3)
            _LATE[fault](wired.line)
        wired.line.passes()
        wired.line.cuts()
        judge(fault, wired.kuning, driver, lifted=time.monotonic())
    assert driver.p99 < sizes.slowest + 0.5, "the first to meet it waits for a time-out or two"


def _locks(wired: Wired) -> None:
    wired.redis().config_set("requirepass", "another")
    wired.line.cuts()


Strike = Callable[[Wired], object]
_REFUSALS: dict[str, tuple[Strike, Strike]] = {
    "F9 Redis full": (
        lambda wired: wired.redis().config_set("maxmemory", "1mb"),
        lambda wired: wired.redis().config_set("maxmemory", "0"),
    ),
    "F9 Redis read-only": (
        lambda wired: wired.redis().replicaof("127.0.0.1", "9"),
        lambda wired: wired.redis().replicaof("NO", "ONE"),
    ),
    "F9 Redis's password": (
        _locks,
        lambda wired: wired.redis("another").config_set("requirepass", ""),
    ),
}


@pytest.mark.parametrize("fault", _REFUSALS)
def test_a_redis_that_refuses_is_told_of_and_nothing_dies_of_it(
    wired: Wired, judge: Judge, sizes: Sizes, fault: str
) -> None:
    series, (strikes, lifts) = 5 + list(_REFUSALS).index(fault), _REFUSALS[fault]
    driver, before = wired.driver(series), wired.kuning.children()
    with judge.watches(wired.kuning):
        with driver.driving(_people(series, sizes), _AT_ONCE):
            time.sleep(0.3)
            strikes(wired)
            assert wired.says_of_redis() == "down"
        lifts(wired)
        judge(fault, wired.kuning, driver, lifted=time.monotonic())
    assert wired.says_of_redis() == "ok"
    assert wired.kuning.children() == before, "no process died of it"
    assert driver.p99 < sizes.slowest
