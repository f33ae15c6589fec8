"""All that happened to one person in one list, newest first."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, select

from services import desk
from services.cards.outcomes import Desk
from services.desk import Call, Event, Letter, Sms
from sms.message import Lane
from storage import audit, delivery_reports, outbox, phone_calls, session_ends
from storage.delivery_reports import Report
from storage.phone_calls import Reached
from storage.session_ends import SessionEnd
from storage.tables import incoming_messages, messages
from storage.vault import Vault
from tests.support.applicants import NOW, enters
from tests.support.staff import DEWI, SARI

PHONE = "+6281200000001"


def at(minutes: float) -> datetime:
    """A moment of the story."""
    return NOW + timedelta(minutes=minutes)


def timeline(conn: Connection, vault: Vault, who: str) -> tuple[desk.Entry, ...]:
    """What Sari sees of somebody."""
    page = desk.person(conn, vault, SARI, who, NOW)
    assert page
    return page.timeline


def sends(conn: Connection, vault: Vault, who: str, key: str = "k1", **changes: Any) -> str:
    """Queue an SMS about somebody and let it be as far as `changes` say; return its id."""
    assert outbox.add(
        conn, vault, office="32.10", request_id=who, lane=Lane.URGENT, template="booked",
        language="id", params={}, to=PHONE, dedupe_key=key, now=at(1),
    )  # fmt: skip
    where = messages.c.dedupe_key == key
    if changes:
        conn.execute(messages.update().where(where).values(changes))
    return str(conn.scalar(select(messages.c.id).where(where)))


def reports(conn: Connection, vault: Vault, status: str, word: str, when: datetime) -> None:
    """Its gateway reports of it."""
    phone = vault.index("phone", PHONE)
    delivery_reports.keep(conn, Report("at", "x1", phone, word, status, "Timeout"), when)


def rings(conn: Connection, vault: Vault, session: str, minutes: float, **changes: Any) -> None:
    """Somebody calls."""
    plain: dict[str, Any] = {"phone_index": vault.index("phone", PHONE), "request_id": None}
    reached = Reached(
        gateway="at", session_id=session, language="id", state="register.nik", at=at(minutes),
        **(plain | changes),
    )  # fmt: skip
    phone_calls.note(conn, reached)


def test_calls_sms_and_decisions_stand_in_the_order_of_time(conn: Connection, vault: Vault) -> None:
    siti = enters(conn, vault)
    rings(conn, vault, "s1", 0, request_id=siti)
    sends(conn, vault, siti)
    audit.add(conn, at(2), action="card.came", officer_id=SARI.id, request_id=siti)
    rings(conn, vault, "s2", 3, request_id=siti, phone_index="another")
    told = timeline(conn, vault, siti)
    assert [type(one) for one in told] == [Call, Event, Sms, Call]
    assert [one.other for one in told if isinstance(one, Call)] == [True, False]


def test_a_call_says_how_far_it_came_and_how_it_ended(conn: Connection, vault: Vault) -> None:
    siti = enters(conn, vault)
    rings(conn, vault, "s1", 0)
    session_ends.note(conn, SessionEnd("at", "s1", "Incomplete", 42_500, 3, at(1)))
    assert timeline(conn, vault, siti) == (Call(NOW, "register.nik", "Incomplete", 42, False),)


def test_a_call_about_somebody_else_on_the_same_phone_is_not_told(
    conn: Connection, vault: Vault
) -> None:
    siti = enters(conn, vault)
    budi = enters(conn, vault, "3210111508980001")
    rings(conn, vault, "s1", 0, request_id=budi)
    assert timeline(conn, vault, siti) == ()
    assert len(timeline(conn, vault, budi)) == 1


def test_an_sms_is_told_with_every_status_its_time_and_why(conn: Connection, vault: Vault) -> None:
    siti = enters(conn, vault)
    sends(
        conn, vault, siti, status="undelivered", gateway="at", gateway_id="x1", segments=1,
        sent_at=at(2), final_at=at(4), reason="Timeout",
    )  # fmt: skip
    reports(conn, vault, "sent", "Sent", at(2.5))
    reports(conn, vault, "", "Buffered", at(3))
    reports(conn, vault, "undelivered", "Rejected", at(4))
    [sms] = timeline(conn, vault, siti)
    assert isinstance(sms, Sms)
    assert [(step.at, step.status, step.word, step.reason) for step in sms.steps] == [
        (at(1), "queued", "", ""),
        (at(2), "sent", "", ""),
        (at(3), "", "Buffered", "Timeout"),
        (at(4), "undelivered", "Rejected", "Timeout"),
    ]
    assert (sms.segments, sms.again, sms.may_resend) == (1, False, True)


def test_an_sms_that_nobody_reported_of_says_what_we_know(conn: Connection, vault: Vault) -> None:
    siti = enters(conn, vault)
    sends(conn, vault, siti, "k1", status="cancelled", final_at=at(1.1))
    sends(conn, vault, siti, "k2", status="unknown", sent_at=at(2), reason="lease")
    told = {one.status: one for one in timeline(conn, vault, siti) if isinstance(one, Sms)}
    assert [step.status for step in told["cancelled"].steps] == ["queued", "cancelled"]
    assert [step.status for step in told["unknown"].steps] == ["queued", "sent", "unknown"]
    assert told["unknown"].steps[-1].reason == "lease"
    assert (told["cancelled"].may_resend, told["unknown"].may_resend) == (False, True)


def test_an_sms_that_did_not_arrive_is_sent_again_once(conn: Connection, vault: Vault) -> None:
    siti, budi = enters(conn, vault), enters(conn, vault, "3210111508980001")
    lost = sends(conn, vault, siti, status="failed", final_at=at(2))
    mine, theirs = (Desk(conn, vault, officer, at(5)) for officer in (SARI, DEWI))
    assert not desk.resend(theirs, siti, lost)
    assert not desk.resend(mine, budi, lost)
    assert desk.resend(mine, siti, lost)
    assert not desk.resend(mine, siti, lost)
    told = timeline(conn, vault, siti)
    again, asked, first = told
    assert isinstance(again, Sms)
    assert isinstance(asked, Event)
    assert isinstance(first, Sms)
    assert (again.again, first.may_resend, asked.action) == (True, False, "sms.resent")


def test_an_sms_that_says_what_is_no_longer_so_is_not_sent_again(
    conn: Connection, vault: Vault
) -> None:
    siti = enters(conn, vault)
    old = sends(conn, vault, siti, status="failed", final_at=at(2), expires_at=NOW)
    [sms] = timeline(conn, vault, siti)
    assert isinstance(sms, Sms)
    assert not sms.may_resend
    assert not desk.resend(Desk(conn, vault, SARI, at(5)), siti, old)


def test_an_sms_of_theirs_is_told_without_its_words(conn: Connection, vault: Vault) -> None:
    siti = enters(conn, vault)
    row = {
        "id": "00000000-0000-4000-8000-000000000001", "gateway": "at", "gateway_id": "m1",
        "sent_to": "123", "phone_sealed": "x", "phone_index": "x", "text_sealed": "x",
        "kind": "free", "office": "32.10", "request_id": siti, "received_at": at(1),
        "created_at": at(1), "updated_at": at(1),
    }  # fmt: skip
    conn.execute(incoming_messages.insert().values(row))
    assert timeline(conn, vault, siti) == (Letter(at(1), "free"),)
