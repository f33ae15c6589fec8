"""The notice that a session ended: noted once, however often and however late it comes."""

from __future__ import annotations

import logging
from typing import Protocol

from storage import phone_calls, session_ends
from storage.database import Database, DatabaseDown
from storage.session_ends import SessionEnd

_log = logging.getLogger(__name__)


class Remembers(Protocol):
    """Whoever knows where a session stands that is not written down: the dialogue."""

    def stood(self, gateway: str, session_id: str, phone_index: str) -> str:
        """Return the state it stands at, "" when that is not known."""


def note(database: Database, end: SessionEnd, dialogue: Remembers) -> bool:
    """Write the notice down, and the last screen of the call, which no database heard of.

    False when PostgreSQL is down, for a count is not worth a retry.
    """
    try:
        with database.begin() as conn:
            session_ends.note(conn, end)
            phone = phone_calls.phone_of(conn, end.gateway, end.session_id)
        if phone and (stood := dialogue.stood(end.gateway, end.session_id, phone)):
            with database.begin() as conn:
                phone_calls.ended_at(conn, end.gateway, end.session_id, stood)
    except DatabaseDown:
        _log.warning("the end of a session was not noted: PostgreSQL is down")
        return False
    return True
