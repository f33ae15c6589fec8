"""What is only of use for a while, and then goes: counted attempts, ended sessions, old claims."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from services import drafts
from services.officers import IDLE
from storage import (
    alert_digests,
    attempts,
    callback_requests,
    case_claims,
    decisions,
    officer_sessions,
    phone_calls,
    phone_changes,
    service_visits,
    session_ends,
    sign_ups,
    sms_questions,
    tickets,
    vacancy_interests,
)
from storage.database import Database

KEPT: Final = drafts.KEPT + timedelta(days=1)
"""Longer than any limit looks back: a draft counts the misses of its whole life."""

ENDS_KEPT: Final = timedelta(days=400)
"""Calls and how they ended: long enough to compare a month with that of the year before."""

CALLBACKS_KEPT: Final = timedelta(days=90)
"""Who was rung, and which number took another's place: after a season nobody asks.

What still waits is never dropped.
"""

INTERESTS_KEPT: Final = timedelta(days=90)
"""Who wanted a vacancy, with the number, once an officer has told them or put it away."""

TICKETS_KEPT: Final = ENDS_KEPT
"""Tickets that are answered, with their words. One that waits is never dropped."""

ALERTS_KEPT: Final = timedelta(days=30)
"""What was to be told of a vacancy that is closed, should it be opened again."""

VISITS_KEPT: Final = timedelta(days=90)
"""Who came for another service or a training, with the number; a season, as for calls back."""

DECISIONS_KEPT: Final = timedelta(days=1)
"""What was decided stands in the audit; how it stood before is of use for ten seconds."""


def sweep(database: Database, now: datetime) -> int:
    """Forget what has had its time; return how many rows went. Harmless at any time, for the clock.

    Each table goes in a transaction of its own, so that none waits for another.
    """
    with database.begin() as conn:
        gone = attempts.drop_older(conn, now - KEPT)
    with database.begin() as conn:
        gone += officer_sessions.drop_ended(conn, now, now - IDLE)
    with database.begin() as conn:
        gone += session_ends.drop_before(conn, now - ENDS_KEPT)
        gone += phone_calls.drop_before(conn, now - ENDS_KEPT)
    with database.begin() as conn:
        gone += callback_requests.drop_ended(conn, now - CALLBACKS_KEPT)
        gone += phone_changes.drop_ended(conn, now - CALLBACKS_KEPT)
        gone += vacancy_interests.drop_ended(conn, now - INTERESTS_KEPT)
    with database.begin() as conn:
        gone += alert_digests.drop_over(conn, now - ALERTS_KEPT)
    with database.begin() as conn:
        gone += tickets.drop_closed(conn, now - TICKETS_KEPT)
        gone += sms_questions.drop_before(conn, now - sms_questions.GOOD_FOR)
    with database.begin() as conn:
        before = (now - VISITS_KEPT).date()
        gone += sign_ups.drop_before(conn, before)
        gone += service_visits.drop_before(conn, before)
    with database.begin() as conn:
        gone += decisions.drop_before(conn, now - DECISIONS_KEPT)
    with database.begin() as conn:
        return gone + case_claims.drop_ended(conn, now)
