"""The sweep: what no sender will come back for is settled here, by the clock, without Redis.

Each step is a transaction of its own, so that one that fails leaves the others done.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from sqlalchemy import Connection

from services.delivery.policy import RECEIPTS, Policy
from storage import delivery_reports, outbox, outbox_results
from storage.database import Database
from storage.outbox_results import Lost
from storage.vault import Unsealable, Vault

__all__ = ["Swept", "forget_reports", "sweep"]

log = structlog.get_logger()

RESENDS = 100
"""Resends a sweep queues at most; the next one is ten seconds away."""

REPORTS_KEPT = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Swept:
    """What a sweep did, counted."""

    expired: int = 0
    queued_again: int = 0
    became_unknown: int = 0
    reported: int = 0
    resent: int = 0


def sweep(database: Database, vault: Vault, policy: Policy, now: datetime) -> Swept:
    """Expire, end leases, apply reports that waited, and resend receipts that stay unknown."""
    with database.begin() as conn:
        if moved := outbox_results.turn_back(conn, now, policy.longest_delay):
            log.warning("sms.clock_went_back", messages=moved)
    with database.begin() as conn:
        expired = outbox_results.expire(conn, now)
        outbox.cancel_refused(conn, now=now)
    with database.begin() as conn:
        queued, unknown = outbox_results.reclaim(conn, now, now + policy.report_wait)
    with database.begin() as conn:
        delivery_reports.adopt(conn, now)
        reported = sum(delivery_reports.apply(conn, now).values())
    swept = Swept(expired, queued, unknown, reported, _resend(database, vault, now))
    if swept != Swept():
        log.info(
            "sms.swept",
            expired=expired,
            queued_again=queued,
            became_unknown=unknown,
            reported=reported,
            resent=swept.resent,
        )
    return swept


def forget_reports(database: Database, now: datetime) -> int:
    """Delete reports after a month: no gateway reports later than that."""
    with database.begin() as conn:
        return delivery_reports.forget(conn, now - REPORTS_KEPT)


def _resend(database: Database, vault: Vault, now: datetime) -> int:
    """Queue lost receipts once more; what cannot be opened stays lost and is told."""
    with database.begin() as conn:
        lost = outbox_results.lost(conn, RECEIPTS, now, RESENDS)
        return sum(_resend_one(conn, vault, message, now) for message in lost)


def _resend_one(conn: Connection, vault: Vault, message: Lost, now: datetime) -> bool:
    try:
        return outbox_results.resend(conn, vault, message, now)
    except Unsealable:
        log.error("sms.cannot_open", message=message.id)  # noqa: TRY400 - the trace tells no more
        return False
