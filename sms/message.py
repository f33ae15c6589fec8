"""A message on its way: its lanes, its life as one table of moves, and what a gateway is handed.

A status only moves forward. Two things may put a message back into the queue, and only the
sender that holds its claim (or the sweep, once the claim ran out) may do them: a claim that never
reached the line, and a line that certainly did not take it (`RETURNS`). News from outside, a
delivery report above all, is judged by `forward` alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

__all__ = ["FINAL", "MOVES", "RETURNS", "Lane", "OutgoingSms", "Status", "forward"]


class Lane(StrEnum):
    """Which queue carries a message: receipts at once, alerts when the day allows it."""

    URGENT = "urgent"
    BULK = "bulk"


class Status(StrEnum):
    """Where a message is."""

    QUEUED = "queued"
    """The row is committed; nobody works on it."""
    CLAIMED = "claimed"
    """One worker holds it under a lease; nothing has left yet."""
    SENDING = "sending"
    """Committed immediately before the request: from here on it may have been sent."""
    SENT = "sent"
    """The gateway took it."""
    DELIVERED = "delivered"
    """The gateway says that the handset has it."""
    UNDELIVERED = "undelivered"
    """The gateway says that the handset will not get it."""
    FAILED = "failed"
    """Refused, or tried as often as allowed; certainly not sent."""
    EXPIRED = "expired"
    """Too late to be of use: dropped by us or by the gateway."""
    CANCELLED = "cancelled"
    """Undone by the caller, a STOP, or a closed vacancy before it left."""
    UNKNOWN = "unknown"
    """It may or may not have been sent; a delivery report can still tell."""


_ENDS = frozenset({Status.DELIVERED, Status.UNDELIVERED, Status.FAILED, Status.EXPIRED})

MOVES: Mapping[Status, frozenset[Status]] = MappingProxyType(
    {
        Status.QUEUED: frozenset(
            {Status.CLAIMED, Status.FAILED, Status.EXPIRED, Status.CANCELLED},
        ),
        Status.CLAIMED: frozenset(
            {Status.SENDING, Status.FAILED, Status.EXPIRED, Status.CANCELLED},
        ),
        Status.SENDING: frozenset({Status.SENT, Status.UNKNOWN}) | _ENDS,
        Status.UNKNOWN: frozenset({Status.SENT}) | _ENDS,
        Status.SENT: _ENDS,
        Status.DELIVERED: frozenset(),
        Status.UNDELIVERED: frozenset(),
        Status.FAILED: frozenset(),
        Status.EXPIRED: frozenset(),
        Status.CANCELLED: frozenset(),
    },
)

RETURNS = frozenset({Status.CLAIMED, Status.SENDING})
"""States a sender may put back to `queued`, when it knows that the line did not take it."""

FINAL = frozenset(status for status, onward in MOVES.items() if not onward)
"""States that never change again, whatever a gateway reports."""


def forward(old: Status, new: Status) -> bool:
    """Tell whether news may move a message from `old` to `new`; staying is no move."""
    return new in MOVES[old]


@dataclass(frozen=True, slots=True)
class OutgoingSms:
    """One text for one handset, as a gateway is handed it.

    `id` is the row's id, `to` an E.164 number with its plus sign, `sender` the name or short code
    it comes from, or None for the line's own.
    """

    id: str
    to: str
    text: str
    sender: str | None = None
