"""*Saya mau* and *Kirim SMS*: kept once, told once, and never to a number that may not be told."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from sqlalchemy import select, text

from services import housekeeping
from services.cards.outcomes import Desk
from services.vacancies import publishing, wanting, wished
from services.vacancies.wanting import MOST_A_DAY, Wanted, Wisher
from services.vacancies.wished import Deed
from storage import places
from storage.tables import audit, messages
from tests.services.cards.town import BUDI, SEMARANG, SITI, Line, Moment, Town, nik, number
from tests.services.vacancies.board import Board


def test_who_wants_a_vacancy_is_kept_sealed_and_told_where_to_go(town: Town, board: Board) -> None:
    vacancy_id = board.hangs()
    siti = town.dials(1, "su")
    answered = siti.call("vacancies.want", vacancy=vacancy_id)
    assert answered.outcome == "kept"
    assert answered.facts["apply_place"] == "Disnaker Majalengka"
    (wish,) = board.wishes()
    assert (wish["vacancy_id"], wish["state"], wish["language"]) == (vacancy_id, "new", "su")
    assert (wish["request_id"], wish["phone_last4"]) == (None, "0001")
    where = places.interest_phone(wish["id"])
    assert town.vault.open(wish["phone_sealed"], where=where) == number(1)
    assert siti.nudges == 1
    assert town.sms(1) == [
        (
            "referral",
            {
                "place": "Disnaker Majalengka",
                "job": "Operator jahit",
                "apply_place": "Disnaker Majalengka",
                "apply_open": "1-5 08:00-15:00",
                "last_day": "2026-12-31",
                "bring": "ktp,ak1",
            },
        )
    ]


def test_the_wish_names_the_card_of_its_phone_but_not_one_of_two(town: Town, board: Board) -> None:
    vacancy_id = board.hangs()
    booked = town.dials(1).registers().facts["request"]
    town.dials(2).registers(BUDI, "Budi")
    town.dials(2).registers(nik(7), "Tini")
    for last in (1, 2):
        town.after(seconds=1)
        town.dials(last).call("vacancies.want", vacancy=vacancy_id)
    assert [wish["request_id"] for wish in board.wishes()] == [booked, None]
    assert "vacancy.wanted" in town.audited(booked)


def test_who_wants_it_twice_is_kept_and_told_once(town: Town, board: Board) -> None:
    vacancy_id = board.hangs()
    for _ in range(3):
        assert town.dials(1).hears("vacancies.want", vacancy=vacancy_id) == "kept"
    assert len(board.wishes()) == 1
    assert town.told(1) == ["referral"]


def test_who_wants_it_again_another_day_or_after_a_change_is_told_anew(
    town: Town, board: Board
) -> None:
    vacancy_id = board.hangs()
    town.dials(1).call("vacancies.want", vacancy=vacancy_id)
    town.after(days=1)
    town.dials(1).call("vacancies.want", vacancy=vacancy_id)
    with board.clerk() as clerk:
        found = board.vacancy(vacancy_id)
        moved = replace(found.details, apply_place="BLK Kadipaten")
        publishing.change(clerk, vacancy_id, found.version, moved)
    town.dials(1).call("vacancies.want", vacancy=vacancy_id)
    assert len(board.wishes()) == 1
    places_told = [facts["apply_place"] for _, facts in town.sms(1)]
    assert sorted(places_told) == ["BLK Kadipaten", "Disnaker Majalengka", "Disnaker Majalengka"]


def test_many_callbacks_at_once_keep_one_wish(town: Town, board: Board) -> None:
    vacancy_id = board.hangs()
    with ThreadPoolExecutor(8) as pool:
        calls = [
            pool.submit(town.dials(1).hears, "vacancies.want", vacancy=vacancy_id) for _ in range(8)
        ]
        assert {call.result() for call in calls} == {"kept"}
    assert len(board.wishes()) == 1
    assert town.told(1) == ["referral"]


def test_who_wants_it_waits_for_nobody_else_who_does(town: Town, board: Board) -> None:
    vacancy_id = board.hangs()
    with town.database.begin() as conn:
        first, work = Wisher(number(1), "1", "id", "simulator"), Moment(conn, town.vault, town.now)
        assert wanting.want(work, vacancy_id, first) is Wanted.KEPT
        second = replace(first, phone_index="2", msisdn=number(2))
        with town.database.begin() as other:
            other.execute(text("set local lock_timeout = '200ms'"))
            assert wanting.want(replace(work, conn=other), vacancy_id, second) is Wanted.KEPT


def test_the_text_is_sent_once_a_day(town: Town, board: Board) -> None:
    vacancy_id = board.hangs()
    for _ in range(2):
        assert town.dials(1).hears("vacancies.send", vacancy=vacancy_id) == "sent"
    assert town.told(1) == ["vacancy_sent"]
    assert board.wishes() == []
    town.after(days=1)
    assert town.dials(1).hears("vacancies.send", vacancy=vacancy_id) == "sent"
    ((_, facts), _) = town.sms(1)
    assert facts["employer"] == "PT Contoh Garmen"


def test_an_sms_on_a_vacancy_is_of_no_use_after_its_last_day(town: Town, board: Board) -> None:
    town.dials(1).call("vacancies.want", vacancy=board.hangs())
    with town.database.begin() as conn:
        (row,) = conn.execute(select(messages)).all()
    assert (row.lane, row.office, row.request_id) == ("urgent", "32.10", None)
    assert row.expires_at.isoformat() == "2026-12-31T17:00:00+00:00"


def test_ten_sms_a_day_are_enough_for_one_number(town: Town, board: Board) -> None:
    for _ in range(MOST_A_DAY):
        assert town.dials(1).hears("vacancies.want", vacancy=board.hangs()) == "kept"
    another = board.hangs()
    assert town.dials(1).hears("vacancies.want", vacancy=another) == "many"
    assert town.dials(1).hears("vacancies.send", vacancy=another) == "many"
    assert town.dials(2).hears("vacancies.want", vacancy=another) == "kept"
    town.after(days=1, seconds=1)
    assert town.dials(1).hears("vacancies.want", vacancy=another) == "kept"


@pytest.mark.parametrize("phone", ["+60123456789", "hidden"])
def test_a_number_from_abroad_or_none_is_told_and_not_kept(
    town: Town, board: Board, phone: str
) -> None:
    vacancy_id = board.hangs()
    stranger = Line(town, phone)
    assert stranger.hears("vacancies.look") == "found"
    for call in ("vacancies.want", "vacancies.send"):
        answered = stranger.call(call, vacancy=vacancy_id)
        assert (answered.outcome, answered.facts["bring"]) == ("foreign", "ktp,ak1")
    assert board.wishes() == []
    assert stranger.nudges == 0


def test_a_wish_by_sms_is_the_same_wish(town: Town, board: Board) -> None:
    vacancy_id = board.hangs()
    wisher = Wisher(number(1), town.vault.index("phone", number(1)), "jv", "africastalking")
    with town.database.begin() as conn:
        work = Moment(conn, town.vault, town.now)
        assert wanting.want(work, vacancy_id, wisher) is Wanted.KEPT
    assert town.dials(1).hears("vacancies.want", vacancy=vacancy_id) == "kept"
    assert len(board.wishes()) == 1


def test_of_a_vacancy_past_its_office_day_nothing_is_kept(town: Town, board: Board) -> None:
    vacancy_id = board.hangs()
    town.after(days=40)
    assert town.dials(1).hears("vacancies.want", vacancy=vacancy_id) == "gone"
    assert board.wishes() == []


def test_an_officer_sees_the_number_tells_and_puts_away(town: Town, board: Board) -> None:
    town.dials(1).call("vacancies.want", vacancy=board.hangs())
    (row,) = board.wishes()
    rina = town.hires()
    with town.database.begin() as conn:
        desk = Desk(conn, town.vault, rina, town.now)
        shown = wished.do(desk, row["id"], 1, Deed.SHOW)
        assert isinstance(shown, wished.Done)
        assert shown.number == number(1)
        told = wished.do(desk, row["id"], 1, Deed.TOLD)
        assert isinstance(told, wished.Done)
        assert (told.number, told.wish.officer) == (None, "Ibu Rina")
        assert isinstance(wished.do(desk, row["id"], 1, Deed.TOLD), wished.Done)
        assert isinstance(wished.do(desk, row["id"], 1, Deed.CLOSE), wished.Handled)
        assert isinstance(wished.do(desk, row["id"], 2, Deed.CLOSE), wished.Done)
        deeds = list(conn.execute(select(audit.c.action).order_by(audit.c.id)).scalars())
    assert deeds[-3:] == ["interest.show", "interest.told", "interest.close"]


def test_another_office_does_not_have_it(town: Town, board: Board) -> None:
    town.dials(1).call("vacancies.want", vacancy=board.hangs())
    (row,) = board.wishes()
    with town.database.begin() as conn:
        desk = Desk(conn, town.vault, town.hires(office=SEMARANG), town.now)
        assert wished.do(desk, row["id"], 1, Deed.SHOW) is None


def test_numbers_of_those_who_were_told_go_after_a_season(town: Town, board: Board) -> None:
    vacancy_id = board.hangs()
    for last in (1, 2):
        town.dials(last).call("vacancies.want", vacancy=vacancy_id)
    with town.database.begin() as conn:
        desk = Desk(conn, town.vault, town.hires(), town.now)
        wished.do(desk, board.wishes()[0]["id"], 1, Deed.TOLD)
    town.after(days=91)
    housekeeping.sweep(town.database, town.now)
    assert [wish["state"] for wish in board.wishes()] == ["new"]


def test_a_closed_vacancy_keeps_who_wanted_it(town: Town, board: Board) -> None:
    vacancy_id = board.hangs()
    town.dials(1).registers(SITI)
    town.dials(1).call("vacancies.want", vacancy=vacancy_id)
    board.does(publishing.close, vacancy_id)
    assert len(board.wishes()) == 1
