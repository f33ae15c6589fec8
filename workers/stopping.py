"""Being told to stop: by a signal, in the main thread, at any moment."""

from __future__ import annotations

import signal
import time
from types import FrameType

__all__ = ["Stop", "on_signals"]

_STEP = 0.2
"""Seconds between two looks; a worker that waits ends within them."""


class Stop:
    """A flag that a signal handler may set.

    Not `threading.Event`: its lock may be held by the very thread that the handler interrupts, and
    setting it would then wait for ever.
    """

    def __init__(self) -> None:
        self._asked = False

    def set(self) -> None:
        """Ask for the end."""
        self._asked = True

    def is_set(self) -> bool:
        """Tell whether the end was asked for."""
        return self._asked

    def wait(self, seconds: float) -> None:
        """Wait for so long, or until the end is asked for."""
        over = time.monotonic() + seconds
        while not self._asked and (left := over - time.monotonic()) > 0:
            time.sleep(min(left, _STEP))


def on_signals(stop: Stop) -> None:
    """Let SIGTERM and SIGINT set `stop`; a second one changes nothing."""

    def handle(_number: int, _frame: FrameType | None) -> None:
        stop.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, handle)
