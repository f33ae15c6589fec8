"""A worker is killed at the worst moments: the gateway's own log says what it had taken."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from sms.message import Lane
from tests.support.post_office import PostOffice, number
from tests.support.processes import until
from tests.support.worker_process import WorkerProcess, worker
from workers.queues import Nudge


@pytest.fixture
def doomed(
    request: pytest.FixtureRequest, tmp_path: Path, postgres_url: str, valkey_url: str
) -> Iterator[WorkerProcess]:
    """An urgent worker that dies once at the failpoint it is given."""
    with worker(
        "urgent", tmp_path, postgres_url, valkey_url, KUNING_FAILPOINT=f"{request.param}:exit"
    ) as one:
        yield one


def _taken(one: WorkerProcess) -> list[str]:
    if not one.sms_log.exists():
        return []
    return [json.loads(line)["to"] for line in one.sms_log.read_text("utf-8").splitlines()]


def _dies_over(one: WorkerProcess, post: PostOffice, people: int) -> None:
    for person in range(people):
        post.writes("booked", number(person), name="Siti " + "ABCDEFGHIJ"[person])
    one.start()
    Nudge(one.redis_url)(Lane.URGENT)
    one.dies_by_itself()


@pytest.mark.parametrize("doomed", ["delivery.claimed"], indirect=True)
def test_killed_before_the_request_each_is_sent_once(
    doomed: WorkerProcess, post: PostOffice
) -> None:
    _dies_over(doomed, post, 10)
    assert post.statuses() == {"claimed": 10}
    assert _taken(doomed) == []
    assert post.waits(minutes=2).sweeps().queued_again == 10
    doomed.start()
    Nudge(doomed.redis_url).begun(Lane.URGENT)
    Nudge(doomed.redis_url)(Lane.URGENT)
    until(lambda: post.statuses() == {"delivered": 10})
    assert sorted(_taken(doomed)) == [number(person) for person in range(10)]


@pytest.mark.parametrize("doomed", ["delivery.sending"], indirect=True)
def test_killed_as_the_request_begins_all_are_sent_in_the_end(
    doomed: WorkerProcess, post: PostOffice
) -> None:
    _dies_over(doomed, post, 10)
    assert post.statuses() == {"sending": 10}
    assert _taken(doomed) == []
    assert post.waits(minutes=2).sweeps().became_unknown == 10
    assert post.waits(minutes=9).sweeps().resent == 0
    assert post.waits(minutes=2).sweeps().resent == 10
    assert post.sends() == 10
    assert sorted(_taken(doomed)) == [number(person) for person in range(10)]
    assert post.statuses() == {"unknown": 10, "delivered": 10}


@pytest.mark.parametrize("doomed", ["delivery.sent"], indirect=True)
def test_killed_after_the_gateway_took_them_none_is_sent_a_third_time(
    doomed: WorkerProcess, post: PostOffice
) -> None:
    _dies_over(doomed, post, 10)
    assert post.statuses() == {"sending": 10}
    assert len(_taken(doomed)) == 10
    post.waits(minutes=2).sweeps()
    post.waits(minutes=11).sweeps()
    post.sends()
    post.waits(hours=1).sweeps()
    post.sends()
    marked = [row for row in post.rows() if row["resent_of"]]
    assert len(marked) == 10
    assert len(_taken(doomed)) == 20, "once more, each of them marked, and no more"


@pytest.mark.parametrize("doomed", ["delivery.sent"], indirect=True)
def test_killed_after_the_gateway_took_them_reports_save_the_second_sending(
    doomed: WorkerProcess, post: PostOffice
) -> None:
    _dies_over(doomed, post, 4)
    post.waits(minutes=2).sweeps()
    for line in doomed.sms_log.read_text("utf-8").splitlines():
        sms = json.loads(line)
        post.simulated(sms["id"], sms["to"])
    assert post.sweeps().reported == 4
    assert post.waits(minutes=11).sweeps().resent == 0
    assert post.statuses() == {"delivered": 4}
    assert len(_taken(doomed)) == 4


def test_an_alert_of_a_killed_sender_is_never_sent_again(post: PostOffice, tmp_path: Path) -> None:
    post.now = post.now.replace(hour=3)
    for person in range(5):
        post.writes("nik_used", number(person), lane=Lane.BULK)

    def die(place: str) -> None:
        if place == "delivery.sent":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        post.delivery_with(die).deliver_due(Lane.BULK, post.now)
    for _ in range(3):
        post.waits(hours=1).sweeps()
        post.sends(Lane.BULK)
    assert len((tmp_path / "sms.jsonl").read_text("utf-8").splitlines()) == 5
    assert post.statuses() == {"unknown": 5}
