"""Numbers whose time has come: what the old one did not stop in two days is made so by the clock.

Each in a transaction of its own, so that a request an officer works on holds up no other.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import Connection

from services.cards import contested, notices, numbers
from storage import card_requests, offices, phone_changes, places
from storage.database import Database, DatabaseBusy, DatabaseDown
from storage.phone_changes import PhoneChange
from storage.vault import Vault

__all__ = ["run"]

_log = logging.getLogger(__name__)
_AT_ONCE: Final = 200


@dataclass(frozen=True, slots=True)
class _Clock:
    """One transaction of the clock."""

    conn: Connection
    vault: Vault
    now: datetime


def run(database: Database, vault: Vault, now: datetime) -> int:
    """Give each request its new number; how many."""
    with database.begin() as conn:
        due = phone_changes.due(conn, now, _AT_ONCE)
    return sum(_one(database, vault, now, change) for change in due)


def _one(database: Database, vault: Vault, now: datetime, change: PhoneChange) -> bool:
    try:
        with database.begin() as conn:
            return _given(_Clock(conn, vault, now), change)
    except DatabaseBusy:
        _log.warning("a card request was busy; its new number waits for the next round")
        return False
    except DatabaseDown:
        raise
    except Exception as error:  # noqa: BLE001 - one that fails must not hold up the rest
        _log.error("%s cannot be given its number: %s", change.request_id, type(error).__name__)
        return False


def _given(clock: _Clock, change: PhoneChange) -> bool:
    found = card_requests.get(clock.conn, change.request_id)
    request = contested.lock(clock, found) if found else None
    office = offices.get(clock.conn, request.office) if request else None
    if request is None or office is None:
        return False
    if not phone_changes.settle(clock.conn, change.id, "done", clock.now):
        return False
    number = clock.vault.open(change.phone_sealed, where=places.new_phone(change.id))
    given = numbers.give(clock, request, number)
    card_requests.speak(clock.conn, change.phone_index, change.language)
    return notices.tell(clock, "phone_given", given, office)
