"""*Urungkan*: for ten seconds the step just made can be taken back, by a button that then goes.

Without JavaScript the page says until when. With htmx the seconds are counted, and when they are
over the sender is woken: the SMS has waited long enough.
"""

from __future__ import annotations

from math import ceil
from uuid import UUID

from flask import abort, flash, g, make_response, redirect, render_template, request, url_for
from sqlalchemy import Connection
from werkzeug.wrappers import Response

from services.cards import outcomes, undoing
from services.cards.outcomes import Desk, Undoing
from services.desk.person import of_office
from sms.message import Lane
from ussd_app import current
from ussd_app.desk import guard, person, saying
from ussd_app.desk.pages import pages
from ussd_app.desk.person import Conflict
from ussd_app.desk.saying import t


@pages.get("/person/<uuid:request_id>/undo")
def undo_left(request_id: UUID) -> Response:
    """Say how long the step can still be taken back; htmx asks every second."""
    officer = guard.officer()
    with current.house().database.begin() as conn:
        found = of_office(conn, officer.office, str(request_id)) or abort(404)
        decision = undoing.pending(conn, found.id, officer, g.now)
    if decision is None:
        return _over()
    seconds = ceil((decision.until - g.now).total_seconds())
    return make_response(t("undo.left", what=saying.step(decision.move), seconds=seconds))


@pages.post("/person/<uuid:request_id>/undo")
def undo(request_id: UUID) -> Response:
    """Take the step back that the button stands for."""
    decision = request.form.get("decision", type=UUID) or UUID(int=0)
    house = current.house()
    with house.database.begin() as conn:
        found = person.find(conn, request_id)
        desk = Desk(conn, house.vault, guard.officer(), g.now)
        outcome = undoing.undo(desk, found.request_id, str(decision))
    if isinstance(outcome, outcomes.Undone):
        return _done(request_id, outcome)
    if isinstance(outcome, outcomes.Unknown):
        abort(404)
    with house.database.begin() as conn:
        return make_response(_refused(conn, request_id, outcome), 409)


def _over() -> Response:
    """Put a word in the place of the button, and wake the sender."""
    current.house().nudge(Lane.URGENT)
    answer = make_response(render_template("desk/undo_over.html"))
    answer.headers["HX-Retarget"] = "#undo"
    answer.headers["HX-Reswap"] = "outerHTML"
    return answer


def _done(request_id: UUID, outcome: outcomes.Undone) -> Response:
    if outcome.sms:
        current.house().nudge(Lane.URGENT)
    flash(t("undo.done", state=t(f"state.{outcome.state}")))
    return redirect(url_for("desk.person", request_id=request_id), 303)


def _refused(conn: Connection, request_id: UUID, outcome: Undoing) -> str:
    conflict = Conflict(t("undo.no"), _why(outcome), after=t("undo.stands"))
    return person.show(conn, person.find(conn, request_id), conflict=conflict)


def _why(outcome: Undoing) -> str:
    match outcome:
        case outcomes.AlreadyHandled(by, what, at):
            key = "handled.by" if by else "handled.by_nobody"
            return t(key, name=by, what=saying.deed(what), when=saying.ago(at))
        case outcomes.TooLate(left):
            return t("undo.sms_left" if left else "undo.late")
        case outcomes.NotYours(by):
            return t("undo.not_yours", name=by)
        case outcomes.NumberFollowed():
            return t("undo.number")
        case outcomes.Taken():
            return t("undo.slot")
    return t("undo.nik")
