"""A port of this machine that nobody listens on."""

from __future__ import annotations

import secrets
import socket

_FIRST, _COUNT = 20_000, 12_000


def free_port() -> int:
    """Return one; somebody else may take it before you do, but no outgoing connection will.

    The kernel gives those the ports from 32768 on, and all tests at once make thousands.
    """
    while True:
        port = _FIRST + secrets.randbelow(_COUNT)
        if _is_free(port):
            return port


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True
