"""The officers of the own office: let in, given a new password, kept out. For heads and admins.

A password is made by the service and stands on one page, once; it is in no session and no address.
"""

from __future__ import annotations

from uuid import UUID

from flask import abort, flash, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from services import officers as staff
from services.officers import Added, Officer, Refusal, Refused, Role
from ussd_app import current
from ussd_app.desk import guard
from ussd_app.desk.pages import pages
from ussd_app.desk.saying import t

# Only `kuning officers` on the machine itself makes admins.
ROLES = (Role.OFFICER, Role.HEAD)
_REFUSED = {Refusal.EMAIL: "officers.email_wrong", Refusal.NAME: "officers.name_wrong"}


@pages.route("/officers", methods=["GET", "POST"])
def officers() -> str | tuple[str, int]:
    """Show the office's officers; a POST lets one more in."""
    return _add() if request.method == "POST" else _page()


@pages.post("/officers/<uuid:officer_id>")
def officer(officer_id: UUID) -> str | Response:
    """Do to one officer of the office what the button says."""
    what = request.form.get("do")
    if what == "reset":
        return _reset(_of_office(str(officer_id)))
    if what not in {"disable", "enable"}:
        abort(400)
    _switch(_of_office(str(officer_id)), on=what == "enable")
    return redirect(url_for("desk.officers"), 303)


def _add() -> str | tuple[str, int]:
    by = guard.officer()
    role = request.form.get("role", "")
    with current.house().database.begin() as conn:
        added = staff.add(
            conn,
            office=by.office,
            email=request.form.get("email", "")[:254],
            name=request.form.get("name", "")[:80],
            role=Role(role) if role in ROLES else Role.OFFICER,
            by=by,
            now=g.now,
        )
    if isinstance(added, Refused):
        return _page(fault=t(_REFUSED.get(added.why, f"officers.{added.why}"))), 422
    return _page(made=added)


def _reset(found: Officer) -> str:
    with current.house().database.begin() as conn:
        done = staff.reset(conn, found.email, by=guard.officer(), now=g.now)
    return _page(made=_allowed(done))


def _switch(found: Officer, *, on: bool) -> None:
    change = staff.enable if on else staff.disable
    with current.house().database.begin() as conn:
        done = change(conn, found.id, by=guard.officer(), now=g.now)
    if isinstance(done, Refused):
        flash(t(f"officers.{done.why}"))


def _allowed(done: Added | Refused) -> Added:
    if isinstance(done, Refused):
        abort(403)
    return done


def _of_office(officer_id: str) -> Officer:
    return next((one for one in _all() if one.id == officer_id), None) or abort(404)


def _all() -> list[Officer]:
    with current.house().database.begin() as conn:
        return staff.of_office(conn, guard.officer())


def _page(made: Added | None = None, fault: str = "") -> str:
    return render_template(
        "desk/officers.html", people=_all(), roles=ROLES, made=made, fault=fault, given=request.form
    )
