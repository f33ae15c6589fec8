"""`kuning work clock`: timed work that needs no Redis, by one process of an installation at a time.

Every duty runs in a thread of its own and never twice at once, so that a slow gateway does not
hold up the drafts, and a duty that fails is told and tried again at its next time.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime

import structlog

from storage.watch import Watch
from workers.stopping import Stop

__all__ = ["Clock", "Duty"]

log = structlog.get_logger()

TICK = 1.0
"""Seconds between two looks at what is due."""


@dataclass(frozen=True, slots=True)
class Duty:
    """Something to do again and again: its name, every how many seconds, and what."""

    name: str
    every: float
    run: Callable[[datetime], object]


class Clock:
    """Runs duties while it holds the watch."""

    def __init__(
        self,
        duties: Sequence[Duty],
        watch: Watch,
        now: Callable[[], datetime],
        failpoint: Callable[[str], None],
    ) -> None:
        self._duties = duties
        self._watch = watch
        self._now = now
        self._failpoint = failpoint
        self._due = dict.fromkeys((duty.name for duty in duties), 0.0)
        self._running: dict[str, Future[None]] = {}

    def run(self, stop: Stop) -> None:
        """Tick until `stop`; then wait for the duties under way."""
        with ThreadPoolExecutor(len(self._duties), "clock") as pool:
            while not stop.is_set():
                self.tick(pool, time.monotonic())
                stop.wait(TICK)
        self._watch.leave()

    def tick(self, pool: ThreadPoolExecutor, moment: float) -> list[str]:
        """Begin every duty whose time has come; their names. None without the watch."""
        if not self._watch.held():
            return []
        self._failpoint("clock.tick")
        begun = [duty for duty in self._duties if self._is_due(duty, moment)]
        for duty in begun:
            self._due[duty.name] = moment + duty.every
            self._running[duty.name] = pool.submit(self._do, duty)
        return [duty.name for duty in begun]

    def _is_due(self, duty: Duty, moment: float) -> bool:
        under_way = self._running.get(duty.name)
        return self._due[duty.name] <= moment and (under_way is None or under_way.done())

    def _do(self, duty: Duty) -> None:
        try:
            duty.run(self._now())
        except Exception as error:  # noqa: BLE001 - one duty that fails must not stop the clock
            log.warning("clock.duty_failed", duty=duty.name, fault=type(error).__name__)
