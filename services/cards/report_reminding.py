"""The reminder that a report is due: once for each window, in the daytime, with the code to dial.

Many do not report because they forget (Madiun, Mimika: domain notes), and then need a new card.
Sent between nine and six by the office's clock, on the first day of the window; whoever reports
before it has left gets none (`notices.take_back`). A number that fell silent is told no name.
Whose window is over needs a new card, and is asked for no report.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from sqlalchemy import Connection

from domain import calendar, card
from domain.card import State
from services.cards import contested, notices, status
from services.cards.reminding import FROM, UNTIL
from storage import card_requests, offices, reminders
from storage.database import Database, DatabaseBusy, DatabaseDown
from storage.offices import Office
from storage.vault import Vault

__all__ = ["remind"]

_log = logging.getLogger(__name__)

AT_ONCE: Final = 500
"""Reminders of a round and an office; the next one is a minute away."""


@dataclass(frozen=True, slots=True)
class _Clock:
    """One transaction of the clock."""

    conn: Connection
    vault: Vault
    now: datetime


def remind(database: Database, vault: Vault, now: datetime) -> int:
    """Queue the reminders that are due in each office where it is day; how many."""
    with database.begin() as conn:
        served = offices.every(conn)
    return sum(
        _one(database, vault, now, office, request_id)
        for office in served
        if FROM <= calendar.local(now, office.zone).time() < UNTIL
        for request_id in _due(database, office, calendar.local_day(now, office.zone))
    )


def _due(database: Database, office: Office, today: date) -> list[str]:
    with database.begin() as conn:
        return reminders.due_reports(conn, office.code, today - card.LONGEST_WINDOW, AT_ONCE)


def _one(database: Database, vault: Vault, now: datetime, office: Office, request_id: str) -> bool:
    try:
        with database.begin() as conn:
            return _remind(_Clock(conn, vault, now), office, request_id)
    except DatabaseBusy:
        _log.warning("a card request was busy; its reminder waits for the next round")
        return False
    except DatabaseDown:
        raise
    except Exception as error:  # noqa: BLE001 - one that fails must not hold up the rest
        _log.error("%s cannot be reminded: %s", request_id, type(error).__name__)
        return False


def _remind(clock: _Clock, office: Office, request_id: str) -> bool:
    """Look again under the lock: somebody may have been faster."""
    found = card_requests.get(clock.conn, request_id)
    request = contested.lock(clock, found) if found else None
    if request is None or request.state is not State.REPORT_DUE or request.office != office.code:
        return False
    if status.is_late(request, office, calendar.local_day(clock.now, office.zone)):
        return False
    return notices.tell_report(clock, request, office)
