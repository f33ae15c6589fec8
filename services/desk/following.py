"""*Kerjakan berikutnya*: the next case for an officer, and for him alone."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Connection

from domain.calendar import local
from services.desk.lists import moment
from storage import case_claims, offices
from storage.officers import Officer

CLAIM: Final = timedelta(minutes=5)
"""So long a case stays with the officer who took it up; long enough to read and decide."""
_TRIES: Final = 20


def next_one(conn: Connection, officer: Officer, now: datetime) -> str | None:
    """Take up the next case of the officer's office; return its request id, None when all is done.

    Pressed again, the button passes on to another case; what the officer took up before comes
    back after all else. Two officers at once never get the same one: the claim decides, and who
    loses it asks again.
    """
    office = offices.get(conn, officer.office)
    if office is None:
        return None
    when, hour = moment(conn, office.code, now), f"{local(now, office.zone):%H:%M}"
    for _ in range(_TRIES):
        found = case_claims.candidate(conn, office.code, officer.id, when=when, hour=hour, now=now)
        if found is None or _claimed(conn, found, officer, now):
            return found
    return None


def _claimed(conn: Connection, request_id: str, officer: Officer, now: datetime) -> bool:
    return case_claims.claim(conn, request_id, officer.id, until=now + CLAIM, now=now)
