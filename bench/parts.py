"""What the bench needs of the machine besides Kuning's own parts; checked before anything runs."""

from __future__ import annotations

import os
import shutil
from typing import Final

NEEDED: Final = {
    "gcc": "apt-get install gcc libc6-dev",
    "node": "apt-get install nodejs",
    "npm": "apt-get install npm",
}
CORES: Final = 2


def missing() -> list[str]:
    """Say line by line what is missing, and how it comes; nothing when all is there."""
    lines = [
        f"missing: {name} ({how})" for name, how in NEEDED.items() if shutil.which(name) is None
    ]
    if len(os.sched_getaffinity(0)) < CORES:
        lines.append(f"missing: {CORES} cores, one for the server and one for all else")
    return lines
