"""What an administrator does with messages by hand."""

from __future__ import annotations

import pytest

from services.delivery import hand as delivery_hand
from services.delivery.sweep import REPORTS_KEPT, forget_reports
from sms.gateway import Accepted, Unreachable
from sms.message import Lane
from storage.vault import Unsealable, Vault
from tests.support.fake_gateway import FakeGateway
from tests.support.post_office import PostOffice, at_a_closed_port, number

INDONESIA = frozenset({"ID"})


def _resend(post: PostOffice, message: object) -> bool:
    return delivery_hand.resend(post.database, post.vault, str(message), post.now)


def test_a_message_that_failed_is_sent_again_and_says_of_which_it_is(
    post: PostOffice, fake: FakeGateway
) -> None:
    post.writes("ready")
    fake.will("blacklisted")
    post.sends()
    failed = post.row()["id"]
    assert _resend(post, failed)
    assert not _resend(post, failed), "once"
    assert post.sends() == 1
    first, second = post.rows()
    assert (first["status"], second["status"], second["resent_of"]) == ("failed", "sent", failed)
    assert second["phone_sealed"] != first["phone_sealed"]


def test_a_lost_alert_is_sent_again_by_hand_only_and_in_its_own_lane(
    post: PostOffice, fake: FakeGateway
) -> None:
    post.writes("nik_used", lane=Lane.BULK)
    fake.will("taken_then_closed")
    post.sends(Lane.BULK)
    assert _resend(post, post.row()["id"])
    assert post.rows()[1]["lane"] == "bulk"


def test_what_arrived_or_may_still_leave_is_not_sent_again(
    post: PostOffice, fake: FakeGateway
) -> None:
    post.writes()
    message = post.row()["id"]
    assert not _resend(post, message), "it waits"
    post.sends()
    assert not _resend(post, message), "it is on its way"
    post.hears(fake.taken()[0]["id"], "Success")
    assert not _resend(post, message), "it arrived"
    assert not _resend(post, "00000000-0000-0000-0000-000000000000")


def test_a_message_whose_key_is_lost_is_told_and_does_not_stop_the_sweep(
    post: PostOffice, fake: FakeGateway
) -> None:
    fake.will("taken_then_closed", "taken_then_closed")
    post.writes("ready")
    post.sends()
    ours, post.vault = post.vault, Vault({"t9": b"9" * 32}, "t9", b"8" * 32)
    post.writes("ready", number(2))
    post.sends()
    assert post.waits(minutes=11).sweeps().resent == 1
    with pytest.raises(Unsealable):
        _resend(post, post.rows()[0]["id"])
    post.vault = ours
    assert _resend(post, post.rows()[0]["id"])


def test_a_test_message_goes_straight_to_the_line(post: PostOffice, fake: FakeGateway) -> None:
    result = delivery_hand.send_test(post.gateway, "0812-0000-0001", INDONESIA)
    assert isinstance(result, Accepted)
    assert [sms["to"] for sms in fake.taken()] == [number(1)]
    assert post.rows() == []
    assert delivery_hand.send_test(at_a_closed_port(), number(1), INDONESIA) == Unreachable(
        "connect"
    )


@pytest.mark.parametrize("phone", ["", "Siti", "0215550000", "+254711000001"])
def test_no_test_message_goes_where_none_of_ours_may_go(
    post: PostOffice, fake: FakeGateway, phone: str
) -> None:
    assert delivery_hand.send_test(post.gateway, phone, INDONESIA) is None
    assert fake.requests == []


def test_reports_are_forgotten_after_a_month(post: PostOffice) -> None:
    post.hears("ATXid_1", "Success")
    assert forget_reports(post.database, post.now + REPORTS_KEPT) == 0
    assert forget_reports(post.database, post.waits(days=31).now) == 1
    assert post.reports() == []
