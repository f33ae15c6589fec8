"""What time does to card requests: a day missed, a report due, a card at its end.

Each request is moved in a transaction of its own, so that one that an officer is working on holds
up no other; what was not moved now is moved by the next round.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from sqlalchemy import Connection

from domain import calendar, card
from domain.card import State
from services.cards import changes, contested
from storage import card_requests, offices
from storage.card_requests import CardRequest
from storage.database import Database, DatabaseBusy, DatabaseDown
from storage.offices import Office
from storage.vault import Vault

_log = logging.getLogger(__name__)
Query = Callable[[Connection, str, date], list[str]]


@dataclass(frozen=True, slots=True)
class _Clock:
    """One transaction of the clock."""

    conn: Connection
    vault: Vault
    now: datetime


def run(database: Database, vault: Vault, now: datetime) -> int:
    """Make all moves that are due by the local day of each office; return how many were made.

    What somebody else holds too long is left for the next round.
    """
    with database.begin() as conn:
        served = offices.every(conn)
    return sum(
        _one(database, _Due(vault, now, calendar.local_day(now, office.zone), then), request_id)
        for office in served
        for due, then in _TIMED
        for request_id in _waiting(database, due, office, now)
    )


_TIMED: Final = (
    (card_requests.due_no_show, State.NO_SHOW),
    (card_requests.due_expiries, State.EXPIRED),
    (card_requests.due_reports, State.REPORT_DUE),
)


@dataclass(frozen=True, slots=True)
class _Due:
    """A move that the local day ``today`` asks for."""

    vault: Vault
    now: datetime
    today: date
    then: State


def _waiting(database: Database, due: Query, office: Office, now: datetime) -> list[str]:
    with database.begin() as conn:
        return due(conn, office.code, calendar.local_day(now, office.zone))


def _one(database: Database, due: _Due, request_id: str) -> bool:
    try:
        with database.begin() as conn:
            return _moved(_Clock(conn, due.vault, due.now), due, request_id)
    except DatabaseBusy:
        _log.warning("a card request was busy; its move to %s waits for the next round", due.then)
        return False
    except DatabaseDown:
        raise
    except Exception as error:  # noqa: BLE001 - one that always fails must not hold up the rest
        _log.error("%s cannot become %s: %s", request_id, due.then, type(error).__name__)
        return False


def _moved(clock: _Clock, due: _Due, request_id: str) -> bool:
    found = card_requests.get(clock.conn, request_id)
    request = contested.lock(clock, found) if found else None
    if request is None or not _still(request, due):
        return False
    changes.move(clock, request, due.then)
    if due.then not in card.LIVE:
        contested.move_up(clock, request_id)
    return True


def _still(request: CardRequest, due: _Due) -> bool:
    """Look again under the lock: an officer may have been faster."""
    if not card.may(request.state, due.then):
        return False
    match due.then:
        case State.NO_SHOW:
            return card.missed(request.state, request.day, due.today)
        case State.EXPIRED:
            return request.expires_on is not None and request.expires_on < due.today
        case _:
            return request.next_report_on is not None and request.next_report_on <= due.today
