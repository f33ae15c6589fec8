"""The driver, made and run: callers over the wire, every reply looked through."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any, Final

from bench import people
from bench.cores import OTHERS
from bench.people import Person

_SOURCE: Final = Path(__file__).with_name("driver.c")
_PATIENCE: Final = 60  # seconds beyond its own time before a driver counts as stuck


@dataclass(frozen=True, slots=True)
class Step:
    """A hop in the driver's words: {0}, {1} numbers, {2} NIK, {3} name, {4} birth, {5} home.

    `expected` must stand in the reply; where it holds a word of the caller's, no other caller's
    reply passes.
    """

    name: str
    phone: str
    session: str
    history: str
    expected: str


@dataclass(frozen=True, slots=True)
class Measured:
    """What a run of the driver saw; times are milliseconds."""

    hops: int
    calls: int
    seconds: float
    p50: float
    p99: float
    most: float
    wrong: int
    errors: int
    steps: tuple[tuple[str, float, float], ...]

    @property
    def rate(self) -> float:
        """Hops a second."""
        return self.hops / self.seconds

    def after(self, before: Measured) -> Measured:
        """Count what went wrong in the run that prepared this one."""
        wrong, errors = self.wrong + before.wrong, self.errors + before.errors
        return replace(self, wrong=wrong, errors=errors)


@dataclass(frozen=True)
class Driver:
    """Drives what listens on loopback. `folder` is its own, for what it reads."""

    folder: Path

    @cached_property
    def program(self) -> Path:
        """Compile the driver, once."""
        made = self.folder / "driver"
        compiler = shutil.which("gcc") or "gcc"
        flags = ("-O2", "-Wall", "-Wextra", "-Werror", "-D_GNU_SOURCE")
        subprocess.run([compiler, *flags, "-o", str(made), str(_SOURCE)], check=True)  # noqa: S603 - ours
        return made

    def drive(
        self,
        place: tuple[int, str],
        steps: Sequence[Step],
        callers: Iterator[Person],
        *,
        connections: int,
        seconds: float,
    ) -> Measured:
        """Let callers take the steps at `place` (port, path) until they or the seconds run out."""
        people.write(self.folder / "callers", callers)
        lines = (f"{s.phone}\t{s.session}\t{s.history}\t{s.expected}" for s in steps)
        (self.folder / "steps").write_text("".join(f"{line}\n" for line in lines), "utf-8")
        port, path = place
        words = (str(port), path, str(connections), str(seconds), "callers", "steps")
        return _read(json.loads(self._run(words, seconds)), steps)

    def _run(self, words: Sequence[str], seconds: float) -> bytes:
        done = subprocess.run(  # noqa: S603 - compiled above
            [str(self.program), *words],
            cwd=self.folder,
            stdout=subprocess.PIPE,
            check=True,
            timeout=seconds + _PATIENCE,
            preexec_fn=_aside,
        )
        return done.stdout


def _aside() -> None:
    os.sched_setaffinity(0, {OTHERS})


def _read(told: Any, steps: Sequence[Step]) -> Measured:
    every = told["all"]
    return Measured(
        hops=every["hops"],
        calls=told["calls"],
        seconds=told["seconds"],
        p50=every["p50"] / 1000,
        p99=every["p99"] / 1000,
        most=every["most"] / 1000,
        wrong=told["wrong"],
        errors=told["errors"],
        steps=tuple(
            (step.name, one["p50"] / 1000, one["p99"] / 1000)
            for step, one in zip(steps, told["steps"], strict=True)
        ),
    )
