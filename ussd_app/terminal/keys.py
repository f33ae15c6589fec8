"""Lines that are typed, or that a script sends; waiting for one can be given up for a while."""

from __future__ import annotations

import os
import re
import select
import time
from typing import Final

_CHUNK: Final = 4096
_LONGEST: Final = 64 * 1024
_ARROWS: Final = re.compile(r"\x1b(?:\[[0-9;]*|O)[A-Za-z~]")


class Keys:
    """Reads lines from a file descriptor by itself, so that nothing hides in another's buffer."""

    def __init__(self, handle: int) -> None:
        self._handle = handle
        self._waiting = b""
        self._over = False

    def line(self, seconds: float | None = None) -> str | None:
        """Return the next line; None when none came within `seconds`. Raises EOFError at the end.

        A last line without a line break counts; bytes that are no UTF-8 are replaced. What no key
        of a handset types (arrows, control characters) is left out.
        """
        until = None if seconds is None else time.monotonic() + seconds
        while b"\n" not in self._waiting and not self._over:
            left = None if until is None else max(0.0, until - time.monotonic())
            if not select.select([self._handle], [], [], left)[0]:
                return None
            self._read()
        return self._next()

    def _read(self) -> None:
        read = os.read(self._handle, _CHUNK)
        self._waiting += read
        self._over = not read or len(self._waiting) > _LONGEST

    def _next(self) -> str:
        if not self._waiting:
            raise EOFError
        line, _, self._waiting = self._waiting.partition(b"\n")
        typed = _ARROWS.sub("", line.decode("utf-8", "replace"))
        return "".join(char for char in typed if char.isprintable())
