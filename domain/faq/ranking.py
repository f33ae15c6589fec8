"""Answers ranked by how near their phrasings come to a question, and what may be said of that.

The measure is a weighted overlap of meanings: rare ones tell more (inverse document frequency over
the answers), and what a question speaks of beyond a phrasing counts against it, more so when it is
of other affairs. One answer is given only when it is near enough and clear of the second; a wrong
answer is worse than none, for somebody may travel by it.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from domain.faq.reading import OTHER_AFFAIRS, meanings

__all__ = ["Answered", "Found", "Index", "Nearest", "Nothing"]

Said = frozenset[str]
"""What a text speaks of."""

CLEAR: Final = 0.62
"""From here on the first answer is given alone, when no other is as near."""

AHEAD: Final = 0.07
"""How far the second answer has to be behind."""

NEAR: Final = 0.40
"""From here on answers are worth a look."""

MOST: Final = 3
_UNKNOWN: Final = 0.8
"""The weight of a word that no answer knows, as a part of the heaviest known one."""

_ELSEWHERE: Final = 2.5
"""The same for other affairs."""


@dataclass(frozen=True, slots=True)
class Answered:
    """One answer fits."""

    key: str


@dataclass(frozen=True, slots=True)
class Nearest:
    """Some answers may be meant, the nearest first; at most three."""

    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Nothing:
    """No answer is about this: somebody has to read it."""


Found = Answered | Nearest | Nothing


class Index:
    """The phrasings of some answers, ready to be asked. Immutable; share it."""

    __slots__ = ("_heaviest", "_phrasings", "_weights")

    def __init__(self, asked: Mapping[str, Iterable[str]]) -> None:
        """Take for each answer's key the ways in which it is asked for."""
        self._phrasings = tuple(
            (key, said)
            for key, phrasings in asked.items()
            for said in dict.fromkeys(meanings(one) - {OTHER_AFFAIRS} for one in phrasings)
            if said
        )
        self._weights = _weigh(self._phrasings)
        self._heaviest = max(self._weights.values(), default=1.0)

    def find(self, question: str) -> Found:
        """Return what may be answered to a question in somebody's own words."""
        ranked = self.rank(question)
        near = [(key, score) for key, score in ranked if score >= NEAR][:MOST]
        if not near:
            return Nothing()
        behind = near[1][1] if len(near) > 1 else 0.0
        clear = near[0][1] >= CLEAR and near[0][1] - behind >= AHEAD
        if clear and self._means(meanings(question), near[0][0]):
            return Answered(near[0][0])
        return Nearest(tuple(key for key, _ in near))

    def _means(self, said: Said, key: str) -> bool:
        """Tell whether there is enough to go by: one word of several is a chance hit.

        Nor is anything that speaks of other affairs, whatever else it speaks of.
        """
        own = frozenset[str]().union(*(one for other, one in self._phrasings if other == key))
        return OTHER_AFFAIRS not in said and (len(said) == 1 or len(said & own) > 1)

    def rank(self, question: str) -> list[tuple[str, float]]:
        """Return every answer with anything in common, the nearest first, each from 0 to 1."""
        said = meanings(question)
        best: dict[str, float] = {}
        for key, phrasing in self._phrasings:
            if common := said & phrasing:
                best[key] = max(best.get(key, 0.0), self._near(said, phrasing, common))
        return sorted(best.items(), key=lambda one: (-one[1], one[0]))

    def _near(self, said: Said, phrasing: Said, common: Said) -> float:
        return 2 * self._weight(common) / (self._weight(said) + self._weight(phrasing))

    def _weight(self, some: Said) -> float:
        return sum(self._weigh_one(one) for one in some)

    def _weigh_one(self, one: str) -> float:
        if one == OTHER_AFFAIRS:
            return _ELSEWHERE * self._heaviest
        return self._weights.get(one, _UNKNOWN * self._heaviest)


def _weigh(phrasings: Iterable[tuple[str, Said]]) -> dict[str, float]:
    """Return the weight of each meaning: the fewer answers speak of it, the more it tells."""
    speaking: dict[str, set[str]] = {}
    keys = set()
    for key, phrasing in phrasings:
        keys.add(key)
        for one in phrasing:
            speaking.setdefault(one, set()).add(key)
    return {one: math.log(1 + len(keys) / len(by)) for one, by in speaking.items()}
