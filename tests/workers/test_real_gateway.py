"""Production settings, a gateway at the other end of the wire, and kill -9 in mid-request."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from sms.message import Lane
from tests.support.fake_gateway import KEY
from tests.support.post_office import PostOffice, number
from tests.support.processes import until
from tests.support.worker_process import WorkerProcess, worker
from workers.queues import Nudge

_ROOT = Path(__file__).parents[2]


@dataclass
class Gateway:
    """The fake as a process of its own."""

    url: str
    log: Path

    def taken(self) -> list[dict[str, str]]:
        if not self.log.exists():
            return []
        return [json.loads(line) for line in self.log.read_text("utf-8").splitlines()]


@contextmanager
def _gateway(folder: Path, behaviours: Sequence[str]) -> Iterator[Gateway]:
    log = folder / "taken.jsonl"
    command = [sys.executable, "-m", "tests.support.fake_gateway", str(log), *behaviours]
    with subprocess.Popen(command, cwd=_ROOT, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        yield Gateway(json.loads(process.stdout.readline())["url"], log)
        process.kill()


@pytest.fixture
def gateway(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Gateway]:
    with _gateway(tmp_path, request.param) as gateway:
        yield gateway


@pytest.fixture
def urgent(
    gateway: Gateway, tmp_path: Path, postgres_url: str, valkey_url: str
) -> Iterator[WorkerProcess]:
    """`kuning work urgent` as in production."""
    settings = {
        "KUNING_GATEWAY": "africastalking",
        "KUNING_URL": "https://kuning.example",
        "KUNING_SECRET_KEY": "s" * 40,
        "KUNING_WEBHOOK_TOKENS": "t" * 40,
        "KUNING_OFFICES": "32.10,33.74",
        "KUNING_SERVICE_CODE": "*123#",
        "KUNING_TARIFF": "Rp 0",
        "KUNING_SIMULATOR_LOG": "",
        "AT_USERNAME": "sandbox",
        "AT_API_KEY": KEY,
        "AT_BASE_URL": gateway.url,
    }
    with worker("urgent", tmp_path, postgres_url, valkey_url, **settings) as one:
        yield one.start()


@pytest.mark.parametrize("gateway", [["accept"]], indirect=True)
def test_an_sms_goes_over_the_real_wire(
    gateway: Gateway, urgent: WorkerProcess, post: PostOffice
) -> None:
    post.writes()
    Nudge(urgent.redis_url)(Lane.URGENT)
    until(lambda: post.status() == "sent")
    assert [sms["to"] for sms in gateway.taken()] == [number(1)]
    assert KEY not in urgent.said()
    assert number(1) not in urgent.said()


@pytest.mark.parametrize("gateway", [["very_slow"]], indirect=True)
def test_killed_while_the_gateway_thinks_a_receipt_is_sent_once_more_and_marked(
    gateway: Gateway, urgent: WorkerProcess, post: PostOffice
) -> None:
    post.writes("ready")
    Nudge(urgent.redis_url)(Lane.URGENT)
    until(gateway.taken)
    urgent.is_killed()
    assert post.status() == "sending"
    urgent.start()
    assert post.waits(minutes=2).sweeps().became_unknown == 1
    assert post.waits(minutes=11).sweeps().resent == 1
    post.comes_due()
    Nudge(urgent.redis_url)(Lane.URGENT)
    until(lambda: post.statuses() == {"unknown": 1, "sent": 1})
    assert len(gateway.taken()) == 2
    assert [bool(row["resent_of"]) for row in post.rows()] == [False, True]


@pytest.mark.parametrize("gateway", [["very_slow"]], indirect=True)
def test_killed_while_the_gateway_thinks_a_report_saves_the_second_sending(
    gateway: Gateway, urgent: WorkerProcess, post: PostOffice
) -> None:
    post.writes("ready")
    Nudge(urgent.redis_url)(Lane.URGENT)
    (taken,) = until(gateway.taken)
    urgent.is_killed()
    post.waits(minutes=2).hears(taken["id"], "Success")
    post.sweeps()
    assert post.status() == "delivered"
    assert post.waits(minutes=30).sweeps().resent == 0
    assert len(gateway.taken()) == 1
