"""The reminder on the day before a visit, once, in the daytime, to who is still expected.

Many who do not come have forgotten. Sent between nine and six by the office's clock; who booked
later than nine hears of it an hour after his booking, while it is still day. It is taken back with
all else when the visit is moved, withdrawn or over (`notices.take_back`), and dropped at eight in
the evening: nobody is woken for it, and "tomorrow" would be untrue.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from sqlalchemy import Connection

from domain import calendar
from domain.card import State
from services.cards import contested, notices
from storage import card_requests, holidays, offices, reminders
from storage.card_requests import CardRequest
from storage.database import Database, DatabaseBusy, DatabaseDown
from storage.offices import Office
from storage.vault import Vault

__all__ = ["remind"]

_log = logging.getLogger(__name__)

FROM: Final = time(9)
UNTIL: Final = time(18)
"""Local hours in which a reminder is queued."""

APART: Final = timedelta(hours=1)
"""So long after the booking, or its last change, nobody need be reminded."""

AT_ONCE: Final = 500
"""Reminders of a round; the next one is a minute away."""


@dataclass(frozen=True, slots=True)
class _Clock:
    """One transaction of the clock."""

    conn: Connection
    vault: Vault
    now: datetime


@dataclass(frozen=True, slots=True)
class _Round:
    """One look at who comes tomorrow."""

    database: Database
    vault: Vault
    now: datetime

    def due(self, office: Office) -> list[str]:
        """Return who is to be reminded; nobody at night, and nobody of a day that is closed."""
        tomorrow = _tomorrow(office, self.now)
        if not FROM <= calendar.local(self.now, office.zone).time() < UNTIL:
            return []
        with self.database.begin() as conn:
            if holidays.between(conn, office.code, tomorrow, tomorrow):
                return []
            return reminders.due(conn, office.code, tomorrow, self.now - APART, AT_ONCE)

    def one(self, office: Office, request_id: str) -> bool:
        """Remind one, in a transaction of its own: an officer may be at work on another."""
        try:
            with self.database.begin() as conn:
                return _remind(_Clock(conn, self.vault, self.now), office, request_id)
        except DatabaseBusy:
            _log.warning("a card request was busy; its reminder waits for the next round")
            return False
        except DatabaseDown:
            raise
        except Exception as error:  # noqa: BLE001 - one that fails must not hold up the rest
            _log.error("%s cannot be reminded: %s", request_id, type(error).__name__)
            return False


def remind(database: Database, vault: Vault, now: datetime) -> int:
    """Queue the reminders that are due in each office; how many."""
    with database.begin() as conn:
        served = offices.every(conn)
    turn = _Round(database, vault, now)
    return sum(turn.one(office, one) for office in served for one in turn.due(office))


def _remind(clock: _Clock, office: Office, request_id: str) -> bool:
    found = card_requests.get(clock.conn, request_id)
    request = contested.lock(clock, found) if found else None
    if request is None or not _still(request, office, clock.now):
        return False
    return notices.tell_reminder(clock, request, office)


def _still(request: CardRequest, office: Office, now: datetime) -> bool:
    """Look again under the lock: somebody may have been faster."""
    expected = request.state in {State.REQUESTED, State.BOOKED}
    settled = request.updated_at <= now - APART
    return expected and settled and request.day == _tomorrow(office, now)


def _tomorrow(office: Office, now: datetime) -> date:
    return calendar.local_day(now, office.zone) + timedelta(days=1)
