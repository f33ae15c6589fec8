"""What people decide about their own data, and help at the visit."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from domain.card import State
from domain.tickets import Kind
from services import housekeeping
from storage import alert_profiles, sms_questions, tickets
from storage.tables import optouts
from tests.services.cards.town import SEMARANG, Town
from tests.services.tickets.complaining import answers, complains, rows


@pytest.mark.parametrize(("wish", "kind"), [("copy", Kind.DATA_COPY), ("delete", Kind.DATA_DELETE)])
def test_a_wish_about_ones_data_is_a_ticket_once(town: Town, wish: str, kind: Kind) -> None:
    siti = town.dials(1)
    assert siti.hears("data.ask", wish=wish) == "filed"
    (row,) = rows(town)
    assert (row.kind, row.text_sealed) == (kind, None)
    again = town.dials(1)
    assert again.hears("data.ask", wish=wish) == "filed"
    assert again.known["code"] == siti.known["code"]
    assert town.sms(1) == [
        (
            "ticket_filed",
            {"place": "Disnaker Majalengka", "code": row.code, "about": kind.value},
        )
    ]
    answers(town, town.hires(), row)
    assert town.dials(1).call("data.ask", wish=wish).facts["code"] != row.code


def test_of_several_offices_the_one_that_has_the_data_is_chosen(town: Town) -> None:
    town.served = frozenset({"32.10", SEMARANG})
    siti = town.dials(1)
    assert siti.hears("data.ask", wish="copy") == "which"
    assert siti.hears("data.ask", wish="copy", ticket_office=SEMARANG) == "filed"
    assert rows(town)[0].office == SEMARANG


def test_alerts_end_at_once_for_the_whole_number(town: Town) -> None:
    booked = town.dials(1).registers().facts["request"]
    with town.database.begin() as conn:
        alert_profiles.keep(conn, booked, "32.10", town.now)
    assert town.dials(1).hears("data.stop_alerts") == "stopped"
    with town.database.begin() as conn:
        wishes = alert_profiles.get(conn, booked)
        assert len(conn.execute(select(optouts)).all()) == 1
    assert wishes
    assert wishes.withdrawn_at == town.now


def test_help_is_kept_shown_and_given_back(town: Town) -> None:
    booked = town.dials(1).registers().facts["request"]
    siti = town.dials(1)
    siti.known["request"] = booked
    before = town.request(booked)
    assert siti.hears("visit.help", help="yes") == "helped"
    assert siti.known["place"] == "Disnaker Majalengka"
    after = town.request(booked)
    assert (after.needs_help, after.version) == (True, before.version)
    assert siti.hears("visit.help", help="yes") == "helped"
    assert siti.hears("visit.help", help="no") == "alone"
    assert not town.request(booked).needs_help
    asked = [one for one in town.audited(booked) if one.startswith("help.")]
    assert asked == ["help.wanted", "help.declined"]


@pytest.mark.parametrize("state", [State.CAME, State.ISSUED, State.WITHDRAWN])
def test_a_visit_that_is_over_needs_no_help(town: Town, state: State) -> None:
    booked = town.dials(1).registers().facts["request"]
    town.puts(booked, state)
    assert town.dials(1).hears("visit.help", request=booked, help="yes") == "over"
    assert not town.request(booked).needs_help


def test_a_day_that_has_passed_needs_no_help(town: Town) -> None:
    booked = town.dials(1).registers().facts["request"]
    town.after(days=2)
    assert town.dials(1).hears("visit.help", request=booked, help="yes") == "over"


def test_a_number_given_to_somebody_else_hears_nothing_of_old_tickets(town: Town) -> None:
    code = complains(town.dials(1))
    with town.database.begin() as conn:
        tickets.forget_phone(conn, town.vault.index("phone", "+6281200000001"))
    assert town.dials(1).hears("tickets.tell", code=code) == "none"
    before = town.told(1)
    answers(town, town.hires(), rows(town)[0])
    assert town.told(1) == before


def test_closed_tickets_go_after_a_year_and_who_waits_stays(town: Town) -> None:
    complains(town.dials(1))
    complains(town.dials(2))
    answers(town, town.hires(), rows(town)[0])
    town.after(days=399)
    housekeeping.sweep(town.database, town.now)
    assert len(rows(town)) == 2
    town.after(days=2)
    housekeeping.sweep(town.database, town.now)
    assert len(rows(town)) == 1


def test_what_a_digit_meant_is_forgotten_after_a_week(town: Town) -> None:
    phone = town.vault.index("phone", "+6281200000001")
    with town.database.begin() as conn:
        sms_questions.ask(conn, phone, "ticket", ("a", "b"), town.now)
        assert sms_questions.standing(conn, phone, town.now)
    town.after(days=7)
    with town.database.begin() as conn:
        assert sms_questions.standing(conn, phone, town.now) is None
    town.after(minutes=1)
    housekeeping.sweep(town.database, town.now)
    with town.database.begin() as conn:
        assert sms_questions.drop_before(conn, town.now) == 0
