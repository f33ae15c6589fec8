"""Many senders, one outbox: each message is taken by the gateway once."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from sms.message import Lane
from tests.support.fake_gateway import FakeGateway
from tests.support.post_office import PostOffice, number


def test_six_senders_and_fifty_rows_and_each_is_taken_once(
    post: PostOffice, fake: FakeGateway
) -> None:
    post.under(claim=7, in_flight=4)
    for person in range(50):
        post.writes("booked", number(person), name=f"Siti {_letters(person)}")
    start = Barrier(6)

    def send(_: int) -> int:
        start.wait()
        return sum(iter(post.sends, 0))

    with ThreadPoolExecutor(6) as pool:
        assert sum(pool.map(send, range(6))) == 50
    assert Counter(sms["to"] for sms in fake.taken()) == {number(n): 1 for n in range(50)}
    assert post.statuses() == {"sent": 50}


def test_a_fact_told_by_eight_at_once_is_one_row_and_one_sms(
    post: PostOffice, fake: FakeGateway
) -> None:
    start = Barrier(8)

    def tell(_: int) -> bool:
        start.wait()
        return post.writes("booked", key="request-1:1:booked")

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(tell, range(8))) == 1
        list(pool.map(lambda _: post.sends(), range(8)))
    assert len(fake.taken()) == 1


def test_a_sender_that_lost_its_claim_sends_nothing(post: PostOffice, fake: FakeGateway) -> None:
    taken_by_other: list[int] = []

    def sleep_too_long(place: str) -> None:
        if place == "delivery.claimed" and not taken_by_other:
            taken_by_other.append(0)
            post.waits(minutes=1)
            assert post.sweeps().queued_again == 1
            taken_by_other[0] = post.sends()

    post.writes()
    slow = post.delivery_with(sleep_too_long)
    assert slow.deliver_due(Lane.URGENT, post.now) == 0
    assert taken_by_other == [1]
    assert len(fake.taken()) == 1
    assert post.status() == "sent"


def test_a_result_that_comes_after_the_lease_still_counts(
    post: PostOffice, fake: FakeGateway
) -> None:
    def dawdle(place: str) -> None:
        if place == "delivery.sent":
            assert post.waits(minutes=1).sweeps().became_unknown == 1
            assert post.status() == "unknown"

    post.writes()
    assert post.delivery_with(dawdle).deliver_due(Lane.URGENT, post.now) == 1
    assert post.status() == "sent"
    assert post.waits(minutes=20).sweeps().resent == 0
    assert len(fake.taken()) == 1


def _letters(person: int) -> str:
    return "ABCDEFGHIJ"[person // 10] + "ABCDEFGHIJ"[person % 10]
