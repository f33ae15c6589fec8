"""Delivery: hand the outbox over to a gateway, and never be in doubt about what was handed over.

A round claims due rows (one transaction) and sends them in waves. A wave marks its rows as
`sending` (a transaction of its own, committed immediately before the requests), sends with no
transaction open, and writes all results in one (a third). A death between any two of these leaves
rows that say what is known: `claimed` never left, `sending` may have.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import chain
from random import Random
from uuid import uuid4

import structlog
from sqlalchemy import Connection

from domain import calendar
from services.alerts import telling
from services.delivery.batch import Press, Render, Request, waves
from services.delivery.news import News
from services.delivery.policy import Policy, Tried, awake, counted, decide, is_shut
from sms.gateway import DeliveryReport, Gateway, OutcomeUnknown, Result
from sms.message import Lane, Status
from storage import (
    delivery_reports,
    locks,
    offices,
    outbox,
    outbox_counts,
    outbox_results,
    sending_pauses,
)
from storage.database import ConnectionLost, Database, DatabaseDown
from storage.offices import Office
from storage.outbox import Claimed, Hold
from storage.outbox_results import Settled
from storage.vault import Vault

__all__ = ["Delivery"]

log = structlog.get_logger()

PAUSES = (0.2, 1.0, 3.0)
"""Seconds between the tries to write results: a restart of PostgreSQL shall not turn a hundred
messages that were taken into a hundred unknown ones."""


def _pass_by(_place: str) -> None:
    """Do nothing at a failpoint."""


def _never() -> bool:
    return False


@dataclass(frozen=True, slots=True)
class Delivery:
    """The sender of one gateway. Several threads and processes may send at once.

    `regions` are the countries whose numbers are served; `failpoint` is told the name of each
    place where a death is interesting; `chance` gives 0..1 for jitter.
    """

    database: Database
    vault: Vault
    gateway: Gateway
    render: Render
    regions: frozenset[str] = frozenset({"ID"})
    policy: Policy = field(default_factory=Policy)
    failpoint: Callable[[str], None] = _pass_by
    chance: Callable[[], float] = field(default_factory=lambda: Random().random)  # noqa: S311 - jitter

    @property
    def news(self) -> News:
        """Where reports of this gateway go."""
        return News(self.database, self.vault, self.regions)

    def deliver_due(self, lane: Lane, now: datetime, stopping: Callable[[], bool] = _never) -> int:
        """Send one claim of due messages; how many left the queue for good.

        0 means that nothing is due, that the line is shut, or that sending is paused: ask again
        later, not at once. After `stopping` no new wave begins: what is cut off in mid-request is
        unknown, and may then be sent twice.
        Raises `DatabaseDown`; what was in flight then is settled by the sweep.
        """
        hold = Hold(str(uuid4()), now, now + self.policy.claimed_lease)
        with self.database.begin() as conn:
            served = offices.every(conn)
            claimed = self._claim(conn, hold, lane, served)
            told = telling.told(conn, claimed, served, now)
        if not claimed:
            return 0
        self.failpoint("delivery.claimed")
        hold = replace(hold, telling=told.counts)
        senders = {office.code: office.sms_sender for office in served}
        press = Press(self.vault, self.render, self.regions)
        batch = press.prepare(claimed, senders, self.gateway.line, told.facts)
        tries = {row.id: row.attempts for row in claimed}
        try:
            aside = self._put_aside(hold, batch.aside)
            return aside + self._send(hold, batch.requests, tries, stopping)
        except DatabaseDown:
            self._give_back(hold, [*tries])
            raise

    def _claim(
        self,
        conn: Connection,
        hold: Hold,
        lane: Lane,
        served: Sequence[Office],
    ) -> list[Claimed]:
        if sending_pauses.paused(conn) is not None:
            return []
        if lane is Lane.URGENT:
            codes = [office.code for office in served]
            return outbox.claim(conn, hold, lane, codes, self.policy.claim)
        up = [office for office in served if awake(hold.now, office.zone, self.policy)]
        return [row for office in up for row in self._claim_bulk(conn, hold, office)]

    def _claim_bulk(self, conn: Connection, hold: Hold, office: Office) -> list[Claimed]:
        """Claim within the office's budget of the day; under a lock, so nobody spends it twice."""
        locks.hold(conn, f"sms.budget:{office.code}")
        today = calendar.day_begins(calendar.local_day(hold.now, office.zone), office.zone)
        left = self.policy.bulk_per_day - outbox_counts.spent(conn, office.code, today)
        limit = min(left, self.policy.claim_bulk)
        return outbox.claim(conn, hold, Lane.BULK, [office.code], limit) if limit > 0 else []

    def _put_aside(self, hold: Hold, aside: Sequence[tuple[Claimed, Result]]) -> int:
        """Settle rows that no request can be made of."""
        if not aside:
            return 0
        log.error("sms.put_aside", templates=sorted({row.template for row, _ in aside}))
        settled = [self._decide(row.id, row.attempts, told, hold.now) for row, told in aside]
        return self._record(hold, settled)

    def _send(
        self,
        hold: Hold,
        requests: Sequence[Request],
        tries: Mapping[str, int],
        stopping: Callable[[], bool],
    ) -> int:
        gone, over = 0, time.monotonic() + self.policy.round_time.total_seconds()
        planned = waves(requests, self.policy.in_flight)
        for place, wave in enumerate(planned, 1):
            results = self._wave(hold, wave)
            settled = [self._decide(row, tries[row], told, hold.now) for row, told in results]
            gone += self._record(hold, settled)
            shut = self._shut(settled, results)
            if shut or stopping() or time.monotonic() > over:
                self._release(hold, planned[place:], shut)
                break
        return gone

    def _shut(
        self, settled: Sequence[Settled], results: Sequence[tuple[str, Result]]
    ) -> list[Settled]:
        """Return what found the line shut, and say why: somebody may have to mend it."""
        shut = [one for one, (_, told) in zip(settled, results, strict=True) if is_shut(told)]
        if shut:
            why = sorted({one.reason or "" for one in shut})
            log.warning("sms.line_shut", gateway=self.gateway.name, reasons=why)
        return shut

    def _wave(self, hold: Hold, wave: Sequence[Request]) -> list[tuple[str, Result]]:
        """Mark, send, and answer each row's result; rows that are no longer ours are left out."""
        going = replace(hold, until=hold.now + self.policy.sending_lease)
        ids = [sms.id for sms in chain(*wave)]
        try:
            ours = self._start(going, ids)
        except ConnectionLost:
            ours = self._start(going, ids)  # nothing was asked for yet
        self.failpoint("delivery.sending")
        mine = [tuple(sms for sms in request if sms.id in ours) for request in wave]
        results = self._ask_all([request for request in mine if request])
        self.failpoint("delivery.sent")
        return results

    def _start(self, going: Hold, ids: Sequence[str]) -> frozenset[str]:
        with self.database.begin() as conn:
            return outbox.start(conn, going, ids, self.gateway.name)

    def _ask_all(self, requests: Sequence[Request]) -> list[tuple[str, Result]]:
        if len(requests) < 2:
            answers = [self._ask(request) for request in requests]
        else:
            with ThreadPoolExecutor(len(requests), "sms-send") as pool:
                answers = list(pool.map(self._ask, requests))
        return [
            (sms.id, counted(result, sms.text))
            for request, results in zip(requests, answers, strict=True)
            for sms, result in zip(request, results, strict=True)
        ]

    def _ask(self, request: Request) -> Sequence[Result]:
        try:
            return self.gateway.send(request)
        except Exception as error:  # noqa: BLE001 - a fault of one request must not lose a wave
            # Its name alone: an exception's text and trace may hold a number or a message.
            log.warning("sms.gateway_fault", gateway=self.gateway.name, fault=type(error).__name__)
            return [OutcomeUnknown("fault")] * len(request)

    def _decide(self, row: str, tries: int, result: Result, now: datetime) -> Settled:
        return decide(Tried(row, tries), result, now, self.policy, self.chance())

    def _record(self, hold: Hold, settled: Sequence[Settled]) -> int:
        """Write results and what the line reported meanwhile; how many left the queue for good."""
        reports = self.gateway.poll()
        for pause in PAUSES:
            try:
                return self._write(hold, settled, reports)
            except DatabaseDown:
                time.sleep(pause)
        return self._write(hold, settled, reports)

    def _write(
        self,
        hold: Hold,
        settled: Sequence[Settled],
        reports: Sequence[DeliveryReport],
    ) -> int:
        ids = [one.gateway_id for one in settled if one.gateway_id]
        with self.database.begin() as conn:
            outbox_results.settle(conn, hold, settled)
            self.news.keep(conn, self.gateway.name, reports, hold.now)
            delivery_reports.apply(conn, hold.now, ids)
        counts = Counter(str(one.status) for one in settled)
        log.info("sms.settled", gateway=self.gateway.name, **counts)
        return sum(one.status != Status.QUEUED for one in settled)

    def _give_back(self, hold: Hold, ids: Sequence[str]) -> None:
        """Put back what never left, once PostgreSQL is back; else it waits for its lease."""
        for pause in PAUSES:
            time.sleep(pause)
            with suppress(DatabaseDown), self.database.begin() as conn:
                outbox.release(conn, hold, ids, hold.now)
                return

    def _release(
        self, hold: Hold, rest: Sequence[Sequence[Request]], shut: Sequence[Settled]
    ) -> None:
        """Give back what was not tried: now, or when the first that found the line shut returns."""
        times = [one.not_before for one in shut if one.not_before]
        ids = [sms.id for wave in rest for sms in chain(*wave)]
        with self.database.begin() as conn:
            outbox.release(conn, hold, ids, min(times, default=hold.now))
