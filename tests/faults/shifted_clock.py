"""The wall clock of an installation, moved from outside while it runs; PostgreSQL's stays right."""

from __future__ import annotations

import struct
import subprocess
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

__all__ = ["ShiftedClock"]

_SOURCE = Path(__file__).with_name("shifted_clock.c")


@dataclass(frozen=True, slots=True)
class ShiftedClock:
    """A clock in a folder: what processes find set, and how far it is off."""

    folder: Path

    @property
    def settings(self) -> dict[str, str]:
        """What puts a process on this clock."""
        library = self.folder / "clock.so"
        if not library.exists():
            command = ["gcc", "-shared", "-fPIC", "-O2", "-o", str(library), str(_SOURCE)]
            subprocess.run(command, check=True)
            self.shifts(0)
        return {"LD_PRELOAD": str(library), "TEST_CLOCK": str(self._place)}

    def shifts(self, seconds: float) -> None:
        """Let it be so far ahead of the right time from this moment on; behind where negative."""
        mode = "r+b" if self._place.exists() else "wb"
        with self._place.open(mode) as clock:
            clock.write(struct.pack("=q", round(seconds)))

    def says(self, moment: datetime) -> None:
        """Let it be this moment now."""
        self.shifts((moment - datetime.now(UTC)).total_seconds())

    @property
    def _place(self) -> Path:
        return self.folder / "clock"
