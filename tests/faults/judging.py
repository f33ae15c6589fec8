"""After a fault: how long until all is well again, and what the checker says, on one line."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
import requests

from tests.faults.checker import Verdict, check_invariants
from tests.faults.driver import Driver
from tests.faults.evidence import gathered
from tests.faults.people import Person
from tests.faults.stack import Stack

__all__ = ["RECOVERY", "Judge", "watched"]

RECOVERY = 60.0
"""Seconds after which callers are served and every SMS is on its way again."""

_LOOK = 0.2
_PROBE = Person(9999)
_AT_WORK = (
    "SELECT count(*) FROM messages WHERE status IN ('claimed', 'sending')"
    " OR (status = 'queued' AND not_before <= now() AND lane = 'urgent')"
)


@dataclass(slots=True)
class Judge:
    """Ends a fault: waits until all is well, checks, prints one line and writes it down."""

    report: Path
    record: Callable[[str, object], None]
    seen: list[Mapping[str, str]] = field(default_factory=list)

    def __call__(self, fault: str, stack: Stack, *drivers: Driver, lifted: float) -> Verdict:
        """Judge a fault that was lifted at a moment (monotonic seconds); every invariant holds.

        Who was not served in the driver's time is a broken promise too.
        """
        recovered = recovers(stack, lifted)
        verdict = check_invariants(gathered(stack, *drivers, seen=self.seen))
        self._tell(fault, verdict, recovered, drivers)
        unserved = sorted(number for driver in drivers for number in driver.unserved)
        assert verdict.holds, verdict
        assert not unserved, f"never served: {unserved}"
        return verdict

    @contextmanager
    def watches(self, stack: Stack) -> Iterator[None]:
        """Note the status of every message again and again for the length of a `with`."""
        with watched(stack, self.seen):
            yield

    def _tell(
        self, fault: str, verdict: Verdict, recovered: float, drivers: tuple[Driver, ...]
    ) -> None:
        seed = ",".join(str(driver.seed) for driver in drivers) or "-"
        slowest = max((driver.p99 for driver in drivers), default=0.0)
        line = (
            f"{fault:24} seed {seed:>5}  callers {verdict.callers:5}  hops {verdict.hops:6}"
            f"  lost {verdict.lost}  doubled {verdict.doubled}  unknown {verdict.unknown:3}"
            f"  resent {verdict.resent:3}  recovered {recovered:5.1f} s  p99 {slowest:5.2f} s"
        )
        print(line)  # noqa: T201 - asked for: one line a fault
        self.record("fault", line)
        with self.report.open("a", encoding="utf-8") as report:
            report.write(line + "\n")


def recovers(stack: Stack, lifted: float) -> float:
    """Wait until a new caller is served and no SMS is under way; the seconds since `lifted`."""
    while not (_serves(stack) and _is_settled(stack)):
        taken = time.monotonic() - lifted
        assert taken < RECOVERY, f"not well again after {taken:.0f} s"
        time.sleep(_LOOK)
    return time.monotonic() - lifted


@contextmanager
def watched(stack: Stack, seen: list[Mapping[str, str]]) -> Iterator[None]:
    """Look at the outbox again and again while something happens; whenever it can be seen."""
    over = threading.Event()

    def look() -> None:
        while not over.wait(_LOOK):
            with suppress(psycopg.Error, OSError):
                seen.append(_statuses(stack))

    thread = threading.Thread(target=look, daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join(10)


def _statuses(stack: Stack) -> Mapping[str, str]:
    return {str(one): str(status) for one, status in stack.rows("SELECT id, status FROM messages")}


def _serves(stack: Stack) -> bool:
    with suppress(requests.RequestException, AssertionError):
        said = stack.hop(f"ATUid_probe{time.monotonic_ns()}", _PROBE.phone, "")
        return said.startswith("CON ")
    return False


def _is_settled(stack: Stack) -> bool:
    with suppress(psycopg.Error):
        return stack.rows(_AT_WORK) == [(0,)]
    return False
