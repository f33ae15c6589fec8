"""Places where a test may let a process die, exactly there and exactly once.

A failpoint is a function taken as an argument by whoever has one. In production none can be
set (see settings), so it does nothing. It leaves its mark in the home before it kills: the
restarted process must not die again.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

Failpoint = Callable[[str], None]
EXIT = 137  # as a process looks that was killed by signal 9


def none(_name: str) -> None:
    """Do nothing: the failpoint of production."""


def armed(names: frozenset[str], home: Path) -> Failpoint:
    """Give a failpoint that ends the process at each of `names`, once for this home."""
    if not names:
        return none
    folder = home / "failpoints"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)

    def reach(name: str) -> None:
        if name in names and _first_time(folder / name):
            os._exit(EXIT)

    return reach


def _first_time(mark: Path) -> bool:
    try:
        mark.touch(mode=0o600, exist_ok=False)
    except FileExistsError:
        return False
    return True
