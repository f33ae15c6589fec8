"""Figures of misses for Prometheus: how many of the last hour, by kind, of nobody in particular."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime

from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from services import guessing
from storage.database import Database, DatabaseDown

__all__ = ["GuessingCollector"]


class GuessingCollector(Collector):
    """Counts misses, and says where there are more than any ordinary day has."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._clock = clock

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """Yield both families; nothing while PostgreSQL is down, so that a page still comes."""
        count = GaugeMetricFamily("kuning_misses", "Misses within an hour", labels=["kind"])
        alarm = GaugeMetricFamily("kuning_guessing", "1: too many misses", labels=["kind"])
        try:
            with self._database.begin() as conn:
                found = {one: guessing.misses(conn, one, self._clock()) for one in guessing.LIMITS}
        except DatabaseDown:
            return
        for kind, misses in found.items():
            count.add_metric([kind], misses)
            alarm.add_metric([kind], misses >= guessing.LIMITS[kind])
        yield count
        yield alarm
