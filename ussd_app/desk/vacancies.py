"""*Lowongan*: the office's vacancies, one of them at a time: published and closed with a press."""

from __future__ import annotations

from enum import StrEnum
from typing import Final
from uuid import UUID

from flask import abort, flash, g, make_response, redirect, render_template, request, url_for
from sqlalchemy import Connection
from werkzeug.wrappers import Response

from services.vacancies import publishing, telling
from services.vacancies.publishing import Clerk, Done, Handled, Outcome, Refused
from sms.message import Lane
from storage import vacancies as stored
from storage import vacancy_interests
from storage.vacancies import Vacancy
from ussd_app import current
from ussd_app.desk import guard, saying
from ussd_app.desk.pages import pages
from ussd_app.desk.saying import t

PAGE: Final = 15


class Step(StrEnum):
    """What an officer does with a vacancy."""

    PUBLISH = "publish"
    CLOSE = "close"


_STEPS: Final = {Step.PUBLISH: publishing.publish, Step.CLOSE: publishing.close}


def clerk(conn: Connection) -> Clerk:
    """Give who works on the office's vacancies: the officer who asks."""
    officer = guard.officer()
    return Clerk(conn, current.house().vault, g.now, officer.office, officer.id)


@pages.get("/vacancies")
def vacancies() -> str:
    """Show the office's vacancies, drafts first, page by page."""
    office = guard.officer().office
    with current.house().database.begin() as conn:
        count = stored.count(conn, office)
        last = max(1, -(-count // PAGE))
        page = min(max(request.args.get("page", 1, type=int), 1), last)
        found = stored.of_office(conn, office, page * PAGE)[(page - 1) * PAGE :]
        wanted = vacancy_interests.per_vacancy(conn, [one.id for one in found])
    return render_template(
        "desk/vacancies.html", found=found, wanted=wanted, where=where, count=count, page=page,
        pages=last,
    )  # fmt: skip


@pages.get("/vacancies/<uuid:vacancy_id>")
def vacancy(vacancy_id: UUID) -> str:
    """Open one vacancy."""
    with current.house().database.begin() as conn:
        return _page(conn, vacancy_id)


@pages.post("/vacancies/<uuid:vacancy_id>/<step>")
def vacancy_step(vacancy_id: UUID, step: str) -> Response:
    """Publish or close a vacancy; who hears of it by SMS, a worker finds."""
    does = next((one for one in Step if one == step), None) or abort(404)
    version = request.form.get("version", 0, type=int)
    with current.house().database.begin() as conn:
        outcome = _STEPS[does](clerk(conn), str(vacancy_id), version)
    return answer(vacancy_id, outcome, f"vacancies.done_{does}")


def answer(vacancy_id: UUID, outcome: Outcome, words: str) -> Response:
    """Lead to the vacancy, or say why nothing was done."""
    match outcome:
        case None:
            abort(404)
        case Handled(found):
            told = t("vacancies.handled_else", when=saying.ago(found.updated_at))
            return _conflict(vacancy_id, told)
        case Refused(why):
            return _conflict(vacancy_id, t(f"vacancies.refused_{why}"))
        case Done():
            current.house().nudge(Lane.BULK)
    flash(t(words))
    return redirect(url_for("desk.vacancy", vacancy_id=vacancy_id), 303)


def where(vacancy: Vacancy) -> str:
    """Say where the work is."""
    return saying.term(telling.where(vacancy.place))


def _conflict(vacancy_id: UUID, told: str) -> Response:
    with current.house().database.begin() as conn:
        return make_response(_page(conn, vacancy_id, told), 409)


def _page(conn: Connection, vacancy_id: UUID, conflict: str = "") -> str:
    found = publishing.find(clerk(conn), str(vacancy_id)) or abort(404)
    wanted = vacancy_interests.per_vacancy(conn, [found.id]).get(found.id, 0)
    return render_template(
        "desk/vacancy.html", vacancy=found, wanted=wanted, where=where, conflict=conflict
    )
