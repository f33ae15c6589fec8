from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from runtime import leash
from runtime.supervisor import Child, Supervisor
from tests.support.processes import lives, until

# A child that starts one of its own and notes both numbers.
_FAMILY = """
import os, subprocess, sys, time
inner = subprocess.Popen(["sleep", "300"])
with open(sys.argv[1], "a") as note:
    print(os.getpid(), inner.pid, file=note, flush=True)
time.sleep(300)
"""
_PARENT = """
import sys
from pathlib import Path
from runtime.supervisor import Supervisor
from tests.runtime.test_supervisor import family
supervisor = Supervisor(print)
supervisor.start(family(Path(sys.argv[1])))
print("started", flush=True)
supervisor.watch()
"""


class Told(list[str]):
    """What the supervisor said."""


def family(note: Path) -> Child:
    command = [sys.executable, "-c", _FAMILY, str(note)]
    return Child(
        "family",
        lambda: leash.start(command, ends_with=signal.SIGTERM, env=os.environ),
        patience=5,
    )


@pytest.fixture
def told() -> Told:
    return Told()


@pytest.fixture
def supervisor(told: Told) -> Iterator[Supervisor]:
    kept = Supervisor(told.append)
    yield kept
    kept.stop()


def test_a_dead_child_is_started_again_and_what_it_left_is_ended(
    supervisor: Supervisor, told: Told, tmp_path: Path
) -> None:
    note = tmp_path / "note"
    supervisor.start(family(note))
    (first, inner) = until(lambda: _generation(note, 1))
    os.kill(first, signal.SIGKILL)
    (second, _) = until(lambda: _tended(supervisor, note))
    assert second != first
    until(lambda: not lives(inner))
    assert told == ["family ended (-9), starts again in 0.2 s"]


def test_a_child_that_dies_young_waits_longer_each_time(told: Told) -> None:
    assert _deaths(told, 7, lived=0) == ["0.2", "0.4", "0.8", "1.6", "3.2", "5", "5"]


def test_what_it_says_may_find_no_place_and_its_children_are_kept_all_the_same() -> None:
    def full(_line: str) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    now = [0.0]
    supervisor = Supervisor(full, lambda: now[0])
    first = supervisor.start(Child("brief", _brief))
    first.wait()
    supervisor.tend()
    now[0] += 31
    supervisor.tend()
    assert supervisor.processes["brief"] != first
    supervisor.stop()


def test_a_child_that_lived_long_comes_back_at_once(told: Told) -> None:
    assert _deaths(told, 4, lived=21) == ["0.2", "0.2", "0.2", "0.2"]


def test_stopping_ends_every_child_and_its_children(
    supervisor: Supervisor, told: Told, tmp_path: Path
) -> None:
    supervisor.start(family(tmp_path / "note"))
    numbers = until(lambda: _generation(tmp_path / "note", 1))
    supervisor.stop()
    until(lambda: not any(map(lives, numbers)))
    assert told == []


def test_killing_the_parent_leaves_no_child_behind(tmp_path: Path) -> None:
    note = tmp_path / "note"
    with subprocess.Popen([sys.executable, "-c", _PARENT, str(note)]) as parent:
        (child, _) = until(lambda: _generation(note, 1))
        parent.kill()
    until(lambda: not lives(child))


def test_a_leash_is_refused_outside_the_main_thread() -> None:
    from concurrent.futures import ThreadPoolExecutor  # noqa: PLC0415 - for this test alone

    with ThreadPoolExecutor(1) as pool:
        outcome = pool.submit(leash.start, ["/bin/true"], ends_with=signal.SIGTERM, env={})
        with pytest.raises(RuntimeError, match="main thread"):
            outcome.result()


def _tended(supervisor: Supervisor, note: Path) -> tuple[int, ...]:
    supervisor.tend()
    return _generation(note, 2)


def _brief() -> subprocess.Popen[bytes]:
    return subprocess.Popen(["/bin/false"], start_new_session=True)


def _deaths(told: Told, times: int, lived: float) -> list[str]:
    """Let a child die again and again, each time after it lived so long; give the delays."""
    now = [0.0]
    supervisor = Supervisor(told.append, lambda: now[0])
    process = supervisor.start(Child("brief", _brief))
    for _ in range(times):
        now[0] += lived
        process.wait()
        supervisor.tend()
        now[0] += 31
        supervisor.tend()
        process = supervisor.processes["brief"]
    supervisor.stop()
    return [line.split()[-2] for line in told]


def _generation(note: Path, number: int) -> tuple[int, ...]:
    lines = note.read_text().splitlines() if note.exists() else []
    return tuple(map(int, lines[number - 1].split())) if len(lines) >= number else ()
