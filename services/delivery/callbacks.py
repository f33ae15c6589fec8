"""Callbacks of SMS gateways: read, kept whatever happens, and understood.

What can be read is accepted. When PostgreSQL is away it is spooled, sealed, and worked on by the
clock; only when nothing at all can keep it is the gateway told to come again.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import partial

from domain.words import LANGUAGES
from services.delivery.news import News
from services.incoming import Hearing
from sms.gateway import Form, Forms
from storage.database import DatabaseDown
from storage.spool import Spool

__all__ = ["Callbacks", "Kind"]

_log = logging.getLogger(__name__)

AT_ONCE = 500


class Kind(StrEnum):
    """What a callback brings; the last part of its address."""

    DELIVERY = "delivery"
    INCOMING = "incoming"
    OPT_OUT = "optout"


Work = Callable[[datetime], object]


def _nobody() -> None:
    """Wake nobody: the clock finds what was queued."""


@dataclass(frozen=True, slots=True)
class Callbacks:
    """Takes the callbacks of the gateways in `forms`; `nudge` wakes whoever sends answers.

    Answers are in one of `languages`.
    """

    news: News
    spool: Spool
    forms: Mapping[str, Forms]
    nudge: Callable[[], object] = _nobody
    languages: Collection[str] = LANGUAGES

    @property
    def hearing(self) -> Hearing:
        """Where SMS that come in go; what they are answered with leaves at once."""
        news = self.news
        return Hearing(news.database, news.vault, news.regions, self.nudge, self.languages)

    def take(self, gateway: str, kind: Kind, form: Form, now: datetime) -> bool:
        """Keep and understand one callback; False when it is not what its address says.

        Raises `SpoolDown` only when neither PostgreSQL nor Redis could keep it.
        """
        work = self._read(gateway, kind, form)
        if work is None:
            return False
        try:
            work(now)
        except DatabaseDown:
            entry = {"gateway": gateway, "kind": kind, "form": dict(form), "at": now.isoformat()}
            self.spool.put(json.dumps(entry))
        return True

    def catch_up(self, now: datetime) -> int:
        """Work on what was spooled; how many. Raises `DatabaseDown` while it must wait."""
        waiting = self.spool.waiting(AT_ONCE)
        for entry in waiting:
            self._again(entry.text, now)
            self.spool.forget(entry)
        return len(waiting)

    def _again(self, entry: str, now: datetime) -> None:
        try:
            told = json.loads(entry)
            # A release before this one wrote no time.
            at = datetime.fromisoformat(told["at"]) if "at" in told else None
            work = self._read(told["gateway"], Kind(told["kind"]), told["form"], at)
        except (ValueError, KeyError, TypeError):
            _log.warning("a spooled callback cannot be read")
            return
        try:
            if work is not None:
                work(now)
        except DatabaseDown:
            raise
        except Exception as error:  # noqa: BLE001 - one entry must not hold up the rest for ever
            _log.warning("a spooled callback fails: %s", type(error).__name__)

    def _read(
        self, gateway: str, kind: Kind, form: Form, arrived: datetime | None = None
    ) -> Work | None:
        reader = self.forms[gateway]
        match kind:
            case Kind.DELIVERY:
                report = reader.delivery_report(form)
                return partial(self.news.report, gateway, report) if report else None
            case Kind.OPT_OUT:
                told = reader.opt_out(form)
                return partial(self.news.opt_out, gateway, told) if told else None
            case Kind.INCOMING:
                sms = reader.incoming(form)
                return partial(self.hearing.hear, gateway, sms, arrived=arrived) if sms else None
