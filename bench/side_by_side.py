"""All candidates in one run, each in every round in turn, so that all meet the same weather."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from typing import Final

from bench import candidates, people, walks
from bench.driving import Driver, Measured
from bench.installation import Installation
from bench.people import Person
from bench.sizes import Sizes

OURS: Final = "kuning"
# Hops a second for which there are callers; who is quicker ends before the seconds are over.
_MOST_OURS: Final = 7_000
_MOST: Final = 40_000
_PREPARING: Final = 120.0  # seconds

Place = tuple[int, str]
Rounds = Mapping[tuple[str, int], list[Measured]]
"""(candidate, connections) -> what each round measured."""


@dataclass(slots=True)
class Callers:
    """Gives out callers; nobody calls twice in a run."""

    given: int = 0

    def next(self, count: int, *offices: str) -> Iterator[Person]:
        """Give the next callers, of these regencies or of all."""
        self.given += count
        return people.people(count, self.given - count, offices)


def compare(house: Installation, driver: Driver, callers: Callers, sizes: Sizes) -> Rounds:
    """Drive each candidate in every round at every number of connections."""
    found = defaultdict[tuple[str, int], list[Measured]](list)
    for _ in range(sizes.rounds):
        for connections in sizes.connections:
            ours = drive_ours(house, driver, callers, connections, sizes.seconds)
            found[OURS, connections].append(ours)
        for name, start in _others(house, sizes).items():
            with start() as port:
                for connections in sizes.connections:
                    measured = _drive((port, candidates.PATH), driver, callers, connections, sizes)
                    found[name, connections].append(measured)
    return found


def drive_ours(
    house: Installation, driver: Driver, callers: Callers, connections: int, seconds: float
) -> Measured:
    """Bring callers half way, unmeasured but looked through; then measure."""
    steps, first = walks.hops(), callers.given
    count = int(seconds * _MOST_OURS / len(steps)) + connections
    before = driver.drive(
        house.place, walks.prepared(), callers.next(count), connections=8, seconds=_PREPARING
    )
    ready = people.people(before.calls, first)
    measured = driver.drive(house.place, steps, ready, connections=connections, seconds=seconds)
    return measured.after(before)


def _drive(
    place: Place, driver: Driver, callers: Callers, connections: int, sizes: Sizes
) -> Measured:
    steps = walks.small()
    count = int(sizes.seconds * _MOST / len(steps)) + connections
    return driver.drive(
        place, steps, callers.next(count), connections=connections, seconds=sizes.seconds
    )


def _others(
    house: Installation, sizes: Sizes
) -> dict[str, Callable[[], AbstractContextManager[int]]]:
    redis_url = house.addresses.redis_url

    @contextmanager
    def plain() -> Iterator[int]:
        with candidates.plain(redis_url) as port:
            yield port

    @contextmanager
    def peer() -> Iterator[int]:
        with candidates.peer(redis_url) as port:
            yield port

    every = {"bare": candidates.bare, "plain": plain, "peer": peer}
    return {name: start for name, start in every.items() if name in sizes.candidates}
