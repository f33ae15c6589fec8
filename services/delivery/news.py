"""What gateways tell us: delivery reports and opt-outs.

A report is stored as it came before anything is concluded from it, so that one which comes too
early, twice or out of order costs nothing, and one that cannot be applied now is applied later.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from domain import msisdn
from sms.gateway import DeliveryReport, OptOut
from storage import delivery_reports, optouts
from storage.database import Database, DatabaseDown
from storage.delivery_reports import Report
from storage.vault import Vault

__all__ = ["News"]

_ODD = re.compile(r"[^A-Za-z0-9_ .:-]")
_ID_LENGTH, _WORD_LENGTH = 100, 40


@dataclass(frozen=True, slots=True)
class News:
    """Keeps and applies what gateways report. `regions`: countries whose numbers are served."""

    database: Database
    vault: Vault
    regions: frozenset[str] = frozenset({msisdn.HOME})

    def report(self, gateway: str, report: DeliveryReport, now: datetime) -> bool:
        """Store a report, then apply it if its message is known; False for a repetition.

        Two transactions on purpose: once stored, it survives whatever the second one meets, and
        the sweep applies it. Raises `DatabaseDown` only while it is not stored.
        """
        with self.database.begin() as conn:
            new = self.keep(conn, gateway, [report], now)
        if new:
            with suppress(DatabaseDown), self.database.begin() as conn:
                delivery_reports.apply(conn, now, [_clean(report.gateway_id, _ID_LENGTH)])
        return bool(new)

    def keep(
        self,
        conn: Connection,
        gateway: str,
        reports: Iterable[DeliveryReport],
        now: datetime,
    ) -> int:
        """Store reports in the caller's transaction; how many were new."""
        return sum(delivery_reports.keep(conn, self._sealed(gateway, one), now) for one in reports)

    def opt_out(self, gateway: str, told: OptOut, now: datetime) -> bool:
        """Keep the opt-out of a number; False for an unreadable number or a repetition."""
        index = self._index(told.phone)
        if not index:
            return False
        with self.database.begin() as conn:
            return optouts.add(conn, phone_index=index, source=gateway, now=now)

    def _sealed(self, gateway: str, report: DeliveryReport) -> Report:
        return Report(
            gateway=gateway,
            gateway_id=_clean(report.gateway_id, _ID_LENGTH),
            phone_index=self._index(report.phone),
            raw_status=_clean(report.raw_status, _WORD_LENGTH),
            status=report.status.value if report.status else "",
            raw_reason=_clean(report.reason, _WORD_LENGTH),
        )

    def _index(self, phone: str) -> str:
        """Index a number as the outbox does; "" for one that cannot be read."""
        number = msisdn.read(phone, self.regions)
        return self.vault.index("phone", number.e164) if number else ""


def _clean(text: str, length: int) -> str:
    """Keep a gateway's word short and plain: it is shown to officers and stored as it came."""
    return _ODD.sub("?", text)[:length]
