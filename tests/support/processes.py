"""Looking at processes from outside, and waiting for what must come true."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

_Found = TypeVar("_Found")


def until(look: Callable[[], _Found], seconds: float = 30) -> _Found:
    """Look until there is something to see and give it; fail after `seconds`."""
    deadline = time.monotonic() + seconds
    while not (found := look()):
        assert time.monotonic() < deadline, f"not seen within {seconds} s"
        time.sleep(0.02)
    return found


def lives(number: int) -> bool:
    """A zombie does not live: in a container nobody may reap what lost its parent."""
    try:
        state = Path(f"/proc/{number}/stat").read_text("utf-8").rsplit(")", 1)[1].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state != "Z"
