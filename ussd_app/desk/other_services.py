"""*Layanan lain*: services besides the card, with their papers and hours; who comes for them."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from flask import abort, render_template, request, url_for
from werkzeug.wrappers import Response

from domain.info_details import SERVICE, SERVICE_STATES
from services.info import editing, seating
from services.info.editing import Changed
from storage import service_types
from storage.service_types import ServiceType
from ussd_app import current
from ussd_app.desk import guard, info_form, saying
from ussd_app.desk.info_form import Field, Form
from ussd_app.desk.pages import pages
from ussd_app.desk.saying import t

PAGE: Final = 8
_FIELDS: Final = (
    Field("name", SERVICE["name"]),
    Field("papers", 120),
    Field("note", SERVICE["note"], needed=False),
    Field("open", SERVICE["open"]),
    Field("hours", SERVICE["hours"]),
    Field("hour_quota", SERVICE["hour_quota"]),
    Field("ahead_days", SERVICE["ahead_days"]),
    Field("state", choices=SERVICE_STATES),
)
# What most offices ask of those who go to work abroad (UU 18/2017, articles 5 and 13).
_USUAL: Final = {
    "name": "Rekomendasi paspor CPMI",
    "papers": "KTP, KK, ijazah, izin keluarga",
    "open": "Sen-Jum 08.00-12.00",
    "hours": "08.00, 09.00, 10.00",
    "hour_quota": "5",
    "ahead_days": "14",
    "state": "off",
}


@pages.get("/services")
def services() -> str:
    """Show the office's services besides the card."""
    with current.house().database.begin() as conn:
        found = service_types.every(conn, guard.officer().office)
    return render_template("desk/services.html", found=found)


@pages.route("/services/new", methods=["GET", "POST"])
def new_service() -> str | Response:
    """Enter a service."""
    if request.method == "GET":
        return info_form.show(_form(None), info_form.Shown(_USUAL))
    return _save(None)


@pages.route("/services/<uuid:service_id>", methods=["GET", "POST"])
def service(service_id: UUID) -> str | Response:
    """Show a service, and save what is changed of it."""
    with current.house().database.begin() as conn:
        found = service_types.get(conn, str(service_id), guard.officer().office) or abort(404)
    if request.method == "GET":
        return info_form.show(_form(found), info_form.Shown(_written(found), found.version))
    return _save(found)


@pages.get("/visits")
def visits() -> str:
    """Show who comes for other services, from today on."""
    with current.house().database.begin() as conn:
        desk = info_form.desk(conn)
        count = seating.count_today(desk)
        last = max(1, -(-count // PAGE))
        page = min(max(request.args.get("page", 1, type=int), 1), last)
        lines = seating.expected(desk, page * PAGE)[(page - 1) * PAGE :]
    return render_template("desk/visits.html", lines=lines, count=count, page=page, pages=last)


@pages.post("/visits/<uuid:visit_id>")
def visit(visit_id: UUID) -> Response:
    """Write down that somebody came, or did not."""
    state = request.form.get("state", "")
    if state not in seating.VISITED:
        abort(404)
    with current.house().database.begin() as conn:
        desk = info_form.desk(conn)
        outcome = seating.mark(desk, str(visit_id), info_form.version(), state)
    return info_form.answer(outcome, url_for("desk.visits"))


def _save(found: ServiceType | None) -> Response:
    values = info_form.entered(_FIELDS)
    details = editing.judge_service(values)
    if isinstance(details, tuple):
        return info_form.refuse(_form(found), values, details)
    with current.house().database.begin() as conn:
        desk, own = info_form.desk(conn), found.id if found else ""
        outcome = editing.save_service(desk, own, info_form.version(), details)
        stands = service_types.get(conn, own, desk.officer.office) if own else None
    if isinstance(outcome, Changed):
        now = info_form.Shown(_written(stands), stands.version) if stands else info_form.Shown()
        return info_form.stale(_form(stands), values, now)
    return info_form.answer(outcome, url_for("desk.services"))


def _form(found: ServiceType | None) -> Form:
    new = url_for("desk.new_service")
    action = url_for("desk.service", service_id=found.id) if found else new
    title = found.name if found else t("info.new_service")
    return Form(title, action, url_for("desk.services"), t("lists.services"), _FIELDS)


def _written(found: ServiceType) -> dict[str, str]:
    plain = {field.name: str(getattr(found, field.name)) for field in _FIELDS}
    papers, doors = saying.term_list(found.papers), saying.opening(found.open)
    return plain | {"papers": papers, "open": doors, "hours": found.hours.replace(",", ", ")}
