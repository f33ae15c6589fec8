"""Once a week a cadre hears what came of his work: how many registered, how many have the card.

Sent on Mondays from nine by the office's clock, in the bulk lane, so that quiet hours and the
daily budget hold for it; a week in which the clock was away is not made up for.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Final

from sqlalchemy import Connection

from domain import calendar
from sms.message import Lane
from storage import cadres, callers, offices, outbox, places
from storage.cadres import Cadre, Helped
from storage.database import Database
from storage.offices import Office
from storage.vault import Unsealable, Vault

__all__ = ["tell"]

_log = logging.getLogger(__name__)

_MONDAY: Final = 0
_FROM: Final = time(9)
_UNTIL: Final = time(18)
_GOOD_FOR: Final = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class _Round:
    """One look at an office's cadres, in one transaction."""

    conn: Connection
    vault: Vault
    office: Office
    now: datetime


def tell(database: Database, vault: Vault, now: datetime) -> int:
    """Queue this week's SMS to the cadres of each office where it is time; how many are new."""
    with database.begin() as conn:
        served = [one for one in offices.every(conn) if _is_time(one, now)]
    return sum(_tell(database, vault, office, now) for office in served)


def _tell(database: Database, vault: Vault, office: Office, now: datetime) -> int:
    with database.begin() as conn:
        turn, helped = _Round(conn, vault, office, now), cadres.helped(conn, office.code)
        at_work = cadres.every_active(conn, office.code)
        return sum(_queue(turn, one, helped[one.id]) for one in at_work if one.id in helped)


def _is_time(office: Office, now: datetime) -> bool:
    local = calendar.local(now, office.zone)
    return local.weekday() == _MONDAY and _FROM <= local.time() < _UNTIL


def _queue(turn: _Round, cadre: Cadre, helped: Helped) -> bool:
    try:
        phone = turn.vault.open(cadre.phone_sealed, where=places.cadre_phone(cadre.id))
    except Unsealable as error:
        _log.warning("a cadre is not told, the number cannot be opened: %s", error)
        return False
    year, week, _ = calendar.local_day(turn.now, turn.office.zone).isocalendar()
    known = callers.get(turn.conn, cadre.phone_index)
    return outbox.add(
        turn.conn,
        turn.vault,
        office=turn.office.code,
        request_id=None,
        lane=Lane.BULK,
        template="cadre_weekly",
        language=known.language if known else "id",
        params={
            "place": turn.office.place,
            "people": str(helped.people),
            "count": str(helped.cards),
        },
        to=phone,
        dedupe_key=f"cadre:{cadre.id}:{year}-{week}",
        now=turn.now,
        expires_at=turn.now + _GOOD_FOR,
    )
