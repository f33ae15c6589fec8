"""PostgreSQL goes away at the worst moments of a delivery."""

from __future__ import annotations

from threading import Timer

import pytest

from services.delivery.metrics import OutboxCollector
from sms.message import Lane
from storage.database import Database, DatabaseDown
from tests.support.fake_gateway import FakeGateway
from tests.support.outage import locked_out
from tests.support.post_office import PostOffice, number


def test_results_are_written_though_postgresql_restarts_meanwhile(
    post: PostOffice, fake: FakeGateway, postgres_url: str
) -> None:
    away = locked_out(postgres_url)

    def restart(place: str) -> None:
        if place == "delivery.sent":
            away.__enter__()
            Timer(1.0, away.__exit__, (None, None, None)).start()

    for person in range(3):
        post.writes("booked", number(person))
    assert post.delivery_with(restart).deliver_due(Lane.URGENT, post.now) == 3
    assert post.statuses() == {"sent": 3}
    assert len(fake.taken()) == 3


def test_without_postgresql_nothing_is_sent(
    post: PostOffice, fake: FakeGateway, postgres_url: str
) -> None:
    post.writes()
    with locked_out(postgres_url), pytest.raises(DatabaseDown):
        post.sends()
    assert fake.taken() == []
    assert post.sends() == 1


def test_postgresql_that_goes_before_the_request_leaves_it_unsent(
    post: PostOffice, fake: FakeGateway, postgres_url: str
) -> None:
    away = locked_out(postgres_url)

    def leave(place: str) -> None:
        if place == "delivery.claimed":
            away.__enter__()

    post.writes()
    with pytest.raises(DatabaseDown):
        post.delivery_with(leave).deliver_due(Lane.URGENT, post.now)
    away.__exit__(None, None, None)
    assert fake.taken() == []
    post.waits(minutes=1).sweeps()
    assert post.sends() == 1


def test_figures_count_what_waits_and_how_long(post: PostOffice) -> None:
    for person in range(3):
        post.writes("booked", number(person))
    collector = OutboxCollector(post.database, lambda: post.now)
    post.waits(seconds=90)
    count, age = collector.collect()
    told = {
        (family.name, *sample.labels.values()): sample.value
        for family in (count, age)
        for sample in family.samples
    }
    assert told == {
        ("kuning_sms_waiting", "urgent", "queued"): 3,
        ("kuning_sms_oldest_seconds", "urgent", "queued"): 90,
    }


def test_figures_are_silent_without_postgresql(post: PostOffice) -> None:
    nowhere = Database("postgresql:///kuning?host=/nowhere")
    assert list(OutboxCollector(nowhere, lambda: post.now).collect()) == []


def test_what_waits_follows_a_clock_that_was_set_back(post: PostOffice) -> None:
    post.waits(hours=1).writes()
    assert post.waits(hours=-1).sends() == 0
    post.sweeps()
    assert post.sends() == 1


def test_a_lease_follows_a_clock_that_was_set_back(post: PostOffice, fake: FakeGateway) -> None:
    def die(place: str) -> None:
        raise SystemExit(place)

    post.waits(hours=1).writes()
    with pytest.raises(SystemExit):
        post.delivery_with(die).deliver_due(Lane.URGENT, post.now)
    post.waits(hours=-1).sweeps()
    assert post.statuses() == {"claimed": 1}
    post.waits(minutes=1).sweeps()
    assert post.sends() == 1
    assert len(fake.taken()) == 1
