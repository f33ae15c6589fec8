"""A message leaves once, with its words, and the outbox knows what became of it."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import text

from services.delivery import hand as delivery_hand
from services.delivery.inbox import inbox
from sms.gateway import Account, OptOut
from sms.gateways.simulator import Simulator
from sms.message import Lane
from storage import outbox
from tests.support.fake_gateway import FakeGateway
from tests.support.post_office import FACTS, PostOffice, at_a_closed_port, number


def test_a_booked_message_goes_out_in_words(post: PostOffice, fake: FakeGateway) -> None:
    assert post.writes("booked")
    assert post.sends() == 1
    assert [(sms["to"], sms["text"]) for sms in fake.taken()] == [
        (
            number(1),
            (
                "Disnaker Majalengka: Siti, datang Sel 24 Nov jam 9. "
                "Bawa KTP, ijazah, 2 foto. Kode 482 157 901. Kartu gratis."
            ),
        )
    ]
    row = post.row()
    assert (row["status"], row["attempts"], row["cost"]) == ("sent", 0, "KES 0.8000")
    assert row["segments"] == 1, "counted by us where the gateway does not"
    assert row["gateway_id"] == fake.taken()[0]["id"]
    assert row["sent_at"] == post.now
    assert post.sends() == 0


def test_the_same_fact_is_told_once(post: PostOffice, fake: FakeGateway) -> None:
    assert post.writes(key="request-1:1:booked")
    assert not post.writes(key="request-1:1:booked")
    post.sends()
    assert len(fake.taken()) == 1


def test_nothing_personal_stands_in_a_row(post: PostOffice) -> None:
    post.writes()
    post.sends()
    stored = repr(post.rows())
    assert number(1) not in stored
    assert not [fact for name, fact in FACTS.items() if name != "place" and fact in stored]


def test_equal_texts_share_a_request_and_different_ones_do_not(
    post: PostOffice, fake: FakeGateway
) -> None:
    for person in range(130):
        post.writes("nik_used", number(person))
    post.writes("booked", number(500))
    assert post.sends() == 131
    sizes = sorted(len(request["form"]["to"].split(",")) for request in fake.requests)
    assert sizes == [1, 30, 100]
    assert len({sms["to"] for sms in fake.taken()}) == 131


def test_two_equal_texts_to_one_phone_are_two_requests(post: PostOffice, fake: FakeGateway) -> None:
    post.writes("nik_used")
    post.writes("nik_used")
    assert post.sends() == 2
    assert [request["form"]["to"] for request in fake.requests] == [number(1)] * 2
    assert len({row["gateway_id"] for row in post.rows()}) == 2


def test_each_office_sends_under_its_own_name(post: PostOffice, fake: FakeGateway) -> None:
    with post.database.begin() as conn:
        conn.execute(text("update offices set sms_sender = 'DISNAKER-SMG' where code = '33.74'"))
    post.writes("nik_used", number(1))
    post.writes("nik_used", number(2), office="33.74")
    post.sends()
    assert {sms["to"]: sms["sender"] for sms in fake.taken()} == {
        number(1): None,
        number(2): "DISNAKER-SMG",
    }


def test_no_transaction_is_open_while_the_gateway_thinks(
    post: PostOffice, fake: FakeGateway
) -> None:
    seen = []

    def look() -> None:
        with post.database.begin() as conn:
            open_ones = "select count(*) from pg_stat_activity where state like 'idle in tr%'"
            committed = "select status, sent_at is not null from messages"
            seen.append((conn.scalar(text(open_ones)), *conn.execute(text(committed)).one()))

    fake.watch = look
    post.writes()
    post.sends()
    assert seen == [(0, "sending", True)]


def test_a_row_that_cannot_be_worded_holds_up_nobody(post: PostOffice, fake: FakeGateway) -> None:
    post.under(most_tries=3)
    post.writes("no_such_template")
    post.writes("booked", number(2))
    assert post.sends() == 1
    assert [sms["to"] for sms in fake.taken()] == [number(2)]
    for _ in range(3):
        post.waits(hours=1).sends()
    spoiled = post.rows()[0]
    assert (spoiled["status"], spoiled["reason"], spoiled["attempts"]) == ("failed", "spoiled", 3)


def test_a_number_we_do_not_serve_is_sent_nothing_whoever_queued_it(
    post: PostOffice, fake: FakeGateway
) -> None:
    post.writes("booked", "+254711000001")
    post.writes("booked", "+62215550000")
    assert post.sends() == 2
    assert fake.requests == []
    assert {(row["status"], row["reason"]) for row in post.rows()} == {("failed", "not_served")}


def test_a_round_that_takes_too_long_gives_the_rest_back(
    post: PostOffice, fake: FakeGateway
) -> None:
    post.under(in_flight=2, round_time=timedelta(0))
    for person in range(5):
        post.writes("booked", number(person), name="Siti " + "ABCDE"[person])
    assert post.sends() == 2
    assert post.statuses() == {"sent": 2, "queued": 3}
    assert post.sends() == 2
    assert post.sends() == 1
    assert len(fake.taken()) == 5


def test_a_sender_that_is_told_to_stop_ends_its_wave_and_gives_the_rest_back(
    post: PostOffice, fake: FakeGateway
) -> None:
    post.under(in_flight=2)
    for person in range(5):
        post.writes("booked", number(person), name="Siti " + "ABCDE"[person])
    assert post.delivery.deliver_due(Lane.URGENT, post.now, lambda: bool(fake.taken())) == 2
    assert post.statuses() == {"sent": 2, "queued": 3}


def test_what_is_cancelled_before_it_leaves_stays(post: PostOffice, fake: FakeGateway) -> None:
    post.writes("nik_used", number(1), lane=Lane.BULK)
    post.writes("nik_used", number(2), lane=Lane.BULK)
    with post.database.begin() as conn:
        index = post.vault.index("phone", number(1))
        assert outbox.cancel_bulk(conn, phone_index=index, now=post.now) == 1
    assert post.sends(Lane.BULK) == 1
    assert [sms["to"] for sms in fake.taken()] == [number(2)]
    assert post.statuses() == {"cancelled": 1, "sent": 1}


def test_what_is_cancelled_between_claim_and_request_stays(
    post: PostOffice, fake: FakeGateway
) -> None:
    def stop(place: str) -> None:
        if place == "delivery.claimed":
            assert post.delivery.news.opt_out("africastalking", OptOut(number(1), ""), post.now)

    post.writes("nik_used", lane=Lane.BULK)
    assert post.delivery_with(stop).deliver_due(Lane.BULK, post.now) == 0
    assert fake.taken() == []
    assert post.status() == "cancelled"


def test_a_message_too_late_to_be_of_use_is_dropped(post: PostOffice, fake: FakeGateway) -> None:
    post.writes(expires_in=timedelta(hours=1))
    post.waits(hours=2)
    assert post.sends() == 0
    assert post.sweeps().expired == 1
    assert post.status() == "expired"
    assert fake.taken() == []


def test_a_pause_holds_everything_back_until_it_is_lifted(
    post: PostOffice, fake: FakeGateway
) -> None:
    post.writes()
    delivery_hand.pause(post.database, "restored", post.now)
    delivery_hand.pause(post.database, "a second reason", post.now)
    assert post.sends() == 0
    assert delivery_hand.look(post.database).paused == "restored"
    assert delivery_hand.resume(post.database)
    assert not delivery_hand.resume(post.database)
    assert post.sends() == 1
    assert len(fake.taken()) == 1


def test_the_demo_phone_reads_what_it_was_sent(post: PostOffice) -> None:
    post.gateway = Simulator(Account(service_code="*123#"))
    post.writes("booked")
    post.writes("ready", number(2))
    post.sends()
    (sms,) = inbox(post.delivery, "0812-0000-0001")
    assert (sms.sender, sms.at) == ("DISNAKER", post.now)
    assert "Sel 24 Nov jam 9" in sms.text
    assert post.statuses() == {"delivered": 2}
    assert inbox(post.delivery, "nobody") == []


def test_an_unreachable_line_stops_the_round_and_keeps_the_rest(post: PostOffice) -> None:
    post.under(in_flight=2)
    post.gateway = at_a_closed_port()
    for person in range(6):
        post.writes("booked", number(person), name="Siti " + "ABCDEF"[person])
    assert post.sends() == 0
    tried = [row["attempts"] for row in post.rows()]
    assert sum(int(str(tries)) for tries in tried) < 6
    assert post.statuses() == {"queued": 6}
