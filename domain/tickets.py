"""Tickets: complaints, and requests of people about their own data.

UU 27/2022 (personal data) gives an office 3 x 24 hours for what people ask about their own data;
the national complaints desk SP4N-LAPOR! takes three days to look at a complaint.  One clock serves
both.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from domain import gsm7
from domain.faults import Fault

CLOCK: Final = timedelta(hours=72)
"""So long has the office, from the moment it was asked; counted in hours, holidays included."""

RATED_FOR: Final = timedelta(days=7)
"""So long after the answer the caller may say that it did not help."""

TOLD_FOR: Final = timedelta(days=183)
"""Half a year: a number that was silent for longer may be somebody else's, who hears nothing."""

MOST_A_DAY: Final = 3
"""Tickets of one number in one day of its office; more come from a child or a machine."""

SHORTEST: Final = 8
_FEWEST_LETTERS: Final = 4


class Kind(StrEnum):
    """What a ticket is about; the words of these keys stand in `domain.terms`."""

    COMPLAINT = "complaint"
    DATA_COPY = "data_copy"
    DATA_DELETE = "data_delete"


class State(StrEnum):
    """What became of it: nobody looked, an officer is at it, answered."""

    NEW = "new"
    WORKING = "working"
    CLOSED = "closed"


OPEN: Final = frozenset({State.NEW, State.WORKING})
"""Somebody still waits for our answer."""


def words(text: str) -> str | Fault:
    """Return a complaint in the caller's own words, marks outside GSM-7 folded, on one line.

    Fault: ``length`` for what is too short to be one, such as a key pressed by mistake.
    """
    said = " ".join(gsm7.fold(text).split())
    letters = sum(char.isalpha() for char in said)
    if len(said) < SHORTEST or letters < _FEWEST_LETTERS:
        return Fault("length")
    return said


def hours_left(due_at: datetime, now: datetime) -> int:
    """Return the hours until ``due_at``, a begun one counted whole; 0 or less when it is over."""
    return -((now - due_at) // timedelta(hours=1))


def may_be_rated(answered_at: datetime | None, now: datetime) -> bool:
    """Tell whether an answer is young enough to be judged by whoever it was given to."""
    return answered_at is not None and now < answered_at + RATED_FOR
