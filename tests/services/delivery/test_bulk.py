"""The bulk lane: people are not woken, and money is not spent twice."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from sqlalchemy import Connection

from sms.gateway import OptOut
from sms.message import Lane
from storage import outbox
from tests.support.fake_gateway import FakeGateway
from tests.support.post_office import FACTS, PostOffice, number


def _alerts(post: PostOffice, people: int, office: str = "32.10") -> None:
    for person in range(people):
        post.writes("nik_used", number(person), lane=Lane.BULK, office=office)


def test_nobody_is_woken_at_night_and_all_are_told_in_the_morning(
    post: PostOffice, fake: FakeGateway
) -> None:
    post.waits(hours=10)  # 20.00 in Majalengka
    _alerts(post, 3)
    assert post.sends(Lane.BULK) == 0
    assert post.waits(hours=11, minutes=59).sends(Lane.BULK) == 0
    assert post.waits(minutes=1).sends(Lane.BULK) == 3
    assert len(fake.requests) == 1


def test_what_a_person_waits_for_comes_at_night_too(post: PostOffice) -> None:
    post.waits(hours=14).writes("booked")
    assert post.sends(Lane.URGENT) == 1


def test_an_alert_that_grew_stale_overnight_is_dropped(post: PostOffice, fake: FakeGateway) -> None:
    post.waits(hours=10)
    post.writes("nik_used", lane=Lane.BULK, expires_in=timedelta(hours=6))
    post.waits(hours=12)
    assert post.sends(Lane.BULK) == 0
    post.sweeps()
    assert post.status() == "expired"
    assert fake.taken() == []


def test_who_says_stop_while_an_alert_is_being_written_gets_it_no_more(
    post: PostOffice, fake: FakeGateway
) -> None:
    with post.database.begin() as conn:
        assert add_alert(post, conn)
        assert post.delivery.news.opt_out("africastalking", OptOut(number(1), ""), post.now)
    assert post.sends(Lane.BULK) == 0
    assert fake.requests == []
    post.sweeps()
    assert post.status() == "cancelled"
    post.writes("ready")
    assert post.sends() == 1, "what a person waits for still comes"


def add_alert(post: PostOffice, conn: Connection) -> bool:
    return outbox.add(
        conn,
        post.vault,
        office="32.10",
        request_id=None,
        lane=Lane.BULK,
        template="nik_used",
        language="id",
        params=FACTS,
        to=number(1),
        dedupe_key="alert",
        now=post.now,
    )


def test_the_budget_of_a_day_is_a_hard_stop(post: PostOffice, fake: FakeGateway) -> None:
    post.under(bulk_per_day=5)
    _alerts(post, 8)
    assert post.sends(Lane.BULK) == 5
    assert post.waits(hours=1).sends(Lane.BULK) == 0
    assert post.waits(hours=23).sends(Lane.BULK) == 3, "a new day"
    assert len(fake.taken()) == 8


def test_each_office_has_a_budget_of_its_own(post: PostOffice, fake: FakeGateway) -> None:
    post.under(bulk_per_day=2)
    _alerts(post, 4)
    _alerts(post, 4, office="33.74")
    assert post.sends(Lane.BULK) == 4
    assert len(fake.taken()) == 4


def test_four_senders_at_once_do_not_spend_a_budget_twice(
    post: PostOffice, fake: FakeGateway
) -> None:
    post.under(bulk_per_day=10, claim_bulk=4)
    _alerts(post, 40)
    with ThreadPoolExecutor(4) as pool:
        for _ in range(4):
            list(pool.map(lambda _: post.sends(Lane.BULK), range(4)))
    assert len(fake.taken()) == 10


def test_what_was_not_sent_is_not_spent(post: PostOffice, fake: FakeGateway) -> None:
    post.under(bulk_per_day=3)
    _alerts(post, 3)
    fake.will("throttled")
    assert post.sends(Lane.BULK) == 0
    assert post.waits(minutes=1).sends(Lane.BULK) == 3
