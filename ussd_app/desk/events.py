"""*Bursa kerja dan pelatihan*: entered, published, closed; who signed up, accepted or not."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from flask import abort, render_template, request, url_for
from werkzeug.wrappers import Response

from domain.info_details import EVENT, EVENT_KINDS
from services.cards.outcomes import Desk
from services.info import editing, seating
from services.info.editing import Changed
from sms.message import Lane
from storage import events as stored
from storage import sign_ups
from storage.events import Event
from ussd_app import current
from ussd_app.desk import guard, info_form
from ussd_app.desk.info_form import Field, Form
from ussd_app.desk.pages import pages
from ussd_app.desk.saying import t

PAGE: Final = 15
PEOPLE: Final = 7
_STEPS: Final = ("publish", "close")
_FIELDS: Final = (
    Field("kind", choices=EVENT_KINDS),
    Field("title", EVENT["title"]),
    Field("venue", EVENT["venue"]),
    Field("day", EVENT["day"], kind="date"),
    Field("hour", EVENT["hour"]),
    Field("seats", EVENT["seats"], needed=False),
    Field("sign_up_until", EVENT["sign_up_until"], kind="date", needed=False),
    Field("details", EVENT["details"], lines=4),
)


@pages.get("/events")
def events() -> str:
    """Show the office's fairs and trainings, the latest first, page by page."""
    office = guard.officer().office
    with current.house().database.begin() as conn:
        count = stored.count(conn, office)
        last = max(1, -(-count // PAGE))
        page = min(max(request.args.get("page", 1, type=int), 1), last)
        found = stored.every(conn, office, page * PAGE)[(page - 1) * PAGE :]
        people = sign_ups.per_event(conn, [one.id for one in found])
    return render_template(
        "desk/events.html", found=found, people=people, count=count, page=page, pages=last
    )


@pages.route("/events/new", methods=["GET", "POST"])
def new_event() -> str | Response:
    """Enter a fair or a training as a draft."""
    if request.method == "GET":
        return info_form.show(_form(None), info_form.Shown({"hour": "08:00"}))
    return _save(None)


@pages.get("/events/<uuid:event_id>")
def event(event_id: UUID) -> str:
    """Open one event with who signed up."""
    with current.house().database.begin() as conn:
        found = _found(info_form.desk(conn), event_id)
        people = sign_ups.of_event(conn, found.id)
    last = max(1, -(-len(people) // PEOPLE))
    page = min(max(request.args.get("page", 1, type=int), 1), last)
    return render_template(
        "desk/event.html", event=found, people=people[(page - 1) * PEOPLE : page * PEOPLE],
        count=len(people), page=page, pages=last,
    )  # fmt: skip


@pages.route("/events/<uuid:event_id>/change", methods=["GET", "POST"])
def change_event(event_id: UUID) -> str | Response:
    """Change what an event says."""
    with current.house().database.begin() as conn:
        found = _found(info_form.desk(conn), event_id)
    if request.method == "GET":
        return info_form.show(_form(found), info_form.Shown(_written(found), found.version))
    return _save(found)


@pages.post("/events/<uuid:event_id>/<step>")
def event_step(event_id: UUID, step: str) -> Response:
    """Publish or close an event."""
    with current.house().database.begin() as conn:
        desk = info_form.desk(conn)
        _found(desk, event_id)
        if step not in _STEPS:
            abort(404)
        outcome = editing.move_event(desk, str(event_id), info_form.version(), step)
    return info_form.answer(outcome, url_for("desk.event", event_id=event_id))


@pages.post("/events/<uuid:event_id>/people/<uuid:sign_up_id>")
def seat(event_id: UUID, sign_up_id: UUID) -> Response:
    """Accept or decline somebody, who hears of it by SMS."""
    state = request.form.get("state", "")
    with current.house().database.begin() as conn:
        desk = info_form.desk(conn)
        _found(desk, event_id)
        if state not in seating.SEATED:
            abort(404)
        outcome = seating.judge(desk, str(sign_up_id), info_form.version(), state)
    current.house().nudge(Lane.URGENT)
    return info_form.answer(outcome, url_for("desk.event", event_id=event_id))


def _found(desk: Desk, event_id: UUID) -> Event:
    return stored.get(desk.conn, str(event_id), desk.officer.office) or abort(404)


def _save(found: Event | None) -> Response:
    values = info_form.entered(_FIELDS)
    with current.house().database.begin() as conn:
        desk = info_form.desk(conn)
        details = editing.judge_event(desk, values)
        if isinstance(details, tuple):
            return info_form.refuse(_form(found), values, details)
        own = found.id if found else ""
        outcome = editing.save_event(desk, own, info_form.version(), details)
        stands = stored.get(conn, own, desk.officer.office) if own else None
    if isinstance(outcome, Changed) and stands:
        now = info_form.Shown(_written(stands), stands.version)
        return info_form.stale(_form(stands), values, now)
    return info_form.answer(outcome, url_for("desk.events"))


def _form(found: Event | None) -> Form:
    if found is None:
        new, back = url_for("desk.new_event"), url_for("desk.events")
        return Form(t("info.new_event"), new, back, t("lists.events"), _FIELDS)
    action = url_for("desk.change_event", event_id=found.id)
    back = url_for("desk.event", event_id=found.id)
    return Form(t("info.change"), action, back, found.title, _FIELDS)


def _written(found: Event) -> dict[str, str]:
    return {field.name: str(getattr(found, field.name) or "") for field in _FIELDS}
