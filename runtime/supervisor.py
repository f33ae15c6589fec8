"""Keeps the processes of one installation running, and ends them together.

Each child leads a session of its own. When it dies, whatever it started is ended too, then
it is started again, later each time it dies young. When we are killed, the leash of each
child ends it: nobody is left behind.
"""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass

_FIRST_DELAY = 0.2
# Callers hear nothing meanwhile: a process killed often must still be back within seconds.
_LONGEST_DELAY = 5.0
_HEALTHY_AFTER = 20.0
_POLL = 0.1

Start = Callable[[], "subprocess.Popen[bytes]"]


@dataclass(frozen=True, slots=True)
class Child:
    """A process to keep: how to start it (as leader of its session) and to ask it to stop."""

    name: str
    start: Start
    stop_signal: signal.Signals = signal.SIGTERM
    patience: float = 15.0


class Supervisor:
    """Starts children in order, restarts those that die, stops all in the opposite order."""

    def __init__(
        self, tell: Callable[[str], None], monotonic: Callable[[], float] = time.monotonic
    ) -> None:
        self._tell = tell
        self._monotonic = monotonic
        self._kept: list[_Kept] = []

    @property
    def processes(self) -> Mapping[str, subprocess.Popen[bytes]]:
        """The present process of each child by its name."""
        return {kept.child.name: kept.process for kept in self._kept}

    def start(self, child: Child) -> subprocess.Popen[bytes]:
        """Start a child and keep it from now on."""
        kept = _Kept(child, child.start(), self._monotonic())
        self._kept.append(kept)
        return kept.process

    def watch(self) -> None:
        """Tend the children until a signal interrupts."""
        while True:
            self.tend()
            time.sleep(_POLL)

    def tend(self) -> None:
        """Look at each child once: end what a dead one left, start it when it is due."""
        now = self._monotonic()
        for kept in self._kept:
            if kept.due is None and _has_ended(kept.process):
                self._bury(kept, now)
            if kept.due is not None and now >= kept.due:
                kept.process, kept.started, kept.due = kept.child.start(), now, None

    def stop(self) -> None:
        """Stop the youngest first; each gets its time, then its whole group is killed."""
        while self._kept:
            kept = self._kept.pop()
            if kept.due is None:
                _stop(kept.child, kept.process)

    def _bury(self, kept: _Kept, now: float) -> None:
        code = _end(kept.process)
        if now - kept.started >= _HEALTHY_AFTER:
            kept.delay = _FIRST_DELAY
        kept.due = now + kept.delay
        with suppress(OSError):  # no place to say it, but the other children are to be kept
            self._tell(f"{kept.child.name} ended ({code}), starts again in {kept.delay:g} s")
        kept.delay = min(kept.delay * 2, _LONGEST_DELAY)


@dataclass(slots=True)
class _Kept:
    """A child with its present process; `due` is set while it waits to be started again."""

    child: Child
    process: subprocess.Popen[bytes]
    started: float
    delay: float = _FIRST_DELAY
    due: float | None = None


def stop_on_signals() -> None:
    """Let a service manager's stop and a closed terminal end us as Ctrl-C does."""
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.default_int_handler)


def _has_ended(process: subprocess.Popen[bytes]) -> bool:
    """Look without reaping: as long as it is not reaped its number names its group only."""
    flags = os.WEXITED | os.WNOHANG | os.WNOWAIT
    with suppress(ChildProcessError):
        return os.waitid(os.P_PID, process.pid, flags) is not None
    return True


def _end(process: subprocess.Popen[bytes]) -> int:
    """Kill what is left of its group, then reap it."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    return process.wait()


def _stop(child: Child, process: subprocess.Popen[bytes]) -> None:
    process.send_signal(child.stop_signal)
    deadline = time.monotonic() + child.patience
    while not _has_ended(process) and time.monotonic() < deadline:
        time.sleep(_POLL / 5)
    _end(process)
