"""What time does to vacancies: on the day after its last one, a vacancy is closed."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from domain import calendar
from services.vacancies import publishing
from storage import offices, vacancies
from storage.database import Database, DatabaseBusy, DatabaseDown
from storage.offices import Office
from storage.vault import Vault


def run(database: Database, vault: Vault, now: datetime) -> int:
    """Close what is over by each office's own day; return how many were closed.

    What somebody else holds too long is left for the next round.
    """
    with database.begin() as conn:
        served = offices.every(conn)
        over = [(office, one) for office in served for one in _over(conn, office, now)]
    return sum(_close(database, vault, now, office, one) for office, one in over)


def _over(conn: Connection, office: Office, now: datetime) -> list[str]:
    return vacancies.over(conn, office.code, calendar.local_day(now, office.zone))


def _close(database: Database, vault: Vault, now: datetime, office: Office, one: str) -> bool:
    try:
        with database.begin() as conn:
            found = vacancies.get(conn, one)
            clerk = publishing.Clerk(conn, vault, now, office.code)
            return found is not None and isinstance(
                publishing.close(clerk, one, found.version), publishing.Done
            )
    except (DatabaseBusy, DatabaseDown):
        return False
