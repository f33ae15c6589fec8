"""*Mau lowongan*: who said "Saya mau", the number behind a press, each time written down."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from flask import abort, flash, g, make_response, redirect, render_template, request, url_for
from sqlalchemy import Connection
from werkzeug.wrappers import Response

from domain.vacancies import Interest
from services.cards.outcomes import Desk
from services.vacancies import wished
from services.vacancies.wished import Deed, Done, Handled
from storage import card_requests, vacancy_interests
from storage.vacancy_interests import Wished
from ussd_app import current
from ussd_app.desk import guard, saying
from ussd_app.desk.pages import pages
from ussd_app.desk.saying import t

PAGE: Final = 15


def waiting(conn: Connection, office: str) -> int:
    """Count whom nobody has told yet."""
    return vacancy_interests.count(conn, office, Interest.NEW)


@pages.get("/interests")
def interests() -> str:
    """Show who wants a vacancy, the new ones first, page by page."""
    office = guard.officer().office
    with current.house().database.begin() as conn:
        count = vacancy_interests.count(conn, office)
        last = max(1, -(-count // PAGE))
        page = min(max(request.args.get("page", 1, type=int), 1), last)
        found = vacancy_interests.of_office(conn, office, page * PAGE)[(page - 1) * PAGE :]
        new = waiting(conn, office)
    return render_template(
        "desk/interests.html", found=found, new=new, count=count, page=page, pages=last
    )


@pages.get("/interests/<uuid:interest_id>")
def interest(interest_id: UUID) -> str:
    """Open one wish, its number hidden."""
    with current.house().database.begin() as conn:
        return _page(conn, interest_id)


@pages.post("/interests/<uuid:interest_id>/<deed>")
def interest_deed(interest_id: UUID, deed: str) -> Response:
    """Do what the officer says; showing the number stays here, all else leads to the list."""
    does = next((one for one in Deed if one == deed), None) or abort(404)
    version = request.form.get("version", 0, type=int)
    with current.house().database.begin() as conn:
        desk = Desk(conn, current.house().vault, guard.officer(), g.now)
        outcome = wished.do(desk, str(interest_id), version, does)
        match outcome:
            case None:
                abort(404)
            case Handled(found):
                return make_response(_page(conn, interest_id, conflict=_told(found)), 409)
            case Done(_, str() as number):
                return make_response(_page(conn, interest_id, number=saying.grouped(number)))
    flash(t(f"interests.done_{does}"))
    return redirect(url_for("desk.interests"), 303)


def _page(conn: Connection, interest_id: UUID, *, conflict: str = "", number: str = "") -> str:
    found = vacancy_interests.get(conn, str(interest_id), guard.officer().office) or abort(404)
    card = card_requests.get(conn, found.request_id) if found.request_id else None
    return render_template(
        "desk/interest.html", wish=found, card=card, conflict=conflict, number=number,
        may_show=wished.may_show(found, guard.officer().id),
    )  # fmt: skip


def _told(found: Wished) -> str:
    state, when = t(f"interests.state_{found.state}"), saying.ago(found.updated_at)
    return t("interests.handled_by", name=found.officer or "", what=state, when=when)
