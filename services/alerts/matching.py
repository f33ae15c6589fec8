"""A vacancy reaches people: asked for when published, matched by a worker, undone when closed.

The officer's transaction only asks; a worker matches in steps, each a transaction of its own. Who
was matched is written down with the SMS in one statement, so a death in the middle loses nobody and
doubles nobody: the next step goes on with those that are not written down.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta
from typing import Final

import structlog
from sqlalchemy import Connection

from storage import alert_matching, alert_messages, alert_rounds, vacancies
from storage.alert_matching import Wave, Waved
from storage.database import Database

__all__ = ["AT_ONCE", "GOOD_FOR", "closed", "published", "run"]

log = structlog.get_logger()

AT_ONCE: Final = 10_000
"""People of one step: well under the four seconds that PostgreSQL gives a statement."""

GOOD_FOR: Final = timedelta(days=7)
"""How long an SMS on a vacancy may wait for its turn; the budget of a day may be spent."""

_EVENING: Final = time(13, tzinfo=UTC)
"""Twenty o'clock in Jakarta: on the last day of a vacancy nobody is told of it any more."""


def _pass_by(_place: str) -> None:
    """Do nothing at a failpoint."""


def published(conn: Connection, vacancy_id: str, now: datetime) -> None:
    """Have a vacancy matched that can be applied for from now on, be it for the second time.

    Whom it never reached because it was closed, it may reach now.
    """
    alert_matching.forget_untold(conn, vacancy_id)
    alert_rounds.ask(conn, vacancy_id, now)


def closed(conn: Connection, vacancy_id: str, now: datetime) -> int:
    """Take back what has not left about a vacancy that is closed in this transaction; how many.

    A weekly SMS that tells of other vacancies too stays: its words are made when it leaves. What a
    worker queues at this very moment is not sent either, and taken back by the sweep.
    """
    alert_rounds.drop(conn, vacancy_id)
    return alert_messages.cancel_untrue(conn, vacancy_id, now)


def run(
    database: Database,
    now: datetime,
    *,
    at_once: int = AT_ONCE,
    failpoint: Callable[[str], None] = _pass_by,
) -> int:
    """Match all vacancies that wait for it; how many SMS were queued to leave at once.

    Safe to run in several places at the same time. Raises `DatabaseDown`; what is not matched then
    is matched by the next run.
    """
    queued = 0
    while waved := _step(database, now, at_once, failpoint):
        queued += waved.queued
    return queued


def _step(
    database: Database, now: datetime, at_once: int, failpoint: Callable[[str], None]
) -> Waved | None:
    """Make one step with the vacancy that has waited longest; None when none waits."""
    with database.begin() as conn:
        vacancy_id = alert_rounds.take(conn)
        vacancy = vacancies.get(conn, vacancy_id) if vacancy_id else None
        if vacancy is None:
            return None
        until = min(now + GOOD_FOR, datetime.combine(vacancy.closes_on, _EVENING))
        waved = alert_matching.match(conn, vacancy.id, Wave(now, until, at_once))
        failpoint("alerts.matched")
        if waved.matched < at_once:
            alert_rounds.done(conn, vacancy.id, now)
    log.info("alerts.matched", vacancy=vacancy.id, people=waved.matched, queued=waved.queued)
    return waved
