"""Whoever can write to Redis can still run nothing but a delivery."""

from __future__ import annotations

import os
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest
from redis import Redis
from rq import Callback, Queue
from rq.job import Job, JobStatus
from rq.serializers import JSONSerializer
from rq.webhook import Webhook

from sms.message import Lane
from workers.jobs import SafeJob, job_class
from workers.lane import LaneWorker
from workers.queues import DELIVER, QUEUES, Nudge
from workers.stopping import Stop

URGENT = QUEUES[Lane.URGENT]


@pytest.fixture
def redis(valkey_url: str) -> Iterator[Redis]:
    with Redis.from_url(valkey_url) as connection:
        yield connection


@pytest.fixture
def ran() -> list[str]:
    """The lanes that a delivery was asked for."""
    return []


def _works(redis: Redis, ran: list[str]) -> None:
    """One worker looks at everything that waits."""
    jobs = job_class({DELIVER: ran.append})
    worker = LaneWorker([URGENT], connection=redis, job_class=jobs, serializer=JSONSerializer)
    worker.stop = Stop()
    worker.work(burst=True, logging_level="CRITICAL")


def _queue(redis: Redis) -> Queue:
    return Queue(URGENT, connection=redis, serializer=JSONSerializer)


def _failed(job: Job) -> bool:
    return job.get_status() is JobStatus.FAILED


def test_a_nudge_is_a_delivery(redis: Redis, valkey_url: str, ran: list[str]) -> None:
    assert Nudge(valkey_url).ask(Lane.URGENT)
    _works(redis, ran)
    assert ran == ["urgent"]
    assert redis.keys("rq:job:*") == [], "nothing is left behind"


def test_os_system_is_refused(redis: Redis, ran: list[str], tmp_path: Path) -> None:
    job = _queue(redis).enqueue("os.system", f"touch {tmp_path}/owned")
    _works(redis, ran)
    assert _failed(job)
    assert not (tmp_path / "owned").exists()


@pytest.mark.parametrize("name", ["on_success", "on_failure", "on_stopped"])
def test_a_callback_is_refused_and_its_job_with_it(
    redis: Redis, ran: list[str], tmp_path: Path, name: str
) -> None:
    evil = Callback("os.mkdir")
    job = _queue(redis).enqueue(DELIVER, str(tmp_path / "owned"), **{name: evil})
    _works(redis, ran)
    assert _failed(job)
    assert ran == []
    assert not (tmp_path / "owned").exists()


@pytest.mark.parametrize(
    "name", ["os.getcwd", "workers.jobs.job_class", "services.delivery.hand.resume", ""]
)
def test_no_other_function_is_found(redis: Redis, ran: list[str], name: str) -> None:
    job = Job.create("builtins.print", connection=redis, serializer=JSONSerializer, origin=URGENT)
    job.func_name = name
    _queue(redis).enqueue_job(job)
    _works(redis, ran)
    assert _failed(job)


def test_a_method_of_an_object_is_refused(redis: Redis, ran: list[str]) -> None:
    job = Job.create("builtins.print", connection=redis, serializer=JSONSerializer, origin=URGENT)
    job.func_name = DELIVER
    job.instance = "an object"
    _queue(redis).enqueue_job(job)
    _works(redis, ran)
    assert _failed(job)
    assert ran == []


def test_a_job_does_not_choose_whom_we_call(redis: Redis, ran: list[str]) -> None:
    called: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            called.append(self.path)

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        hooks = [
            Webhook(f"http://127.0.0.1:{server.server_port}/{end}", end)
            for end in ("finished", "failed")
        ]
        job = _queue(redis).enqueue(DELIVER, "urgent", webhooks=hooks)
        _works(redis, ran)
        server.shutdown()
    assert _failed(job)
    assert called == []


def test_nobody_listens_to_commands(redis: Redis) -> None:
    jobs = job_class({})
    worker = LaneWorker([URGENT], connection=redis, job_class=jobs, serializer=JSONSerializer)
    worker.stop = Stop()
    worker.bootstrap("CRITICAL")
    assert redis.publish(worker.pubsub_channel_name, '{"command": "shutdown"}') == 0


def test_a_job_class_without_a_list_runs_nothing(redis: Redis) -> None:
    job = SafeJob.create("os.getpid", connection=redis, serializer=JSONSerializer)
    with pytest.raises(Exception, match=job.id):
        job.perform()
    assert os.getpid()
