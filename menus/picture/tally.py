"""What was counted of one state: how many came, and how their calls went on from there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Tally:
    """How often a screen was entered, an answer refused, and a call broken off on it."""

    entered: int = 0
    refused: int = 0
    timed_out: int = 0
    dropped: int = 0

    @property
    def left(self) -> int:
        """How many calls broke off here, in whatever way."""
        return self.timed_out + self.dropped

    @property
    def share(self) -> float:
        """The part of those who came here whose calls broke off, 0 to 1."""
        return min(self.left / self.entered, 1.0) if self.entered else 0.0


NOTHING: Final = Tally()
