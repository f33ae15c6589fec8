"""What the clock does, how often, and which room does it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial

from runtime.wiring import House
from services import funnel, guessing, housekeeping, redialling
from services.alerts import digests, matching
from services.cadres import weekly
from services.cards import number_changes, reminding, report_reminding, silence, timed
from services.delivery import sweep as delivery_sweep
from services.delivery.callbacks import Callbacks
from services.dialogue import drafts as dialogue_drafts
from services.info import reminding as visit_reminding
from services.vacancies import ending
from sms.gateways import FORMS
from sms.message import Lane
from storage.database import Database
from storage.spool import Spool
from workers.clock import Duty
from workers.jobs import deliver

__all__ = ["duties"]

SOON = 10.0
"""Seconds: how long an SMS waits at most while Redis is away, or a draft for the disk."""

MINUTE = 60.0
"""Seconds: a day missed or a report due may be noticed a minute late."""

HOUR = 3600.0
"""Seconds between clean-ups; what they remove has been of no use for days."""


def duties(house: House, stopping: Callable[[], bool]) -> Sequence[Duty]:
    """List the clock's duties for an installation."""
    database, vault, sessions = house.database, house.vault, house.sessions
    policy = house.delivery.policy
    spool = Spool(house.redis_url, vault)
    wake, languages = partial(house.nudge, Lane.URGENT), house.settings.languages
    callbacks = Callbacks(house.delivery.news, spool, FORMS, wake, languages)

    def send(lane: Lane) -> Callable[[datetime], object]:
        return lambda _now: deliver(house.delivery, house.clock, stopping, lane.value)

    def swept(now: datetime) -> None:
        found = delivery_sweep.sweep(database, vault, policy, now)
        if found.queued_again or found.resent:
            house.nudge(Lane.URGENT)  # else it would wait ten seconds more

    def matched(now: datetime) -> None:
        if matching.run(database, now, failpoint=house.failpoint):
            house.nudge(Lane.BULK)

    return (
        Duty("sms.sweep", SOON, swept),
        Duty("sms.spool", SOON, callbacks.catch_up),
        Duty("sms.urgent", SOON, send(Lane.URGENT)),
        Duty("sms.bulk", SOON, send(Lane.BULK)),
        Duty("alerts.match", SOON, matched),
        Duty("alerts.weekly", MINUTE, lambda now: digests.run(database, now)),
        Duty("drafts", SOON, lambda now: dialogue_drafts.flush(database, vault, sessions, now)),
        Duty("funnel", SOON, lambda _now: funnel.drain(database, vault, sessions)),
        Duty("cards", MINUTE, lambda now: timed.run(database, vault, now)),
        Duty("vacancies", MINUTE, lambda now: ending.run(database, vault, now)),
        Duty("redialling", MINUTE, lambda now: redialling.tell(database, vault, now)),
        Duty("reminders", MINUTE, lambda now: reminding.remind(database, vault, now)),
        Duty("visits", MINUTE, lambda now: visit_reminding.remind(database, vault, now)),
        Duty("cadres.weekly", MINUTE, lambda now: weekly.tell(database, vault, now)),
        Duty("reports", MINUTE, lambda now: report_reminding.remind(database, vault, now)),
        Duty("numbers", MINUTE, lambda now: number_changes.run(database, vault, now)),
        Duty("guessing", MINUTE, lambda now: guessing.watch(database, now)),
        Duty("silence", HOUR, lambda now: silence.note(database, now)),
        Duty("clean.drafts", HOUR, lambda now: _clean_drafts(database, now)),
        Duty("clean.house", HOUR, lambda now: housekeeping.sweep(database, now)),
        Duty("clean.reports", HOUR, lambda now: delivery_sweep.forget_reports(database, now)),
    )


def _clean_drafts(database: Database, now: datetime) -> int:
    with database.begin() as conn:
        return dialogue_drafts.sweep(conn, now)
