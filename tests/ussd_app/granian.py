"""The server that `kuning web` runs, before the echo."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.support.free_port import free_port

_ROOT = Path(__file__).parents[2]


@contextmanager
def under_granian(target: str = "tests.ussd_app.echo:granian") -> Iterator[int]:
    """Serve a factory with the flags that ship, on a free port, until the end of the block."""
    port = free_port()
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--factory"]
    flags = ["--workers", "1", "--blocking-threads", "8", "--backpressure", "2000"]
    place = ["--host", "127.0.0.1", "--port", str(port), "--log-level", "error"]
    process = subprocess.Popen([*command, *flags, *place, target], cwd=_ROOT)
    try:
        _await(port, process)
        yield port
    finally:
        process.terminate()
        process.wait(20)


def _await(port: int, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline and process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise AssertionError("granian did not start")
