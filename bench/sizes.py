"""How long the bench runs: whole as `make bench`, or small so that nothing of it rots."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sizes:
    """How much of everything; `seconds` are of one measurement.

    `live` are the numbers of live sessions, `crowd` callers call at once for `crowd_seconds`,
    `starts` is how often a web process is started.
    """

    rounds: int
    seconds: float
    connections: tuple[int, ...]
    candidates: frozenset[str]
    live: tuple[int, ...]
    crowd: int
    crowd_seconds: float
    starts: int


WHOLE = Sizes(
    rounds=5,
    seconds=2.0,
    connections=(1, 16, 64),
    candidates=frozenset({"bare", "plain", "peer"}),
    live=(10, 100_000, 1_000_000),
    crowd=1_000,
    crowd_seconds=120.0,
    starts=5,
)

SMALL = Sizes(
    rounds=1,
    seconds=0.2,
    connections=(2,),
    candidates=frozenset({"bare", "plain"}),
    live=(1, 100),
    crowd=20,
    crowd_seconds=0.5,
    starts=1,
)
