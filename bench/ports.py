"""Ports of this machine: free ones, and those that begin to answer."""

from __future__ import annotations

import socket
import time
from typing import Final

_SECONDS: Final = 30


def free() -> int:
    """Find a port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def await_open(port: int) -> None:
    """Wait until somebody listens on a port."""
    deadline = time.monotonic() + _SECONDS
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.02)
        else:
            return
