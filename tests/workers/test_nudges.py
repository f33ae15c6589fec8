"""A nudge wakes somebody once, never waits long, and carries nobody's data."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
from redis import Redis
from rq import Queue
from rq.serializers import JSONSerializer

from sms.message import Lane
from workers.jobs import job_class
from workers.lane import LaneWorker
from workers.queues import DELIVER, QUEUES, Nudge
from workers.stopping import Stop


@pytest.fixture
def redis(valkey_url: str) -> Iterator[Redis]:
    with Redis.from_url(valkey_url) as connection:
        yield connection


def test_a_hundred_nudges_are_one_job(valkey_url: str, redis: Redis) -> None:
    nudge = Nudge(valkey_url)
    assert [nudge.ask(Lane.URGENT) for _ in range(100)].count(True) == 1
    assert len(Queue(QUEUES[Lane.URGENT], connection=redis)) == 1


def test_each_lane_is_woken_alone(valkey_url: str, redis: Redis) -> None:
    nudge = Nudge(valkey_url)
    assert nudge.ask(Lane.URGENT)
    assert nudge.ask(Lane.BULK)
    assert [len(Queue(name, connection=redis)) for name in QUEUES.values()] == [1, 1]


def test_a_nudge_during_a_delivery_is_not_lost(valkey_url: str, redis: Redis) -> None:
    nudge, rounds = Nudge(valkey_url), list[bool]()

    def deliver(_lane: str) -> None:
        nudge.begun(Lane.URGENT)
        if not rounds:
            rounds.append(nudge.ask(Lane.URGENT))
            rounds.append(nudge.ask(Lane.URGENT))
        else:
            rounds.append(True)

    nudge(Lane.URGENT)
    jobs = job_class({DELIVER: deliver})
    worker = LaneWorker(
        [QUEUES[Lane.URGENT]], connection=redis, job_class=jobs, serializer=JSONSerializer
    )
    worker.stop = Stop()
    worker.work(burst=True, logging_level="CRITICAL")
    assert rounds == [True, False, True], "one more, not two, and it was worked on"


def test_without_redis_a_nudge_gives_up_at_once(tmp_path_factory: pytest.TempPathFactory) -> None:
    nudge = Nudge(f"unix://{tmp_path_factory.mktemp('r')}/nobody.sock")
    begun = time.monotonic()
    nudge(Lane.URGENT)
    nudge.begun(Lane.URGENT)
    assert not nudge.ask(Lane.URGENT)
    assert time.monotonic() - begun < 1


def test_a_job_holds_a_lane_and_nothing_else(valkey_url: str, redis: Redis) -> None:
    Nudge(valkey_url)(Lane.URGENT)
    (job,) = Queue(QUEUES[Lane.URGENT], connection=redis, serializer=JSONSerializer).jobs
    assert (job.func_name, job.args, job.kwargs) == (DELIVER, ["urgent"], {})
    assert (job.result_ttl, job.failure_ttl, job.description) == (0, 60, DELIVER)
    assert 0 < redis.ttl(job.key) <= 60
