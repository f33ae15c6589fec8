"""A worker as it runs: `kuning work ROLE`, a process of its own on the servers of the test."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from runtime.failpoints import EXIT
from tests.support.processes import until

_ROOT = Path(__file__).parents[2]


@dataclass
class WorkerProcess:
    """One role's process; it may be killed and started again in the same home."""

    role: str
    folder: Path
    database_url: str
    redis_url: str
    settings: dict[str, str] = field(default_factory=dict)
    process: subprocess.Popen[bytes] | None = None

    @property
    def sms_log(self) -> Path:
        """What the simulator took."""
        return self.folder / "sms.jsonl"

    @property
    def log(self) -> Path:
        """What the process said."""
        return self.folder / f"{self.role}.log"

    def start(self) -> WorkerProcess:
        """Start it, and do not wait."""
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "ussd_app.cli", "work", self.role],
                cwd=_ROOT,
                env=self._environment(),
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        return self

    def dies_by_itself(self) -> None:
        """Wait for the failpoint to kill it."""
        assert self._process.wait(60) == EXIT, self.said()

    def is_killed(self) -> None:
        """Kill -9."""
        self._process.kill()
        self._process.wait(10)

    def stops(self, seconds: float = 15) -> int:
        """End it as a supervisor does; its exit code."""
        self._process.send_signal(signal.SIGTERM)
        return self._process.wait(seconds)

    def lives(self) -> bool:
        """Whether it runs."""
        return self._process.poll() is None

    def said(self) -> str:
        """Its output so far."""
        return self.log.read_text("utf-8")

    def has_said(self, words: str) -> None:
        """Wait until it said something."""
        until(lambda: words in self.said())

    @property
    def _process(self) -> subprocess.Popen[bytes]:
        assert self.process is not None
        return self.process

    def _environment(self) -> dict[str, str]:
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
        own = {
            "KUNING_HOME": str(self.folder / "home"),
            "KUNING_DATA_KEYS": f"t1:{b64encode(b'1' * 32).decode()}",
            "KUNING_INDEX_KEY": b64encode(b"2" * 32).decode(),
            "KUNING_SIMULATOR_LOG": str(self.sms_log),
            "DATABASE_URL": self.database_url,
            "REDIS_URL": self.redis_url,
        }
        return kept | own | self.settings


@contextmanager
def worker(
    role: str, folder: Path, database_url: str, redis_url: str, **settings: str
) -> Iterator[WorkerProcess]:
    """Run a worker for the length of a `with`; it starts when told."""
    one = WorkerProcess(role, folder, database_url, redis_url, settings)
    try:
        yield one
    finally:
        if one.process is not None and one.lives():
            one.is_killed()
