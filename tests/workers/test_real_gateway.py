"""Production settings, a gateway at the other end of the wire, and kill -9 in mid-request."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from sms.message import Lane
from tests.faults.gateway_process import KEY, GatewayProcess, gateway_process
from tests.support.post_office import PostOffice, number
from tests.support.processes import until
from tests.support.worker_process import WorkerProcess, worker
from workers.queues import Nudge


@pytest.fixture
def gateway(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[GatewayProcess]:
    with gateway_process(tmp_path) as gateway:
        gateway.will(*request.param)
        yield gateway


@pytest.fixture
def urgent(
    gateway: GatewayProcess, tmp_path: Path, postgres_url: str, valkey_url: str
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
    gateway: GatewayProcess, urgent: WorkerProcess, post: PostOffice
) -> None:
    post.writes()
    Nudge(urgent.redis_url)(Lane.URGENT)
    until(lambda: post.status() == "sent")
    assert [sms["to"] for sms in gateway.taken()] == [number(1)]
    assert KEY not in urgent.said()
    assert number(1) not in urgent.said()


@pytest.mark.parametrize("gateway", [["very_slow"]], indirect=True)
def test_killed_while_the_gateway_thinks_a_receipt_is_sent_once_more_and_marked(
    gateway: GatewayProcess, urgent: WorkerProcess, post: PostOffice
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
    gateway: GatewayProcess, urgent: WorkerProcess, post: PostOffice
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
