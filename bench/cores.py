"""Processes of the bench: where they run, what they used, how they end."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Final

SERVER: Final = 0
"""The core on which a candidate answers, alone."""

OTHERS: Final = 1
"""The core of the driver, PostgreSQL, Valkey and all the rest."""

_TICKS: Final = os.sysconf("SC_CLK_TCK")


def pin(number: int, core: int) -> None:
    """Keep a process, all its threads and all that they start, on one core."""
    for task in Path(f"/proc/{number}/task").iterdir():
        with suppress(ProcessLookupError):
            os.sched_setaffinity(int(task.name), {core})


def family(head: int) -> list[int]:
    """Return a process and all that descend from it."""
    found = [head]
    for number in found:
        found += [other for other in _numbers() if _parent(other) == number]
    return found


def seconds_used(numbers: Iterable[int]) -> float:
    """Return the seconds of processor time (user and system) that processes have used."""
    return sum(sum(map(int, _stat(number)[11:13])) for number in numbers) / _TICKS


def megabytes(numbers: Iterable[int]) -> float:
    """Return the memory of processes, what they share counted once (PSS), in MB of 10^6."""
    return sum(map(_proportional, numbers)) * 1024 / 1e6


def end(process: subprocess.Popen[bytes]) -> None:
    """Ask a process that we started to end; when it will not, kill it."""
    if process.poll() is not None:
        return
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(20)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def words(number: int) -> list[str]:
    """Return the command line of a process; nothing when it is gone."""
    with suppress(OSError):
        line = Path(f"/proc/{number}/cmdline").read_bytes().decode(errors="replace")
        return [word for word in line.split("\0") if word]
    return []


def _numbers() -> list[int]:
    return [int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdigit()]


def _parent(number: int) -> int:
    return int(_stat(number)[1])


def _stat(number: int) -> list[str]:
    """Return what follows the name in `stat`: state, parent, ...; zeros for who is gone."""
    with suppress(OSError):
        return Path(f"/proc/{number}/stat").read_text("utf-8").rsplit(")", 1)[1].split()
    return ["0"] * 20


def _proportional(number: int) -> int:
    with suppress(OSError):
        lines = Path(f"/proc/{number}/smaps_rollup").read_text("utf-8").splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return 0
