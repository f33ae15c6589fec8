"""The life of a card request, from the call to the end of the card, as one table of moves.

Periods: the AK/1 card is valid two years and its holder reports every six months while without a
job; the card has three report rows (Permenaker 39/2016 art. 38 and the printed cards), so the
reports fall at +6, +12 and +18 months and the card ends at +24.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from datetime import date, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Final


class State(StrEnum):
    """Where a card request stands."""

    REQUESTED = "requested"
    BOOKED = "booked"
    CAME = "came"
    INCOMPLETE = "incomplete"
    SIGNING = "signing"
    READY = "ready"
    ISSUED = "issued"
    REPORT_DUE = "report_due"
    REPORTED = "reported"
    NO_SHOW = "no_show"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"
    EMPLOYED = "employed"


_END: Final = frozenset({State.EXPIRED, State.EMPLOYED, State.WITHDRAWN})
_AT_COUNTER: Final = frozenset(
    {State.INCOMPLETE, State.SIGNING, State.READY, State.ISSUED, State.REFUSED, State.WITHDRAWN}
)

MOVES: Final[Mapping[State, frozenset[State]]] = MappingProxyType(
    {
        # Booked by itself; stays requested only while another phone holds the same NIK.
        State.REQUESTED: frozenset(
            {State.BOOKED, State.CAME, State.NO_SHOW, State.REFUSED, State.WITHDRAWN}
        ),
        State.BOOKED: frozenset(
            {State.BOOKED, State.CAME, State.NO_SHOW, State.REFUSED, State.WITHDRAWN}
        ),
        State.CAME: _AT_COUNTER,
        # Comes back without a new slot, in the opening hours.
        State.INCOMPLETE: frozenset({State.CAME, State.REFUSED, State.WITHDRAWN}),
        State.SIGNING: frozenset({State.READY, State.INCOMPLETE, State.REFUSED, State.WITHDRAWN}),
        State.READY: frozenset({State.ISSUED, State.WITHDRAWN}),
        State.ISSUED: frozenset({State.REPORT_DUE}) | _END,
        State.REPORT_DUE: frozenset({State.REPORTED}) | _END,
        State.REPORTED: frozenset({State.REPORT_DUE}) | _END,
        # Who missed the day may choose another, or simply turn up at the counter.
        State.NO_SHOW: frozenset(
            {State.REQUESTED, State.BOOKED, State.CAME, State.REFUSED, State.WITHDRAWN}
        ),
        State.REFUSED: frozenset(),
        State.WITHDRAWN: frozenset(),
        State.EXPIRED: frozenset(),
        State.EMPLOYED: frozenset(),
    }
)
"""Every move there is; what is not here does not happen."""

LIVE: Final = frozenset(state for state, onward in MOVES.items() if onward)
"""States that hold a NIK: no second request stands beside one of these."""

OPEN: Final = LIVE - {State.ISSUED, State.REPORT_DUE, State.REPORTED}
"""States before the card is issued."""

HOLDER: Final = LIVE - OPEN
"""States of somebody who has a valid card."""

UNDO: Final = timedelta(seconds=10)
"""So long an officer may take a move back: no move of the table, but the last one unmade.

Until then its SMS waits, and whoever dials is told that an officer is at work.
"""

REPORT_MONTHS: Final = (6, 12, 18)
VALID_MONTHS: Final = 24

LONGEST_WINDOW: Final = timedelta(days=184)
"""Six months at their longest (1 March to 1 September): a report due before that is late."""


def may(now: State, then: State) -> bool:
    """Tell whether a request in state ``now`` may move to ``then``."""
    return then in MOVES[now]


def missed(state: State, day: date | None, today: date) -> bool:
    """Tell whether the promised ``day`` went by unused, also where nobody has noted it yet."""
    waiting = state in {State.REQUESTED, State.BOOKED}
    return state is State.NO_SHOW or (waiting and day is not None and day < today)


def report_days(issued: date) -> tuple[date, date, date]:
    """Return the three days from which the holder is asked to report."""
    first, second, third = (_later(issued, months) for months in REPORT_MONTHS)
    return first, second, third


def next_report(issued: date, after: date) -> date | None:
    """Return the first report day later than ``after``; ``None`` once the third has passed."""
    return next((day for day in report_days(issued) if day > after), None)


def late(issued: date, due: date, today: date) -> bool:
    """Tell whether the report of the day ``due`` comes too late: its whole window has passed.

    Who leaves it beyond six months must have the card made anew (Mimika; Tarakan renews at once,
    and the law's own days of grace were not found), so a window lasts until the next report day.
    """
    return today >= (next_report(issued, due) or expires(issued))


def expires(issued: date) -> date:
    """Return the last day of the card, 24 months on."""
    return _later(issued, VALID_MONTHS)


def _later(day: date, months: int) -> date:
    """Return the same day ``months`` later, or the last of that month (31 Aug + 6: 28 Feb)."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))
