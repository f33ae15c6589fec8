"""A vacancy at the desk: a draft first, told to people only when its employer was checked."""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import date

import pytest
from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError

from domain.vacancies import State
from domain.vacancy_details import Details, Flaw
from services.vacancies import ending, publishing
from services.vacancies.publishing import Done, Handled, Refused, Why
from storage.tables import audit, vacancies
from tests.services.cards.town import SEMARANG, Town
from tests.services.vacancies.board import Board
from tests.support.jobs import SEWING

ENTERED = {name: str(value) for name, value in asdict(SEWING).items() if value is not None} | {
    "employer_checked": "ya"
}


def judged(board: Board, own: str = "", **changes: str) -> Details | tuple[Flaw, ...]:
    with board.clerk() as clerk:
        return publishing.judge(clerk, ENTERED | changes, own)


def test_a_vacancy_is_a_draft_until_it_is_published(board: Board) -> None:
    vacancy_id = board.drafts()
    assert board.vacancy(vacancy_id).state is State.DRAFT
    done = board.does(publishing.publish, vacancy_id)
    assert isinstance(done, Done)
    assert (done.vacancy.state, done.vacancy.published_at) == (State.PUBLISHED, board.town.now)
    assert done.vacancy.details == SEWING


def test_an_employer_that_nobody_checked_is_never_published(board: Board) -> None:
    vacancy_id = board.drafts(employer_checked=False)
    assert board.does(publishing.publish, vacancy_id) == Refused(Why.UNCHECKED)
    assert board.vacancy(vacancy_id).state is State.DRAFT


def test_not_even_a_mistake_of_ours_can_publish_it(board: Board) -> None:
    row = asdict(replace(SEWING, employer_checked=False))
    now = board.town.now
    whole = {**row, "id": "0" * 32, "office": "32.10", "created_at": now, "updated_at": now}
    published = insert(vacancies).values(**whole, state="published", published_at=now)
    with board.town.database.begin() as conn, pytest.raises(IntegrityError):
        conn.execute(published)


def test_what_is_over_is_not_published(board: Board) -> None:
    vacancy_id = board.drafts(closes_on=date(2026, 11, 21))
    assert board.does(publishing.publish, vacancy_id) == Refused(Why.OVER)


def test_a_second_press_is_no_conflict_and_a_stale_page_is(board: Board) -> None:
    vacancy_id = board.hangs()
    assert isinstance(board.does(publishing.publish, vacancy_id, version=1), Done)
    stale = board.does(publishing.close, vacancy_id, version=1)
    assert isinstance(stale, Handled)
    assert stale.vacancy.state is State.PUBLISHED


def test_what_was_closed_may_be_published_again(board: Board) -> None:
    vacancy_id = board.hangs()
    assert isinstance(board.does(publishing.close, vacancy_id), Done)
    assert board.vacancy(vacancy_id).closed_at == board.town.now
    assert isinstance(board.does(publishing.publish, vacancy_id), Done)
    assert board.vacancy(vacancy_id).closed_at is None


def test_a_published_vacancy_may_be_changed_but_stays_checked(board: Board) -> None:
    vacancy_id = board.hangs()
    with board.clerk() as clerk:
        seats = replace(SEWING, seats=3)
        assert isinstance(publishing.change(clerk, vacancy_id, 2, seats), Done)
        unchecked = replace(SEWING, employer_checked=False)
        refused = publishing.change(clerk, vacancy_id, 3, unchecked)
        assert refused == Refused(Why.UNCHECKED)
        assert isinstance(publishing.change(clerk, vacancy_id, 2, seats), Handled)
    assert board.vacancy(vacancy_id).seats == 3


def test_another_office_does_not_have_it(board: Board) -> None:
    vacancy_id = board.drafts()
    for step in (publishing.publish, publishing.close):
        assert board.does(step, vacancy_id, SEMARANG) is None
    with board.clerk(SEMARANG) as clerk:
        assert publishing.find(clerk, vacancy_id) is None
        assert publishing.change(clerk, vacancy_id, 1, SEWING) is None


def test_a_number_belongs_to_one_vacancy_of_an_office(board: Board) -> None:
    own = board.drafts(reference="L-1")
    assert judged(board, reference="L-1") == (Flaw("reference", "taken"),)
    assert isinstance(judged(board, own, reference="L-1"), Details)
    with board.clerk(SEMARANG) as clerk:
        assert isinstance(publishing.judge(clerk, ENTERED | {"reference": "L-1"}), Details)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("title", "Kerja transfer dulu"),
        ("employer", "loker-cepat.com"),
        ("apply_place", "www.contoh.co.id"),
        ("description", "Daftar di https://contoh.id"),
        ("description", "Kirim KTP 3210115508980001"),
    ],
)
def test_a_text_that_no_sms_of_ours_may_hold_is_refused(board: Board, name: str, text: str) -> None:
    assert judged(board, **{name: text}) == (Flaw(name, "held"),)


def test_a_description_may_speak_of_money(board: Board) -> None:
    assert isinstance(judged(board, description="Ada uang makan dan pulsa."), Details)


def test_every_step_is_written_down(board: Board) -> None:
    vacancy_id = board.hangs()
    board.does(publishing.close, vacancy_id)
    with board.town.database.begin() as conn:
        entries = conn.execute(select(audit).order_by(audit.c.id)).all()
    deeds = ["vacancy.entered", "vacancy.published", "vacancy.closed"]
    assert [entry.action for entry in entries] == deeds
    assert {entry.details["vacancy"] for entry in entries} == {vacancy_id}


def test_on_the_day_after_its_last_a_vacancy_is_closed_by_its_office_clock(
    town: Town, board: Board
) -> None:
    first = board.hangs(closes_on=date(2026, 11, 22))
    last = board.hangs(closes_on=date(2026, 11, 23))
    assert ending.run(town.database, town.vault, town.now) == 0
    town.after(hours=14)  # Monday has begun in Majalengka
    assert ending.run(town.database, town.vault, town.now) == 1
    assert board.vacancy(first).state is State.CLOSED
    assert board.vacancy(last).state is State.PUBLISHED
    assert ending.run(town.database, town.vault, town.now) == 0
