"""Queues and nudges: a nudge is only a wake-up, losing it costs seconds.

The outbox in PostgreSQL is the truth. So a nudge is sent after the commit, waits a third of a
second at most, and never raises: the clock's sweep finds what nobody was woken for.
"""

from __future__ import annotations

import time
from collections.abc import Mapping

from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry
from rq import Queue
from rq.exceptions import DuplicateJobError
from rq.serializers import JSONSerializer

from sms.message import Lane

__all__ = ["DELIVER", "QUEUES", "Nudge"]

QUEUES: Mapping[Lane, str] = {lane: lane.value for lane in Lane}
"""Lane -> the queue that `kuning work <queue>` serves."""

DELIVER = "workers.jobs.deliver"
"""The one job there is."""

JOB_TIMEOUT = 90
"""Seconds; a job stops by itself after half of them."""


AWAY = 2.0
"""Seconds without nudges after Redis did not answer; the clock sweeps meanwhile."""


class Nudge:
    """Wakes the worker of a lane. One object a process; safe to use from several threads."""

    def __init__(self, redis_url: str) -> None:
        self._redis = Redis.from_url(
            redis_url,
            socket_timeout=0.3,
            socket_connect_timeout=0.3,
            retry=Retry(NoBackoff(), 0),
        )
        self._queues = {
            lane: Queue(name, connection=self._redis, serializer=JSONSerializer)
            for lane, name in QUEUES.items()
        }
        self._away_until = 0.0

    def __call__(self, lane: Lane) -> None:
        """Ask for a delivery, whatever comes of it."""
        self.ask(lane)

    def ask(self, lane: Lane) -> bool:
        """Ask for a delivery; False when one is already asked for, or Redis is away.

        After a failure nobody waits for Redis again for two seconds: callers are on the line.
        """
        if time.monotonic() < self._away_until:
            return False
        try:
            return self._enqueue(lane)
        except RedisError:
            self._away_until = time.monotonic() + AWAY
            return False

    def begun(self, lane: Lane) -> None:
        """Tell that a delivery began: from here on a nudge asks for another one.

        A worker says so *before* it looks at the outbox. A row that was committed before its nudge
        read the old number is then seen by this delivery; any later one gets a job of its own. With
        one id for ever, a nudge during the last query of a running job would be lost.
        """
        try:
            self._redis.incr(_counter(lane))
        except RedisError:
            return

    def _enqueue(self, lane: Lane) -> bool:
        number = int(self._redis.get(_counter(lane)) or 0)
        try:
            self._queues[lane].enqueue_call(
                DELIVER,
                args=(lane.value,),
                job_id=f"deliver-{lane.value}-{number}",
                unique=True,
                timeout=JOB_TIMEOUT,
                result_ttl=0,
                failure_ttl=60,
                # A job that a dying worker took and never began is forgotten after a minute.
                ttl=60,
                description=DELIVER,
            )
        except DuplicateJobError:
            return False
        return True


def _counter(lane: Lane) -> str:
    return f"kuning:nudges:{lane.value}"
