"""A terminal with somebody at it: what is typed goes to a process, what it prints is read."""

from __future__ import annotations

import os
import pty
import re
import select
import signal
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Self

_SECONDS = 30
_STYLE = re.compile(r"\x1b\[[0-9;]*m")


class Terminal:
    """One process with a terminal of its own; every verb returns it: a call is a sentence."""

    def __init__(self, process: subprocess.Popen[bytes], handle: int) -> None:
        self.process = process
        self.raw = ""
        self._handle = handle
        self._read_to = 0

    @property
    def text(self) -> str:
        """All that was printed, without colours."""
        return _STYLE.sub("", self.raw)

    def types(self, *lines: str) -> Self:
        """Type lines, each when it is asked for one more."""
        for line in lines:
            self.sees("> ")
            os.write(self._handle, f"{line}\n".encode())
        return self

    def answers(self, question: str, secret: str) -> Self:
        """Answer a question that asks for no line of a call."""
        self.sees(question)
        os.write(self._handle, f"{secret}\n".encode())
        return self

    def presses(self, key: str) -> Self:
        """Press a key such as Ctrl-D, when a line is asked for."""
        self.sees("> ")
        os.write(self._handle, key.encode())
        return self

    def sees(self, *parts: str) -> Self:
        """Wait until each part is printed, in this order, after what was seen before."""
        for part in parts:
            deadline = time.monotonic() + _SECONDS
            while (found := self.text.find(part, self._read_to)) < 0:
                assert time.monotonic() < deadline, f"{part!r} was not printed:\n{self.text}"
                assert self._reads(0.1), f"it ended without {part!r}:\n{self.text}"
            self._read_to = found + len(part)
        return self

    def has(self, part: str) -> Self:
        """Wait until it is printed, wherever: what comes by itself may come between."""
        deadline = time.monotonic() + _SECONDS
        while part not in self.text:
            assert time.monotonic() < deadline, f"{part!r} was not printed:\n{self.text}"
            assert self._reads(0.1), f"it ended without {part!r}:\n{self.text}"
        return self

    def ends(self) -> int:
        """Wait for the end; give the exit code."""
        deadline = time.monotonic() + _SECONDS
        while self._reads(0.1):
            assert time.monotonic() < deadline, f"it goes on:\n{self.text}"
        return self.process.wait(_SECONDS)

    def hears(self, number: signal.Signals) -> Self:
        """Send a signal, as the system does."""
        self.process.send_signal(number)
        return self

    def _reads(self, seconds: float) -> bool:
        """Read what is printed within some seconds; False at the end."""
        if not select.select([self._handle], [], [], seconds)[0]:
            return True
        try:
            read = os.read(self._handle, 4096)
        except OSError:  # EIO: the last one on the other side has gone
            return False
        self.raw += read.decode("utf-8", "replace").replace("\r\n", "\n")
        return bool(read)


@contextmanager
def terminal(command: list[str], environ: Mapping[str, str]) -> Iterator[Terminal]:
    """Run a command at a terminal for the length of a `with`; nothing of it is left behind."""
    ours, theirs = pty.openpty()
    # In a session of its own that the terminal controls: else Ctrl-C is a character like others.
    line = ["setsid", "--ctty", *command]
    process = subprocess.Popen(line, stdin=theirs, stdout=theirs, stderr=theirs, env=environ)
    os.close(theirs)
    try:
        yield Terminal(process, ours)
    finally:
        if process.poll() is None:
            process.kill()
        process.wait(_SECONDS)
        os.close(ours)
