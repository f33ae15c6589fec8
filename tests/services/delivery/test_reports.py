"""Delivery reports come late, twice, early, out of order, and about nobody."""

from __future__ import annotations

from itertools import permutations

import pytest
from sqlalchemy import event

from sms.gateway import DeliveryReport, OptOut
from sms.message import Lane
from tests.support.fake_gateway import FakeGateway
from tests.support.outage import locked_out
from tests.support.post_office import PostOffice, number


@pytest.fixture
def sent(post: PostOffice, fake: FakeGateway) -> str:
    """The gateway's id of the one message that was sent."""
    post.writes()
    post.sends()
    return str(fake.taken()[0]["id"])


def test_a_report_says_that_the_handset_has_it(post: PostOffice, sent: str) -> None:
    assert post.waits(minutes=1).hears(sent, "Success")
    assert (post.status(), post.row()["final_at"]) == ("delivered", post.now)


def test_the_same_report_five_times_is_one(post: PostOffice, sent: str) -> None:
    assert [post.hears(sent, "Success") for _ in range(5)] == [True, *[False] * 4]
    assert len(post.reports()) == 1


@pytest.mark.parametrize("order", list(permutations(["Submitted", "Buffered", "Success"])))
def test_in_any_order_the_end_is_the_end(
    post: PostOffice, sent: str, order: tuple[str, ...]
) -> None:
    for word in order:
        post.hears(sent, word)
    assert post.status() == "delivered"
    assert not [report for report in post.reports() if report["applied_at"] is None]


def test_a_final_state_stays_whatever_comes_after(post: PostOffice, sent: str) -> None:
    post.hears(sent, "Failed", reason="AbsentSubscriber")
    for word in ("Sent", "Success", "Expired"):
        post.waits(hours=24).hears(sent, word)
    row = post.row()
    assert (row["status"], row["reason"]) == ("undelivered", "AbsentSubscriber")


def test_of_two_ends_that_wait_together_the_handset_is_believed(
    post: PostOffice, sent: str
) -> None:
    post.keeps(sent, "Failed")
    post.keeps(sent, "Success")
    post.sweeps()
    assert post.status() == "delivered"


def test_a_report_before_our_commit_waits_for_it(post: PostOffice, fake: FakeGateway) -> None:
    early: list[str] = []

    def tell() -> None:
        early.append("ATXid_" + "0" * 31 + "1")
        post.hears(early[0], "Success")

    fake.watch = tell
    post.writes()
    assert post.sends() == 1
    assert fake.taken()[0]["id"] == early[0]
    assert post.status() == "delivered"


def test_a_report_whose_process_died_is_applied_by_the_sweep(post: PostOffice, sent: str) -> None:
    post.keeps(sent, "Success")
    assert post.status() == "sent"
    assert post.sweeps().reported == 1
    assert post.status() == "delivered"


def test_a_report_once_stored_is_taken_though_postgresql_goes_before_it_is_applied(
    post: PostOffice, sent: str, postgres_url: str
) -> None:
    away = locked_out(postgres_url)
    begun: list[object] = []

    def leave(conn: object) -> None:
        begun.append(conn)
        if len(begun) == 2:
            away.__enter__()

    event.listen(post.database.engine, "begin", leave)
    assert post.hears(sent, "Success")
    away.__exit__(None, None, None)
    assert post.status() == "sent"
    post.sweeps()
    assert post.status() == "delivered"


def test_a_report_about_nobody_is_kept_and_forgotten_after_a_month(post: PostOffice) -> None:
    assert post.hears("ATXid_unknown", "Success")
    post.sweeps()
    assert len(post.reports()) == 1


def test_an_id_given_twice_moves_only_the_number_it_names(
    post: PostOffice, fake: FakeGateway
) -> None:
    post.writes("nik_used", number(1))
    post.writes("nik_used", number(2))
    fake.will("same_ids")
    assert post.sends() == 2
    post.hears("ATXid_same", "Success", number(2))
    assert [row["status"] for row in post.rows()] == ["sent", "delivered"]
    post.hears("ATXid_same", "Failed", number(1))
    assert [row["status"] for row in post.rows()] == ["undelivered", "delivered"]


def test_a_word_that_is_new_to_us_is_kept_and_changes_nothing(post: PostOffice, sent: str) -> None:
    assert post.hears(sent, "Wandering")
    (report,) = post.reports()
    assert (report["raw_status"], report["status"]) == ("Wandering", "")
    assert post.status() == "sent"


def test_odd_words_of_a_gateway_are_kept_short_and_plain(post: PostOffice) -> None:
    odd = DeliveryReport("<script>" + "x" * 999, None, "a\nb" * 99, "={{7*7}}", "not a number")
    assert post.delivery.news.report("africastalking", odd, post.now)
    (report,) = post.reports()
    assert len(str(report["gateway_id"])) == 100
    assert not set("<>\n={}") & set("".join(str(value) for value in report.values()))


def test_a_number_that_opts_out_gets_nothing_more_of_the_bulk_lane(
    post: PostOffice, fake: FakeGateway
) -> None:
    post.writes("nik_used", lane=Lane.BULK)
    news = post.delivery.news
    assert news.opt_out("africastalking", OptOut("081200000001", "KUNING"), post.now)
    assert not news.opt_out("africastalking", OptOut(number(1), "KUNING"), post.now)
    assert not news.opt_out("africastalking", OptOut("nobody", ""), post.now)
    assert not post.writes("nik_used", lane=Lane.BULK)
    assert post.sends(Lane.BULK) == 0
    assert post.writes("ready"), "what a person waits for still comes"
    assert post.sends() == 1
    assert [sms["to"] for sms in fake.taken()] == [number(1)]
