"""A complaint comes in: its row, its code, its SMS; and never more than a person means."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from sqlalchemy import select

from domain import request_code
from domain.tickets import Kind, State
from menus.definition import StateId
from storage import places
from storage.tables import audit
from tests.services.cards.town import MAJALENGKA, SEMARANG, Line, Town
from tests.services.tickets.complaining import WORDS, complains, rows


def test_a_complaint_is_sealed_under_a_code_that_its_sms_tells(town: Town) -> None:
    siti = town.dials(1, "su")
    code = complains(siti)
    (row,) = rows(town)
    assert (row.code, row.office, row.kind, row.state) == (
        code,
        MAJALENGKA,
        Kind.COMPLAINT,
        State.NEW,
    )
    assert request_code.check(code, request_code.OF_A_TICKET) == code
    assert row.due_at == town.now + timedelta(hours=72)
    assert row.text_sealed
    assert WORDS not in row.text_sealed
    assert town.vault.open(row.text_sealed, where=places.ticket_text(row.id)) == WORDS
    assert town.vault.open(row.phone_sealed, where=places.ticket_phone(row.id)).endswith("0001")
    ((template, facts),) = town.sms(1)
    assert template == "ticket_filed"
    assert facts == {"place": "Disnaker Majalengka", "code": code, "about": "complaint"}
    assert siti.nudges == 1


def test_the_audit_holds_no_words_and_no_person(town: Town) -> None:
    complains(town.dials(1))
    with town.database.begin() as conn:
        (entry,) = conn.execute(select(audit)).all()
    assert (entry.action, entry.office) == ("ticket.filed", MAJALENGKA)
    assert entry.details == {"ticket": rows(town)[0].id, "kind": "complaint"}


def test_the_ticket_names_the_one_card_of_its_number(town: Town) -> None:
    booked = town.dials(1).registers().facts["request"]
    complains(town.dials(1))
    complains(town.dials(2))
    assert [row.request_id for row in rows(town)] == [booked, None]


def test_three_a_day_and_the_next_day_again(town: Town) -> None:
    for _ in range(3):
        complains(town.dials(1))
    assert town.dials(1).hears("tickets.file", complaint=WORDS) == "too_many"
    assert len(town.told(1)) == 3
    town.after(hours=14)
    complains(town.dials(1))


def test_three_a_day_hold_for_ten_sessions_at_once(town: Town) -> None:
    lines, start = [town.dials(1) for _ in range(10)], Barrier(10)

    def files(line: Line) -> str:
        start.wait()
        return line.hears("tickets.file", complaint=WORDS)

    with ThreadPoolExecutor(10) as at_once:
        outcomes = list(at_once.map(files, lines))
    assert (outcomes.count("filed"), outcomes.count("too_many")) == (3, 7)
    assert len({row.code for row in rows(town)}) == 3


@pytest.mark.parametrize("phone", ["+60123456789", "hidden", ""])
def test_who_cannot_be_answered_is_told_so(town: Town, phone: str) -> None:
    stranger = Line(town, phone)
    assert stranger.hears("tickets.begin") == "foreign"
    assert stranger.hears("data.ask", wish="copy") == "foreign"
    assert stranger.hears("tickets.file", complaint=WORDS) == "too_many"
    assert rows(town) == []


def test_of_several_offices_the_caller_chooses_unless_one_knows_him(town: Town) -> None:
    town.served = frozenset({MAJALENGKA, SEMARANG})
    siti = town.dials(1)
    answered = siti.call("tickets.begin")
    assert answered.outcome == "which"
    offered = [line["value"] for line in (answered.items or {})["tickets.offices"]]
    assert offered == [MAJALENGKA, SEMARANG]
    siti.known["ticket_office"] = SEMARANG
    complains(siti)
    assert rows(town)[0].office == SEMARANG
    town.dials(2).registers()
    assert town.dials(2).hears("tickets.begin") == "fresh"


def test_whoever_cannot_type_is_rung_and_has_a_ticket_all_the_same(town: Town) -> None:
    siti = town.dials(1)
    siti.screen = StateId("complaint.how")
    assert siti.hears("callback.offer") == "free"
    assert siti.known["stuck_at"] == "complaint.how"
    assert siti.hears("callback.ask") == "promised"
    (row,) = rows(town)
    assert (row.kind, row.text_sealed) == (Kind.COMPLAINT, None)
    assert row.callback_id
    assert town.told(1) == ["ticket_filed"]
    assert siti.hears("callback.ask") == "promised"
    assert len(rows(town)) == 1


def test_whoever_is_rung_about_a_late_ticket_has_no_second_one(town: Town) -> None:
    code = complains(town.dials(1))
    town.after(hours=72)
    siti = town.dials(1)
    assert siti.hears("tickets.tell", code=code) == "late"
    siti.screen = StateId("complaint.late")
    assert siti.hears("callback.offer") == "free"
    assert siti.hears("callback.ask") == "promised"
    (row,) = rows(town)
    assert row.code == code
    assert row.callback_id


def test_who_asks_for_a_call_elsewhere_has_no_ticket(town: Town) -> None:
    siti = town.dials(1)
    siti.screen = StateId("main.more")
    assert siti.hears("callback.offer") == "free"
    assert siti.hears("callback.ask") == "promised"
    assert rows(town) == []
