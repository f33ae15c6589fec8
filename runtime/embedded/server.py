"""One server program: how it starts, when it is ready, how it is asked to stop."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from runtime import leash
from runtime.embedded.errors import EmbeddedError
from runtime.embedded.guise import Guise

# A clean environment: the servers see none of our secrets.
_ENVIRONMENT = {"PATH": "/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC"}
_POLL = 0.01
_STOP_SECONDS = 30


@dataclass(frozen=True, slots=True)
class Server:
    """What is needed to run one program in its data folder; `ready` looks from outside."""

    name: str
    command: tuple[str, ...]
    folder: Path
    log: Path
    stop_signal: signal.Signals
    ready: Callable[[int], bool]
    guise: Guise
    process_files: tuple[Path, ...] = ()

    def start(self) -> subprocess.Popen[bytes]:
        """Start it, in its own session, on our leash; it may not be ready yet.

        Whoever calls holds the lock of the home, so another one at work in the folder is the
        server of a killed parent: it is waited for. After that its process files are stale, even
        where their number belongs to somebody else by now, or to a dead process nobody reaped.
        """
        _clear_leftovers(self.folder, self.stop_signal)
        for file in self.process_files:
            file.unlink(missing_ok=True)
        with self.log.open("ab") as output:
            return leash.start(
                [*self.guise.prefix, *self.command],
                ends_with=self.stop_signal,
                env=_ENVIRONMENT,
                cwd=self.folder,
                user=self.guise.user,
                group=self.guise.group,
                output=output,
            )

    @contextmanager
    def running(self) -> Iterator[subprocess.Popen[bytes]]:
        """Run it for the length of a `with`."""
        process = self.start()
        try:
            yield process
        finally:
            self.stop(process)

    def stop(self, process: subprocess.Popen[bytes]) -> None:
        """Ask it to stop in good order; kill it when it does not listen."""
        process.send_signal(self.stop_signal)
        try:
            process.wait(_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()

    def await_ready(self, process: subprocess.Popen[bytes], seconds: float = 60) -> None:
        """Return when it answers; EmbeddedError with the end of its log when it does not."""
        deadline = time.monotonic() + seconds
        while not self.ready(process.pid):
            if process.poll() is not None or time.monotonic() > deadline:
                raise EmbeddedError(f"{self.name} did not start: {_tail(self.log)}")
            time.sleep(_POLL)


def run(command: list[str], guise: Guise, folder: Path) -> None:
    """Run a tool of a server to its end; EmbeddedError with its words when it fails."""
    done = subprocess.run(  # noqa: S603 - programs of the wheels
        [*guise.prefix, *command],
        cwd=folder,
        env=_ENVIRONMENT,
        user=None if guise.user < 0 else guise.user,
        group=None if guise.group < 0 else guise.group,
        extra_groups=None if guise.user < 0 else [],
        capture_output=True,
        check=False,
    )
    if done.returncode:
        words = (done.stderr or done.stdout).decode(errors="replace").strip()
        raise EmbeddedError(f"{Path(command[0]).name} failed: {words}")


def _clear_leftovers(folder: Path, stop_signal: signal.Signals, seconds: float = 40) -> None:
    """Wait until no server of a killed parent works in `folder`; remind it half way.

    The leash has told it to stop already. Found by its working folder, which no reused
    process number can imitate (only where /proc exists; elsewhere there is no leash either).
    """
    deadline = time.monotonic() + seconds
    reminded = False
    while left := _working_in(folder):
        if time.monotonic() > deadline:
            raise EmbeddedError(f"process {left[0]} still works in {folder}: end it first")
        if not reminded and time.monotonic() > deadline - seconds / 2:
            reminded = True
            os.kill(min(left), stop_signal)
        time.sleep(_POLL)


def _working_in(folder: Path) -> list[int]:
    if not folder.exists():
        return []
    here = folder.stat()
    numbers = [int(entry.name) for entry in Path("/proc").glob("[0-9]*")]
    return [number for number in numbers if _works_in(number, here)]


def _works_in(number: int, here: os.stat_result) -> bool:
    try:
        there = os.stat(f"/proc/{number}/cwd")  # noqa: PTH116 - Path.stat would do the same, slower
    except OSError:
        return False
    return os.path.samestat(here, there)


def _tail(log: Path) -> str:
    lines = log.read_text("utf-8", errors="replace").splitlines() if log.exists() else []
    return " / ".join(lines[-5:]) or f"see {log}"
