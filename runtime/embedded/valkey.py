"""Valkey 9 in the home: no port, a private socket, every write in the append-only file."""

from __future__ import annotations

import signal
import socket
from pathlib import Path

from runtime.embedded import binaries
from runtime.embedded.guise import Guise
from runtime.embedded.home import Home
from runtime.embedded.server import Server

_OPTIONS = (
    "--port",
    "0",
    "--unixsocketperm",
    "700",
    "--appendonly",
    "yes",
    "--appendfsync",
    "everysec",
    "--save",
    "",
    "--daemonize",
    "no",
    "--dir",
    "./",
)


def prepare(home: Home, guise: Guise, sockets: Path) -> Server:
    """Make the folder where there is none, and say how to run it."""
    home.valkey.mkdir(mode=0o700, exist_ok=True)
    guise.give(home.valkey)
    place = _socket(sockets)
    return Server(
        name="valkey",
        command=(str(binaries.valkey()), *_OPTIONS, "--unixsocket", str(place)),
        folder=home.valkey,
        log=home.logs / "valkey.log",
        stop_signal=signal.SIGTERM,
        ready=lambda _pid: _answers(place),
        guise=guise,
    )


def url(sockets: Path) -> str:
    """Give the redis-py URL of this home's server."""
    return f"unix://{_socket(sockets)}"


def _socket(sockets: Path) -> Path:
    return sockets / "valkey.sock"


def _answers(place: Path) -> bool:
    """PING; while the append-only file is read the answer is -LOADING."""
    try:
        with socket.socket(socket.AF_UNIX) as line:
            line.settimeout(1)
            line.connect(str(place))
            line.sendall(b"PING\r\n")
            return line.recv(16).startswith(b"+PONG")
    except OSError:
        return False
