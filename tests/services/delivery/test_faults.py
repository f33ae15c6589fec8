"""The gateway misbehaves: nothing is lost, and nothing is sent twice that may have been sent."""

from __future__ import annotations

from datetime import timedelta

import pytest

from sms.message import Lane
from storage.outbox_results import RESEND_MARK
from tests.support.fake_gateway import FakeGateway
from tests.support.post_office import PostOffice, at_a_closed_port, number, over_the_wire


@pytest.mark.parametrize("fault", ["throttled", "busy", "unauthorised", "invalid_sender"])
def test_what_was_not_taken_goes_out_once_the_line_is_well(
    post: PostOffice, fake: FakeGateway, fault: str
) -> None:
    post.writes()
    fake.will(fault)
    assert post.sends() == 0
    assert post.status() == "queued"
    assert post.sends() == 0, "not before its time"
    assert post.waits(minutes=3).sends() == 1
    assert len(fake.taken()) == 1


@pytest.mark.parametrize(
    ("fault", "why"),
    [("throttled", "throttled"), ("unauthorised", "http_401"), ("no_money", "InsufficientBalance")],
)
def test_the_log_says_why_the_line_is_shut_and_to_whom_nothing(
    post: PostOffice, fake: FakeGateway, capsys: pytest.CaptureFixture[str], fault: str, why: str
) -> None:
    post.writes()
    fake.will(fault)
    post.sends()
    (told,) = [line for line in capsys.readouterr().out.splitlines() if "sms.line_shut" in line]
    assert why in told
    assert number(1) not in told


def test_retry_after_is_kept_to_the_second(post: PostOffice, fake: FakeGateway) -> None:
    post.writes()
    fake.will("throttled")
    post.sends()
    assert post.waits(seconds=7).sends() == 0
    assert post.waits(seconds=1).sends() == 1


def test_a_line_that_stays_away_fails_in_the_end(post: PostOffice) -> None:
    post.under(most_tries=5)
    post.gateway = at_a_closed_port()
    post.writes()
    for _ in range(4):
        post.sends()
        assert post.status() == "queued"
        post.waits(minutes=15)
    post.sends()
    row = post.row()
    assert (row["status"], row["reason"], row["attempts"]) == ("failed", "connect", 5)
    assert row["final_at"] == post.now


def test_a_refused_number_is_final_and_its_neighbours_are_not_harmed(
    post: PostOffice, fake: FakeGateway
) -> None:
    for person in (1, 2, 3):
        post.writes("nik_used", number(person))
    fake.will("partial")
    assert post.sends() == 3
    assert post.statuses() == {"sent": 1, "failed": 1, "unknown": 1}
    assert len(fake.taken()) == 1


@pytest.mark.parametrize(
    "fault",
    ["taken_then_closed", "taken_then_error", "truncated", "very_slow", "drip", "busy_untold"],
)
def test_an_alert_that_may_have_been_sent_is_never_sent_again(
    post: PostOffice, fake: FakeGateway, fault: str
) -> None:
    post.writes("nik_used", lane=Lane.BULK)
    fake.will(fault)
    assert post.sends(Lane.BULK) == 1
    assert post.status() == "unknown"
    for _ in range(4):
        post.waits(minutes=30).sweeps()
        post.sends(Lane.BULK)
    assert post.status() == "unknown"
    assert len(fake.taken()) == 1


def test_a_receipt_that_may_have_been_sent_is_sent_once_more_after_ten_minutes(
    post: PostOffice, fake: FakeGateway
) -> None:
    post.writes("ready", key="request:3:ready")
    fake.will("taken_then_closed", "taken_then_closed")
    post.sends()
    assert post.waits(minutes=9).sweeps().resent == 0
    assert post.waits(minutes=1).sweeps().resent == 1
    assert post.sweeps().resent == 0
    post.sends()
    first, second = post.rows()
    assert second["resent_of"] == first["id"]
    assert second["dedupe_key"] == "request:3:ready" + RESEND_MARK
    assert post.statuses() == {"unknown": 2}
    for _ in range(4):
        post.waits(hours=1).sweeps()
        post.sends()
    assert len(fake.taken()) == 2, "once more, and never a third time"


def test_a_receipt_that_is_too_old_is_not_sent_again(post: PostOffice, fake: FakeGateway) -> None:
    post.writes("booked", expires_in=timedelta(minutes=5))
    fake.will("taken_then_closed")
    post.sends()
    assert post.waits(minutes=11).sweeps().resent == 0
    assert post.statuses() == {"unknown": 1}


def test_a_report_by_the_number_saves_the_second_sending(
    post: PostOffice, fake: FakeGateway
) -> None:
    post.writes("ready")
    fake.will("taken_then_closed")
    post.sends()
    (taken,) = fake.taken()
    post.waits(minutes=2).hears(taken["id"], "Success")
    assert post.status() == "unknown", "its id was never learned"
    assert post.sweeps().reported == 1
    assert post.status() == "delivered"
    assert post.row()["gateway_id"] == taken["id"]
    assert post.waits(minutes=30).sweeps().resent == 0


def test_a_report_that_could_be_of_either_of_two_lost_messages_is_of_neither(
    post: PostOffice, fake: FakeGateway
) -> None:
    fake.will("taken_then_closed", "error")
    post.writes("ready")
    post.sends()
    post.writes("incomplete")
    post.waits(seconds=5).sends()
    post.waits(minutes=1).hears(fake.taken()[0]["id"], "Success")
    post.sweeps()
    assert post.statuses() == {"unknown": 2}
    assert post.waits(minutes=10).sweeps().resent == 2, "rather one too many than one lost"


def test_a_gateway_without_ids_is_believed(post: PostOffice, fake: FakeGateway) -> None:
    post.writes()
    fake.will("no_ids")
    post.sends()
    assert (post.status(), post.row()["gateway_id"]) == ("sent", None)


def test_a_slow_gateway_holds_one_wave_and_not_the_other_lane(
    post: PostOffice, fake: FakeGateway
) -> None:
    post.gateway = over_the_wire(fake, deadline=30)
    for person in range(8):
        post.writes("booked", number(person), name="Siti " + "ABCDEFGH"[person])
    fake.will(*["slow"] * 8)
    assert post.sends() == 8
    assert post.statuses() == {"sent": 8}
