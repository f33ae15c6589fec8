"""`kuning work urgent|bulk`: an RQ worker that outlives its Redis and ends when told.

RQ's worker gives up when Redis is away at the wrong moment; a loop round it begins again. While
it waits, the clock carries the lane.
"""

from __future__ import annotations

from types import FrameType

import structlog
from redis import Redis
from redis.exceptions import RedisError
from rq.exceptions import StopRequested
from rq.serializers import JSONSerializer
from rq.worker import SimpleWorker

from sms.message import Lane
from workers.jobs import SafeJob
from workers.queues import QUEUES
from workers.stopping import Stop, on_signals

__all__ = ["LaneWorker", "serve"]

log = structlog.get_logger()

PAUSE = 2.0
"""Seconds between two tries to reach Redis."""


class LaneWorker(SimpleWorker):
    """RQ's worker without a fork, without its open door, and without long naps."""

    max_connection_wait_time = 5.0
    log_result_lifespan = False
    stop: Stop

    def subscribe(self) -> None:
        """Listen to no commands: anybody who reaches Redis could send `shutdown`."""

    def set_shutdown_requested_date(self) -> None:
        """Write nothing from within a signal handler: Redis may be away, and a wave under way."""

    def handle_warm_shutdown_request(self) -> None:
        """Remember that the process is to end, also for the loop round this worker."""
        self.stop.set()

    def request_force_stop(self, signum: int, frame: FrameType | None) -> None:
        """Let a wave end though the signal comes twice: what is cut off may be sent twice."""


def serve(redis_url: str, lane: Lane, jobs: type[SafeJob], stop: Stop) -> None:
    """Work on a lane's queue until `stop` or a signal; returns after the round under way."""
    while not stop.is_set():
        on_signals(stop)
        try:
            _worker(redis_url, lane, jobs, stop).work(logging_level="WARNING")
        except StopRequested:
            stop.set()
        except (RedisError, OSError) as error:
            log.warning("worker.redis_away", lane=lane.value, fault=type(error).__name__)
        stop.wait(PAUSE)
    log.info("worker.ended", lane=lane.value)


def _worker(redis_url: str, lane: Lane, jobs: type[SafeJob], stop: Stop) -> LaneWorker:
    worker = LaneWorker(
        [QUEUES[lane]],
        connection=Redis.from_url(redis_url),
        job_class=jobs,
        serializer=JSONSerializer,
        # RQ naps for the first less 15 s and looks after dead workers between naps only.
        worker_ttl=60,
        maintenance_interval=30,
        log_job_description=False,
    )
    worker.stop = stop
    return worker
