"""The figures in words: a table for people; the same and every round as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from typing import Any, Final

from bench.driving import Measured
from bench.side_by_side import OURS, Rounds

# What is aimed at, at 16 connections: hops a second as a multiple of the other's.
AIMS: Final = {"bare": 0.25, "peer": 1.5, "plain": 3.0}
AIM_P99: Final = 5.0  # milliseconds at 16 connections
AIM_FLAT: Final = 0.2
AIM_SECONDS: Final = 2.0
AIM_MEMORY: Final = {"web": 110, "urgent": 75, "bulk": 75, "clock": 75, "all": 350}
_AT: Final = 16


@dataclass(frozen=True, slots=True)
class Report:
    """All that one run of the bench found."""

    machine: Mapping[str, str]
    compared: Rounds
    registrations: Sequence[Measured]
    live: Mapping[int, Sequence[Measured]]
    crowd: Measured
    crowd_size: int
    memory: Mapping[str, float]
    first_answer: float

    def lines(self) -> Iterator[str]:
        """Yield the report in plain text."""
        yield from (f"{name}: {told}" for name, told in self.machine.items())
        yield from self._compared()
        yield from self._aims()
        yield from self._alone()

    def _compared(self) -> Iterator[str]:
        yield "\nOne core: hops a second (p50 / p99 ms), median of rounds; wrong, errors in all"
        for (name, connections), rounds in sorted(self.compared.items(), key=_order):
            yield f"  {name:8} {connections:3} connections  {_told(rounds)}"
        ours = self.compared.get((OURS, _AT))
        if ours:
            yield from _by_step(ours)

    def _aims(self) -> Iterator[str]:
        ours = self.compared.get((OURS, _AT))
        if not ours:
            return
        yield f"\nAims at {_AT} connections"
        for name, aim in AIMS.items():
            ratio = _mid(ours, "rate") / _mid(self.compared[name, _AT], "rate")
            yield f"  of {name:6} {ratio:6.3f}  aim {aim:g}  {_verdict(good=ratio >= aim)}"
        p99 = _mid(ours, "p99")
        yield f"  p99       {p99:6.2f}  aim {AIM_P99:g}  {_verdict(good=p99 <= AIM_P99)}"

    def _alone(self) -> Iterator[str]:
        yield "\nWhole registrations, nine hops and a commit, 16 connections"
        yield f"  {_told(self.registrations)}"
        yield from _by_step(self.registrations)
        yield "\nHops with so many live sessions, 16 connections"
        least = _mid(next(iter(self.live.values())), "rate")
        for count, rounds in self.live.items():
            share = _mid(rounds, "rate") / least
            flat = _verdict(good=abs(share - 1) <= AIM_FLAT)
            yield f"  {count:9,}  {_told(rounds)}  {share:.2f} of the first  {flat}"
        yield f"\n{self.crowd_size} callers at once for {self.crowd.seconds:.0f} s"
        yield f"  {_told([self.crowd])}"
        yield "\nMemory, MB of 10^6 (PSS)"
        for name, size in self.memory.items():
            good = _verdict(good=size <= AIM_MEMORY[name])
            yield f"  {name:7} {size:5.0f}  aim {AIM_MEMORY[name]}  {good}"
        good = _verdict(good=self.first_answer <= AIM_SECONDS)
        yield f"\nFirst answer after {self.first_answer:.2f} s  aim {AIM_SECONDS:g}  {good}"

    def write(self, folder: Path) -> Path:
        """Write both files into a folder, named by day and commit; give the text's place."""
        name = f"{self.machine['taken'][:10]}-{self.machine['commit']}"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{name}.json").write_text(json.dumps(self._plain(), indent=1) + "\n", "utf-8")
        text = folder / f"{name}.txt"
        text.write_text("\n".join(self.lines()) + "\n", "utf-8")
        return text

    def _plain(self) -> dict[str, Any]:
        compared = {f"{name} {count}": _all(some) for (name, count), some in self.compared.items()}
        return {
            "machine": dict(self.machine),
            "compared": compared,
            "registrations": _all(self.registrations),
            "live": {str(count): _all(rounds) for count, rounds in self.live.items()},
            "crowd": {"callers": self.crowd_size, **asdict(self.crowd)},
            "memory": dict(self.memory),
            "first_answer": self.first_answer,
        }


def _order(entry: tuple[tuple[str, int], Sequence[Measured]]) -> tuple[int, str]:
    (name, connections), _ = entry
    return connections, name


def _all(rounds: Sequence[Measured]) -> list[dict[str, Any]]:
    return [asdict(one) for one in rounds]


def _told(rounds: Sequence[Measured]) -> str:
    rate, p50, p99 = (_mid(rounds, what) for what in ("rate", "p50", "p99"))
    wrong, errors = sum(one.wrong for one in rounds), sum(one.errors for one in rounds)
    return f"{rate:7,.0f} ({p50:.2f} / {p99:.2f})  wrong {wrong}, errors {errors}"


def _by_step(rounds: Sequence[Measured]) -> Iterator[str]:
    for place, (name, _, _) in enumerate(rounds[0].steps):
        p50 = median(one.steps[place][1] for one in rounds)
        p99 = median(one.steps[place][2] for one in rounds)
        yield f"    {name:13} {p50:6.2f} / {p99:.2f}"


def _mid(rounds: Sequence[Measured], what: str) -> float:
    found: float = median(getattr(one, what) for one in rounds)
    return found


def _verdict(*, good: bool) -> str:
    return "met" if good else "NOT MET"
