"""The notice that a session ended: noted once, however often and however late it comes.

Of a call that broke off the funnel counts where, and how: timed out, because nobody answered in the
time a network gives, or dropped, because the line went dead or the caller hung up. Gateways say
"incomplete" to both; how long the call lasted, and when we last heard of it, tells them apart.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import timedelta
from typing import Final, Protocol

from sqlalchemy import Connection

from domain import calendar
from menus.definition import flow_of
from services.dialogue.record import Record
from storage import funnel, phone_calls, session_ends
from storage.database import Database, DatabaseDown
from storage.funnel import Met
from storage.phone_calls import Begun
from storage.session_ends import SessionEnd

_log = logging.getLogger(__name__)

TIMED_OUT: Final = "timed_out"
DROPPED: Final = "dropped"
_BROKEN_OFF: Final = "Incomplete"
_ZONE: Final = "WIB"  # as the rest of the funnel counts its days
_EARLY: Final = timedelta(seconds=1)
"""Two clocks, and a callback on its way: an end may seem a second early."""


class Remembers(Protocol):
    """Whoever knows where a session stands that is not written down: the dialogue."""

    def last(self, gateway: str, session_id: str, phone_index: str) -> Record | None:
        """Return what is last known of a session; None when nothing is."""


@dataclass(frozen=True, slots=True)
class Patience:
    """Seconds that a network lets a session last, and a screen wait for its answer."""

    session: int
    idle: int


def note(database: Database, end: SessionEnd, dialogue: Remembers, patience: Patience) -> bool:
    """Write the notice down, and the last screen of the call, which no database heard of.

    False when PostgreSQL is down, for a count is not worth a retry.
    """
    try:
        with database.begin() as conn:
            first = session_ends.note(conn, end)
            begun = phone_calls.begun(conn, end.gateway, end.session_id)
        left = begun and dialogue.last(end.gateway, end.session_id, begun.phone_index)
        if begun and left:
            with database.begin() as conn:
                _note_last(conn, end, left)
                if first and end.status == _BROKEN_OFF:
                    _count(conn, left, how(end, begun, left, patience))
    except DatabaseDown:
        _log.warning("the end of a session was not noted: PostgreSQL is down")
        return False
    return True


def how(end: SessionEnd, begun: Begun, left: Record, patience: Patience) -> str:
    """Return how a call broke off: "timed_out", or "dropped", also where nobody can tell."""
    if end.duration_ms is None:
        return DROPPED
    lasted = timedelta(milliseconds=end.duration_ms) + _EARLY
    silent = lasted - (left.at - begun.began_at)
    over = lasted >= timedelta(seconds=patience.session)
    return TIMED_OUT if over or silent >= timedelta(seconds=patience.idle) else DROPPED


def _note_last(conn: Connection, end: SessionEnd, left: Record) -> None:
    if left.session.at:
        phone_calls.ended_at(conn, end.gateway, end.session_id, left.session.at)


def _count(conn: Connection, left: Record, event: str) -> None:
    session = left.session
    if session.at is None:
        return
    flow = flow_of(session.at)
    day = calendar.local_day(left.at, _ZONE)
    state, office = session.at[len(flow) + 1 :], session.known.get("office", "")
    funnel.add(conn, {Met(day, office, flow, state, event, session.language): 1})
