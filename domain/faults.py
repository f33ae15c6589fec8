"""A refusal as a value: what a check gives back when an answer will not do."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fault:
    """Why an answer was refused, never with the answer itself (it may be personal).

    ``name`` chooses the line shown to the caller (``length``, ``shape``, ``date`` ...);
    ``count`` is the number that line may tell, such as how many digits came.
    """

    name: str
    count: int = 0
