"""Figures of delivery for Prometheus: read from the outbox when asked, so every process agrees.

A count kept in a worker would die with it, and the page of figures is another process. Labels are
lanes and states, never a person, an office's caller or a number.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime

from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from storage import outbox_counts
from storage.database import Database, DatabaseDown

__all__ = ["OutboxCollector"]


class OutboxCollector(Collector):
    """Counts messages that are not over, and the age of the oldest, by lane and state."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._clock = clock

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """Yield both families; nothing while PostgreSQL is down, so that a page still comes."""
        labels = ["lane", "status"]
        count = GaugeMetricFamily("kuning_sms_waiting", "Messages not over", labels=labels)
        age = GaugeMetricFamily("kuning_sms_oldest_seconds", "Age of the oldest", labels=labels)
        try:
            with self._database.begin() as conn:
                found = outbox_counts.waiting(conn)
        except DatabaseDown:
            return
        now = self._clock()
        for row in found:
            count.add_metric([row.lane, row.status], row.count)
            age.add_metric([row.lane, row.status], (now - row.oldest).total_seconds())
        yield count
        yield age
