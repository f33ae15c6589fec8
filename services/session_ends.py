"""The notice that a session ended: noted once, however often and however late it comes."""

from __future__ import annotations

import logging

from storage import session_ends
from storage.database import Database, DatabaseDown
from storage.session_ends import SessionEnd

_log = logging.getLogger(__name__)


def note(database: Database, end: SessionEnd) -> bool:
    """Write the notice down; False when PostgreSQL is down, for a count is not worth a retry."""
    try:
        with database.begin() as conn:
            session_ends.note(conn, end)
    except DatabaseDown:
        _log.warning("the end of a session was not noted: PostgreSQL is down")
        return False
    return True
