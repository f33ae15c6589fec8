"""What is asked of the installation alone: many live sessions, a crowd, memory, a quick start."""

from __future__ import annotations

import os
import secrets
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from statistics import median
from typing import Final, cast
from urllib.parse import urlencode
from urllib.request import Request, urlopen

import redis

from bench import cores, ports, walks
from bench.driving import Driver, Measured
from bench.installation import OFFICES, TOKEN, Installation
from bench.side_by_side import Callers, drive_ours
from bench.sizes import Sizes

_ROOT: Final = Path(__file__).parents[1]
_AT_ONCE: Final = 10_000
_HOUR: Final = 3600
_MOST_A_SECOND: Final = 1_500  # whole registrations for which there are callers
_PATIENCE: Final = 60.0  # seconds


def live_sessions(
    house: Installation, driver: Driver, callers: Callers, sizes: Sizes
) -> dict[int, list[Measured]]:
    """Measure hops at 16 connections while so many other sessions live in Redis.

    Ours are copies of a real one, sealed, under keys of the same form. The fewest are measured
    once more at the end: what changed by itself meanwhile shows in its own rounds.
    """
    client = redis.Redis.from_url(house.addresses.redis_url)
    drive_ours(house, driver, callers, 1, 0.1)
    kept = cast("bytes", client.get(next(_sessions(client))))
    found: dict[int, list[Measured]] = {}
    for count in (*sizes.live, sizes.live[0]):
        _fill(client, kept, count)
        _await_quiet(client)
        rounds = [
            drive_ours(house, driver, callers, 16, sizes.seconds) for _ in range(sizes.rounds)
        ]
        found.setdefault(count, []).extend(rounds)
    client.close()
    return found


def crowd(house: Installation, driver: Driver, callers: Callers, sizes: Sizes) -> Measured:
    """Let a crowd register, all at once, without a pause between their hops."""
    count = int(sizes.crowd + sizes.crowd_seconds * _MOST_A_SECOND / len(walks.registration()))
    people = callers.next(count, *OFFICES)
    seconds = sizes.crowd_seconds
    return driver.drive(
        house.place, walks.registration(), people, connections=sizes.crowd, seconds=seconds
    )


def registrations(
    house: Installation, driver: Driver, callers: Callers, sizes: Sizes
) -> list[Measured]:
    """Measure whole registrations at 16 connections: the database's part included."""
    return [crowd_of_16(house, driver, callers, sizes.seconds) for _ in range(sizes.rounds)]


def crowd_of_16(house: Installation, driver: Driver, callers: Callers, seconds: float) -> Measured:
    """Let 16 callers at a time register for some seconds."""
    steps = walks.registration()
    people = callers.next(int(16 + seconds * _MOST_A_SECOND), *OFFICES)
    return driver.drive(house.place, steps, people, connections=16, seconds=seconds)


def memory(house: Installation) -> Mapping[str, float]:
    """Return MB (PSS) of each process with what it started, and of all."""
    parts = {name: cores.family(head) for name, head in house.processes.items()}
    return {**{name: cores.megabytes(part) for name, part in parts.items()}, **_whole(house)}


def _whole(house: Installation) -> dict[str, float]:
    return {"all": cores.megabytes(cores.family(house.head))}


def first_answer(house: Installation, starts: int) -> float:
    """Return the median of seconds from the start of `kuning web` to its first answer."""
    return median(_first_answer(house) for _ in range(starts))


def _first_answer(house: Installation) -> float:
    port = ports.free()
    environ = dict(os.environ) | {
        "KUNING_HOME": str(house.home),
        "KUNING_WEBHOOK_TOKENS": TOKEN,
        "PORT": str(port),
    }
    began = time.monotonic()
    line = [sys.executable, "-m", "ussd_app.cli", "web"]
    process = subprocess.Popen(line, cwd=_ROOT, env=environ)  # noqa: S603 - ours
    try:
        cores.pin(process.pid, cores.SERVER)
        while not _answers(port):
            if time.monotonic() > began + _PATIENCE:
                raise TimeoutError("a web process does not answer")
            time.sleep(0.005)
        return time.monotonic() - began
    finally:
        cores.end(process)


def _answers(port: int) -> bool:
    form = {
        "sessionId": secrets.token_hex(8),
        "phoneNumber": "+6281100000000",
        "serviceCode": "*123#",
        "text": "",
    }
    address = f"http://127.0.0.1:{port}/ussd/africastalking/{TOKEN}"
    try:
        with urlopen(Request(address, urlencode(form).encode()), timeout=5) as reply:
            return bool(reply.read().startswith(b"CON "))
    except OSError:
        return False


def _fill(client: redis.Redis, value: bytes, count: int) -> None:
    """Let just `count` sessions live, those of callers before us gone."""
    _empty(client)
    for begin in range(0, count, _AT_ONCE):
        batch = client.pipeline(transaction=False)
        for _ in range(begin, min(begin + _AT_ONCE, count)):
            batch.set(f"kuning:session:{secrets.token_hex(32)}", value, ex=_HOUR)
        batch.execute()


def _empty(client: redis.Redis) -> None:
    batch: list[bytes] = []
    for key in _sessions(client):
        batch.append(key)
        if len(batch) == _AT_ONCE:
            client.unlink(*batch)
            batch.clear()
    if batch:
        client.unlink(*batch)


def _sessions(client: redis.Redis) -> Iterator[bytes]:
    yield from client.scan_iter("kuning:session:*", count=_AT_ONCE)


def _await_quiet(client: redis.Redis) -> None:
    """Wait until Redis has rewritten its log, which would take part of the others' core."""
    deadline = time.monotonic() + _PATIENCE
    while time.monotonic() < deadline:
        told = client.info("persistence")
        if not told["aof_rewrite_in_progress"] and not told.get("aof_rewrite_scheduled"):
            return
        time.sleep(0.1)
