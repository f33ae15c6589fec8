"""Who is driven beside the installation: each a process of its own on the server's core."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from bench import cores, ports
from ussd_app.cli.web import BACKPRESSURE, BLOCKING_THREADS

PATH: Final = "/ussd"
PEER: Final = Path(__file__).with_name("peer")
_ROOT: Final = Path(__file__).parents[1]
# As `kuning web` runs it.
_GRANIAN: Final = (
    *(sys.executable, "-m", "granian", "--interface", "wsgi", "--workers", "1"),
    *("--http", "1", "--no-ws", "--log-level", "error"),
    *("--blocking-threads", str(BLOCKING_THREADS), "--backpressure", str(BACKPRESSURE)),
)


@contextmanager
def bare() -> Iterator[int]:
    """Serve a stateless WSGI callable by granian; give its port."""
    with _granian("bench.bare:application", {}) as port:
        yield port


@contextmanager
def plain(redis_url: str) -> Iterator[int]:
    """Serve a Flask view with redis-py by granian; give its port."""
    with _granian("bench.plain:application", {"BENCH_REDIS_URL": redis_url}) as port:
        yield port


@contextmanager
def peer(redis_url: str) -> Iterator[int]:
    """Serve ussd-menu-builder under node; give its port."""
    node = shutil.which("node") or "node"
    environ = {"BENCH_REDIS_SOCKET": urlsplit(redis_url).path, "NODE_ENV": "production"}
    with _served([node, "server.js"], PEER, environ) as port:
        yield port


def install_peer() -> None:
    """Bring what the peer needs, as its lock file has it."""
    npm = shutil.which("npm") or "npm"
    subprocess.run([npm, "ci", "--silent"], cwd=PEER, check=True)  # noqa: S603 - our lock file


@contextmanager
def _granian(target: str, environ: dict[str, str]) -> Iterator[int]:
    with _served([*_GRANIAN, target], _ROOT, environ) as port:
        yield port


@contextmanager
def _served(line: list[str], folder: Path, environ: dict[str, str]) -> Iterator[int]:
    port = ports.free()
    own = {"PORT": str(port), "GRANIAN_PORT": str(port), "GRANIAN_HOST": "127.0.0.1"}
    process = subprocess.Popen(line, cwd=folder, env=os.environ | own | environ)  # noqa: S603 - ours
    try:
        ports.await_open(port)
        for number in cores.family(process.pid):
            cores.pin(number, cores.SERVER)
        yield port
    finally:
        cores.end(process)
