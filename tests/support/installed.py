"""`kuning` as a person types it: a process with an environment, its words and its exit code."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.support.free_port import free_port
from tests.support.identities import Identity, root
from tests.support.processes import until

_SECONDS = 120


@dataclass(frozen=True, slots=True)
class Installed:
    """Kuning in one home, used by one identity."""

    home: Path
    identity: Identity
    environ: Mapping[str, str]

    def says(self, *words: str, typed: str = "") -> subprocess.CompletedProcess[str]:
        """Run one command to its end."""
        return subprocess.run(
            self._line(words),
            input=typed,
            env=self._environment(),
            capture_output=True,
            text=True,
            timeout=_SECONDS,
            check=False,
        )

    @contextmanager
    def up(self) -> Iterator[Running]:
        """Run `kuning up` for the length of a `with`; it is ready when this begins."""
        output = self.home.parent / "up.out"
        with output.open("wb") as file:
            process = subprocess.Popen(
                self._line(("up",)),
                env=self._environment(),
                stdout=file,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        running = Running(self, process, output)
        try:
            until(running.is_ready, _SECONDS)
            yield running
        finally:
            _ended(process)

    def _line(self, words: tuple[str, ...]) -> list[str]:
        return [*self.identity.prefix, self.identity.python, "-m", "ussd_app.cli", *words]

    def _environment(self) -> Mapping[str, str]:
        return {**self.identity.environment(), "KUNING_HOME": str(self.home), **self.environ}


@dataclass(frozen=True, slots=True)
class Running:
    """An installation that is up."""

    installed: Installed
    process: subprocess.Popen[bytes]
    output: Path

    @property
    def lines(self) -> list[str]:
        """What it printed so far."""
        return self.output.read_text("utf-8").splitlines()

    def is_ready(self) -> bool:
        """Whether the line `Ready` was printed; fails when the process ended instead."""
        assert self.process.poll() is None, "\n".join(self.lines)
        return any(line.startswith("Ready") for line in self.lines)

    def ends(self, number: signal.Signals) -> int:
        """Send a signal and give the exit code."""
        self.process.send_signal(number)
        return self.process.wait(_SECONDS)


def _ended(process: subprocess.Popen[bytes]) -> None:
    """End it as Ctrl-C does, and by force when it does not hear."""
    if process.poll() is None:
        process.send_signal(signal.SIGINT)
    try:
        process.wait(_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
        raise


def installed(home: Path, identity: Identity | None = None, **environ: str) -> Installed:
    """Give an installation on a free port."""
    return Installed(home, identity or root(), {"PORT": str(free_port()), **environ})


def family(home: Path) -> list[int]:
    """Numbers of all processes whose environment, folder or command names a home."""
    return [pid for pid in _processes() if pid != os.getpid() and _belongs(pid, str(home))]


def children(parent: int) -> dict[str, int]:
    """The processes that `kuning up` started, by what they are."""
    return {_role(pid): pid for pid in _processes() if _parent(pid) == parent and _role(pid)}


def _parent(pid: int) -> int:
    try:
        stat = Path(f"/proc/{pid}/stat").read_text("utf-8")
    except (FileNotFoundError, ProcessLookupError):
        return 0
    return int(stat.rsplit(")", 1)[1].split()[1])


def _role(pid: int) -> str:
    """The last word of a command of ours, or the name of a server; "" while it begins."""
    try:
        words = Path(f"/proc/{pid}/cmdline").read_text("utf-8").rstrip("\0").split("\0")
    except (FileNotFoundError, ProcessLookupError):
        return ""
    if "ussd_app.cli" in words:
        return "" if "-S" in words else words[-1].strip()
    return Path(words[0].split(" ")[0]).name.removesuffix("-server")


def _processes() -> list[int]:
    return [int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdigit()]


def _belongs(pid: int, home: str) -> bool:
    try:
        told = Path(f"/proc/{pid}/environ").read_bytes() + Path(f"/proc/{pid}/cmdline").read_bytes()
        return home.encode() in told or home in str(Path(f"/proc/{pid}/cwd").readlink())
    except OSError:
        return False
