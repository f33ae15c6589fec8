"""Both servers of a home: run them, or connect to those of the process that does."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from runtime.embedded import binaries, postgres, valkey
from runtime.embedded.errors import EmbeddedError
from runtime.embedded.guise import Guise, choose
from runtime.embedded.home import Home, Lock
from runtime.embedded.server import Server

POSTGRES = "postgres"
VALKEY = "valkey"
BOTH = frozenset({POSTGRES, VALKEY})
_POLL = 0.05


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where the servers of a home are reached."""

    database_url: str
    redis_url: str


@dataclass(frozen=True, slots=True)
class Prepared:
    """A home whose lock is ours: what to start, in order; `close` gives it back."""

    home: Home
    sockets: Path
    servers: tuple[Server, ...]
    lock: Lock

    @property
    def addresses(self) -> Addresses:
        """Where they will be reached."""
        return _addresses(self.home, self.sockets)

    def announce(self) -> None:
        """All servers answer: finish what only a running one can do, let others in."""
        if any(server.name == POSTGRES for server in self.servers):
            postgres.ensure_database(self.home, self.sockets)
        self.home.announce(self.sockets)

    def close(self) -> None:
        """After the servers stopped."""
        self.home.close_sockets()
        self.lock.release()


def prepare(
    path: Path, wanted: frozenset[str] = BOTH, *, durable: bool = True, guise: Guise | None = None
) -> Prepared | None:
    """Take the home and say what to start there; None when another process holds it.

    Raises EmbeddedError when the servers cannot be run on this machine.
    """
    home = Home.at(path)
    lock = home.lock()
    if lock is None:
        return None
    try:
        return _prepare(home, lock, wanted, guise, durable=durable)
    except BaseException:
        lock.release()
        raise


@contextmanager
def serve(
    path: Path, wanted: frozenset[str] = BOTH, *, durable: bool = True
) -> Iterator[Addresses]:
    """Run the servers for the length of a `with`, or connect to those that run already."""
    prepared = prepare(path, wanted, durable=durable)
    if prepared is None:
        yield connect(path)
        return
    with ExitStack() as stack:
        stack.callback(prepared.close)
        started = [(each, stack.enter_context(each.running())) for each in prepared.servers]
        for server, process in started:
            server.await_ready(process)
        prepared.announce()
        yield prepared.addresses


def connect(path: Path, patience: float = 60) -> Addresses:
    """Reach the servers that another process runs in this home; EmbeddedError if none does."""
    home = Home.at(path)
    deadline = time.monotonic() + patience
    while (sockets := home.announced()) is None:
        if time.monotonic() > deadline:
            raise EmbeddedError(f"no servers stand in {home.path}: start `kuning up`")
        time.sleep(_POLL)
    return _addresses(home, sockets)


def _prepare(
    home: Home, lock: Lock, wanted: frozenset[str], guise: Guise | None, *, durable: bool
) -> Prepared:
    guise = guise or choose(_programs(wanted), home.path)
    if guise.user >= 0:
        home.path.chmod(0o711)
    home.logs.mkdir(mode=0o700, exist_ok=True)
    sockets = home.open_sockets()
    guise.give(sockets)
    servers = []
    if POSTGRES in wanted:
        servers.append(postgres.prepare(home, guise, sockets, durable=durable))
    if VALKEY in wanted:
        servers.append(valkey.prepare(home, guise, sockets))
    return Prepared(home, sockets, tuple(servers), lock)


def _programs(wanted: frozenset[str]) -> list[Path]:
    postgres_programs = [binaries.postgres("postgres"), binaries.postgres("initdb")]
    found = postgres_programs if POSTGRES in wanted else []
    return [*found, binaries.valkey()] if VALKEY in wanted else found


def _addresses(home: Home, sockets: Path) -> Addresses:
    return Addresses(postgres.url(home, sockets), valkey.url(sockets))
