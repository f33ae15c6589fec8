"""Run a program that ends when its parent does, however the parent ends.

Started as a script of its own (`python -I -S leash.py SIGNAL PARENT UID GID command …`), so
it imports nothing of ours: `preexec_fn` would run Python between fork and exec, which may
deadlock in a process with threads. The kernel sends SIGNAL to the program when the *thread*
that started it ends, so only a main thread may start one. Changing the user clears the
promise; that is why the user is changed first.
"""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO

_PR_SET_PDEATHSIG = 1
_SAME = -1


def start(  # noqa: PLR0913 - the one place where a child of ours is started, all by keyword
    command: Sequence[str],
    *,
    ends_with: signal.Signals,
    env: Mapping[str, str],
    cwd: Path | None = None,
    user: int = _SAME,
    group: int = _SAME,
    output: IO[bytes] | None = None,
) -> subprocess.Popen[bytes]:
    """Start `command` in a session of its own; `ends_with` is sent to it when we die."""
    if threading.current_thread() is not threading.main_thread():
        raise RuntimeError("a leash holds only from the main thread")
    script = [sys.executable, "-I", "-S", str(Path(__file__).resolve())]
    parts = [str(int(ends_with)), str(os.getpid()), str(user), str(group)]
    return subprocess.Popen(  # noqa: S603 - the command is one of our own
        [*script, *parts, *command],
        cwd=cwd,
        env=dict(env),
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=output,
        start_new_session=True,
    )


def tie(ends_with: signal.Signals, parent: int) -> None:
    """Ask the kernel to end this very process with its parent; leave if that is gone already."""
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, int(ends_with))
    if os.getppid() != parent:
        os._exit(1)


def _become(user: int, group: int) -> None:
    if user != _SAME:
        os.setgroups([])
        os.setgid(group)
        os.setuid(user)


def main(arguments: Sequence[str]) -> None:
    """Become the user, tie the leash, turn into the command."""
    ends_with, parent, user, group = map(int, arguments[:4])
    _become(user, group)
    tie(signal.Signals(ends_with), parent)
    os.execv(arguments[4], list(arguments[4:]))  # noqa: S606 - no shell is wanted


if __name__ == "__main__":
    main(sys.argv[1:])
