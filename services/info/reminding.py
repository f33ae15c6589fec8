"""The reminder on the day before a visit for another service, once, in the daytime.

In the same hours as that of the card (`services.cards.reminding`), an hour after the booking at
the soonest, and of no use after eight in the evening. None when the office is closed that day.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Connection

from domain import calendar
from services.cards.reminding import APART, AT_ONCE, FROM, UNTIL
from sms.message import Lane
from storage import holidays, offices, outbox, places, service_types, service_visits
from storage.database import Database
from storage.offices import Office
from storage.service_visits import Visit
from storage.vault import Unsealable, Vault

__all__ = ["remind"]

_log = logging.getLogger(__name__)
_NIGHT: Final = timedelta(hours=4)


def remind(database: Database, vault: Vault, now: datetime) -> int:
    """Queue the reminders that are due in each office; how many. The clock's work."""
    with database.begin() as conn:
        served = offices.every(conn)
    day = (one for one in served if FROM <= calendar.local(now, one.zone).time() < UNTIL)
    return sum(_office(database, vault, now, office) for office in day)


def _office(database: Database, vault: Vault, now: datetime, office: Office) -> int:
    tomorrow = calendar.local_day(now, office.zone) + timedelta(days=1)
    with database.begin() as conn:
        if holidays.between(conn, office.code, tomorrow, tomorrow):
            return 0
        turn = _Turn(conn, vault, now, office)
        due = service_visits.to_remind(conn, office.code, tomorrow, now - APART, AT_ONCE)
        return sum(map(turn.one, due))


@dataclass(frozen=True, slots=True)
class _Turn:
    """One look at an office, in its transaction."""

    conn: Connection
    vault: Vault
    now: datetime
    office: Office

    def one(self, visit: Visit) -> bool:
        """Remind one; False where the service is gone or the number cannot be opened."""
        service = service_types.get(self.conn, visit.service_id, visit.office)
        to = self._phone(visit)
        return bool(service and to) and outbox.add(
            self.conn,
            self.vault,
            office=visit.office,
            request_id=None,
            lane=Lane.URGENT,
            template="visit_reminder",
            language=visit.language,
            params={
                "place": self.office.place,
                "name": visit.name,
                "service": service.name if service else "",
                "day": visit.day.isoformat(),
                "hour": visit.hour,
                "papers": service.papers if service else "",
            },
            to=to,
            dedupe_key=service_visits.reminder_key(visit.id),
            now=self.now,
            expires_at=calendar.day_begins(visit.day, self.office.zone) - _NIGHT,
        )

    def _phone(self, visit: Visit) -> str:
        try:
            return self.vault.open(visit.phone_sealed, where=places.visit_phone(visit.id))
        except Unsealable as error:
            _log.warning("a reminder is not queued, its number cannot be opened: %s", error)
            return ""
