"""A vacancy reaches people: asked for when published, matched by a worker, undone when closed.

The officer's transaction only asks; a worker matches in steps, each a transaction of its own. Who
was matched is written down with the SMS in one statement, so a death in the middle loses nobody and
doubles nobody: the next step goes on with those that are not written down.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Final

import structlog
from sqlalchemy import Connection

from domain import matching as rule
from storage import alert_matching, alert_messages, alert_rounds, vacancies
from storage.alert_matching import Wave, Waved
from storage.alert_rounds import Round
from storage.database import Database

__all__ = ["AT_ONCE", "GOOD_FOR", "closed", "published", "run"]

log = structlog.get_logger()

AT_ONCE: Final = 4_000
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

    A weekly SMS that tells of other vacancies too stays: its words are made when it leaves. None of
    them leaves from now on; of very many, and of what a worker queues at this very moment, the
    rest is taken back by the sweep.
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
    matched: dict[str, int] = {}
    while asked := _next(database, matched):
        matched[asked.vacancy_id] = _match(_Run(database, now, at_once, failpoint), asked)
    return sum(matched.values())


@dataclass(frozen=True, slots=True)
class _Run:
    """One look at what waits."""

    database: Database
    now: datetime
    at_once: int
    failpoint: Callable[[str], None]


def _next(database: Database, matched: Collection[str]) -> Round | None:
    with database.begin() as conn:
        return alert_rounds.oldest(conn, matched)


def _match(run: _Run, asked: Round) -> int:
    """Match one vacancy, step by step; how many SMS were queued."""
    with run.database.begin() as conn:
        vacancy = vacancies.get(conn, asked.vacancy_id)
        steps = rule.slices(alert_matching.listening(conn), run.at_once)
    if vacancy is None:
        return 0
    until = min(run.now + GOOD_FOR, datetime.combine(vacancy.closes_on, _EVENING))
    told = [_step(run, vacancy.id, Wave(run.now, until, phones)) for phones in steps]
    with run.database.begin() as conn:
        alert_rounds.done(conn, asked, run.now)
    people, queued = sum(one.matched for one in told), sum(one.queued for one in told)
    log.info("alerts.matched", vacancy=vacancy.id, people=people, queued=queued)
    return queued


def _step(run: _Run, vacancy_id: str, wave: Wave) -> Waved:
    with run.database.begin() as conn:
        waved = alert_matching.match(conn, vacancy_id, wave)
        run.failpoint("alerts.matched")
        return waved
