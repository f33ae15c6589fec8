"""*Lapor dan perubahan*: the list of what holders did by phone, and a new number at the counter."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from flask import flash, g, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from domain import msisdn
from services.cards import counter
from services.cards.outcomes import AlreadyHandled, Desk
from services.desk import Person, by_phone
from ussd_app import current
from ussd_app.desk import guard, person, saying
from ussd_app.desk.pages import pages
from ussd_app.desk.saying import t

PAGE: Final = 15


@dataclass(frozen=True, slots=True)
class Form:
    """What stands in the form of a new number, and why it was not taken."""

    version: int
    phone: str = ""
    fault: str = ""
    conflict: str = ""


@pages.get("/by-phone")
def by_phone_list() -> str:
    """Show what holders did by phone, page by page."""
    office = guard.officer().office
    with current.house().database.begin() as conn:
        number = by_phone.count(conn, office)
        last = max(1, -(-number // PAGE))
        page = min(max(request.args.get("page", 1, type=int), 1), last)
        news = by_phone.page(conn, office, page, PAGE)
    return render_template("desk/by_phone.html", news=news, count=number, page=page, pages=last)


@pages.get("/person/<uuid:request_id>/number")
def number(request_id: UUID) -> str:
    """Ask for the new number of a card."""
    with current.house().database.begin() as conn:
        found = person.find(conn, request_id)
    return _page(found, Form(found.version))


@pages.post("/person/<uuid:request_id>/number")
def change_number(request_id: UUID) -> Response:
    """Take a number whose owner stands at the counter with his KTP."""
    house, form = current.house(), _read()
    with house.database.begin() as conn:
        found = person.find(conn, request_id)
        read = msisdn.read(form.phone, house.settings.regions)
        if fault := _fault(read):
            again = Form(form.version, form.phone, fault)
            return make_response(_page(found, again), 422)
        at = Desk(conn, house.vault, guard.officer(), g.now)
        e164 = read.e164 if read else ""
        outcome = counter.number(at, found.request_id, form.version, e164)
    if isinstance(outcome, AlreadyHandled):
        return _conflict(request_id, form, outcome)
    flash(t("number.done", last4=msisdn.last4(e164)))
    return redirect(url_for("desk.person", request_id=request_id), 303)


def _read() -> Form:
    version = request.form.get("version", 0, type=int)
    return Form(version, request.form.get("phone", "").strip())


def _fault(read: msisdn.Msisdn | None) -> str:
    if read is None or not read.registrable:
        return t("number.needed")
    return "" if request.form.get("ktp") == "seen" else t("move.came.ktp_needed")


def _conflict(request_id: UUID, form: Form, outcome: AlreadyHandled) -> Response:
    """Say who was first, and show the form once more for how it stands now."""
    key = "handled.by" if outcome.by else "handled.by_nobody"
    what, when = saying.deed(outcome.what), saying.ago(outcome.at)
    with current.house().database.begin() as conn:
        found = person.find(conn, request_id)
    told = t(key, name=outcome.by, what=what, when=when)
    return make_response(_page(found, Form(found.version, form.phone, conflict=told)), 409)


def _page(found: Person, form: Form) -> str:
    return render_template("desk/number.html", person=found, form=form)
