"""The candidate it is all about: an installation as `kuning up` runs it, in a home of its own."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import psycopg

from bench import cores, ports
from runtime.embedded.servers import Addresses, connect

TOKEN: Final = "bench-" + "t" * 32
OFFICES: Final = ("32.10", "33.74")
_ROOT: Final = Path(__file__).parents[1]
_SECONDS: Final = 120
# More a day than `kuning offices set` allows: no hour that was shown shall be full a moment later.
_WIDE: Final = "UPDATE offices SET daily_quota = 10000000, hour_quota = 10000000"


@dataclass(frozen=True, slots=True)
class Installation:
    """One that runs. `processes` are those that `kuning up` started, by name."""

    home: Path
    port: int
    head: int
    processes: dict[str, int]

    @property
    def place(self) -> tuple[int, str]:
        """Where its gateway's callbacks go."""
        return self.port, f"/ussd/africastalking/{TOKEN}"

    @property
    def addresses(self) -> Addresses:
        """Its servers."""
        return connect(self.home)

    @property
    def web(self) -> list[int]:
        """The main process of granian and its worker."""
        return cores.family(self.processes["web"])

    def pin(self) -> None:
        """The web alone on one core, all else on the other."""
        for number in cores.family(self.head):
            cores.pin(number, cores.OTHERS)
        for number in self.web:
            cores.pin(number, cores.SERVER)


@contextmanager
def installation(folder: Path) -> Iterator[Installation]:
    """Run an installation for the length of a `with`, its offices with room for everybody."""
    home, port = folder / "home", ports.free()
    environ = _environment(home, port)
    with (folder / "up.log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "ussd_app.cli", "up"],
            cwd=_ROOT,
            env=environ,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        _await_ready(process, folder / "up.log")
        _widen(home)
        yield Installation(home, port, process.pid, _by_name(process.pid))
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(_SECONDS)


def _environment(home: Path, port: int) -> dict[str, str]:
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    own = {"KUNING_HOME": str(home), "PORT": str(port), "KUNING_WEBHOOK_TOKENS": TOKEN}
    return kept | own


def _widen(home: Path) -> None:
    url = connect(home).database_url.replace("+psycopg", "")
    with psycopg.connect(url) as connection:
        connection.execute(_WIDE)


def _await_ready(process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + _SECONDS
    while b"\nReady" not in log.read_bytes():
        if process.poll() is not None or time.monotonic() > deadline:
            raise RuntimeError(f"the installation did not start:\n{log.read_text('utf-8')}")
        time.sleep(0.05)


def _by_name(head: int) -> dict[str, int]:
    """Find the processes of `kuning up` by the last word of what they run."""
    found: dict[str, int] = {}
    for number in cores.family(head)[1:]:
        words = cores.words(number)
        if "ussd_app.cli" in words:
            found.setdefault(words[-1], number)
    return found
