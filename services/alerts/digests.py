"""The weekly SMS: on the weekday of each phone, in the morning, what was matched and not told yet.

Queued between nine and six by the office's clock; whose day passed while nothing ran gets it on the
next one.
"""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Final

from domain import calendar, matching
from storage import alert_digests, locks, offices
from storage.alert_digests import Week
from storage.database import Database
from storage.offices import Office

__all__ = ["AT_ONCE", "run"]

AT_ONCE: Final = 4_000
"""What one statement looks at, in about."""

FROM: Final = time(9)
UNTIL: Final = time(18)

_GOOD_FOR: Final = timedelta(days=4)
"""How long one may wait for its turn; what it would have told then waits for the next."""


def run(database: Database, now: datetime, at_once: int = AT_ONCE) -> int:
    """Queue the weekly SMS that are due in each office; how many. Raises `DatabaseDown`."""
    with database.begin() as conn:
        served = offices.every(conn)
    awake = [office for office in served if _by_day(office, now)]
    return sum(_queue(database, office, now, at_once) for office in awake)


def _by_day(office: Office, now: datetime) -> bool:
    return FROM <= calendar.local(now, office.zone).time() < UNTIL


def _queue(database: Database, office: Office, now: datetime, at_once: int) -> int:
    mornings = matching.digest_mornings(now, office.zone)
    with database.begin() as conn:
        alert_digests.free_the_expired(conn, office.code)
        due = alert_digests.due(conn, office.code, mornings, now)
    steps = matching.slices(due, at_once) if due else ()
    weeks = (Week(office.code, mornings, now, now + _GOOD_FOR, phones) for phones in steps)
    return sum(_one(database, week) for week in weeks)


def _one(database: Database, week: Week) -> int:
    with database.begin() as conn:
        # One clock at a time; but a change of clocks shall not write to anybody twice.
        locks.hold(conn, f"alerts.digest:{week.office}")
        return alert_digests.queue(conn, week)
