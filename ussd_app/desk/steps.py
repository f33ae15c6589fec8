"""The steps of an officer: asked, checked, made, and told; the second of two hears who was first.

An SMS is seen before it is sent: where it depends on a choice, the first press shows it and the
second sends it. With JavaScript it stands there as soon as something is chosen.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from types import MappingProxyType
from typing import Final
from uuid import UUID

from flask import abort, flash, g, make_response, redirect, render_template, request, url_for
from sqlalchemy import Connection
from werkzeug.wrappers import Response

from services.cards import counter
from services.cards.counter import Desk, Outcome
from services.desk import Action, Person
from ussd_app import current
from ussd_app.desk import forms, guard, person, saying, step_form
from ussd_app.desk.forms import Attempt, Given
from ussd_app.desk.pages import pages
from ussd_app.desk.person import Conflict
from ussd_app.desk.saying import t

Made = Callable[[Desk, str, Given], Outcome]


def _rebook(desk: Desk, request_id: str, given: Given) -> Outcome:
    day, hour = given.day_and_hour or ("", "")
    return counter.rebook(desk, request_id, given.version, date.fromisoformat(day), hour)


STEPS: Final[Mapping[Action, Made]] = MappingProxyType(
    {
        Action.CAME: lambda at, who, what: counter.came(at, who, what.version, what.full_name),
        Action.INCOMPLETE: lambda at, who, what: counter.incomplete(
            at, who, what.version, ",".join(what.missing)
        ),
        Action.REFUSE: lambda at, who, what: counter.refuse(at, who, what.version, what.reason),
        Action.TO_SIGN: lambda at, who, what: counter.to_sign(at, who, what.version),
        Action.READY: lambda at, who, what: counter.ready(at, who, what.version),
        Action.ISSUE: lambda at, who, what: counter.issue(
            at, who, what.version, what.number or None
        ),
        Action.REBOOK: _rebook,
        Action.WITHDRAW: lambda at, who, what: counter.withdraw(at, who, what.version),
        Action.KEEP: lambda at, who, what: counter.keep(at, who, what.version),
        Action.REPORT: lambda at, who, what: counter.report(at, who, what.version),
        Action.EMPLOYED: lambda at, who, what: counter.employed(at, who, what.version),
    }
)

# What the audit calls each step.
_WRITTEN: Final[Mapping[Action, frozenset[str]]] = MappingProxyType(
    {
        Action.CAME: frozenset({"came"}),
        Action.INCOMPLETE: frozenset({"incomplete"}),
        Action.REFUSE: frozenset({"refused"}),
        Action.TO_SIGN: frozenset({"signing"}),
        Action.READY: frozenset({"ready"}),
        Action.ISSUE: frozenset({"issued"}),
        Action.REBOOK: frozenset({"booked", "rebooked", "requested"}),
        Action.WITHDRAW: frozenset({"withdrawn"}),
        Action.KEEP: frozenset({"settled", "booked"}),
        Action.REPORT: frozenset({"reported"}),
        Action.EMPLOYED: frozenset({"employed"}),
    }
)
# What the officer can mend himself, by entering something else.
_REFUSED: Final[Mapping[type[object], str]] = MappingProxyType(
    {
        counter.Taken: "move.taken",
        counter.BadNumber: "move.issue.needed",
        counter.NumberTaken: "move.issue.taken",
    }
)


@pages.get("/person/<uuid:request_id>/<name>")
def step(request_id: UUID, name: str) -> str | Response:
    """Ask for what a step needs."""
    action = _action(name)
    with current.house().database.begin() as conn:
        found = person.find(conn, request_id)
        if action not in found.choice.others or action is Action.KEEP:
            return redirect(url_for("desk.person", request_id=request_id), 303)
        return _form_page(conn, found, forms.fresh(found, action))


@pages.post("/person/<uuid:request_id>/<name>")
def make_step(request_id: UUID, name: str) -> Response:
    """Make a step as entered."""
    house = current.house()
    with house.database.begin() as conn:
        found = person.find(conn, request_id)
        attempt = _attempt(name, found)
        if wrong := forms.fault(attempt, external=step_form.external(found)):
            return _again(conn, found, replace(attempt, fault=t(wrong)))
        if attempt.choice and attempt.given.seen != attempt.choice:
            return _again(conn, found, replace(attempt, note=t("move.check")), 200)
        desk = Desk(conn, house.vault, guard.officer(), g.now)
        outcome = STEPS[attempt.action](desk, found.request_id, attempt.given)
    if isinstance(outcome, counter.Moved):
        return _done(found, attempt.action, outcome)
    return _not_done(request_id, attempt, outcome)


@pages.post("/person/<uuid:request_id>/<name>/preview")
def preview(request_id: UUID, name: str) -> str:
    """Give the SMS of a step as chosen so far; htmx puts it in place."""
    with current.house().database.begin() as conn:
        found = person.find(conn, request_id)
        form = step_form.build(conn, found, _attempt(name, found))
    return render_template("desk/preview.html", form=form)


def _attempt(name: str, found: Person) -> Attempt:
    return Attempt(_action(name), forms.read(request.form, found.office.papers))


def _action(name: str) -> Action:
    try:
        return Action(name)
    except ValueError:
        abort(404)


def _again(conn: Connection, found: Person, attempt: Attempt, status: int = 422) -> Response:
    """Ask again with all that was entered, on the page it was entered on."""
    if attempt.action is found.choice.first:
        return make_response(person.show(conn, found, attempt=attempt), status)
    return make_response(_form_page(conn, found, attempt), status)


def _done(found: Person, action: Action, moved: counter.Moved) -> Response:
    what = t("history.settled" if action is Action.KEEP else f"state.{moved.state}")
    flash(t("move.done_sms" if moved.sms else "move.done", what=what))
    return redirect(url_for("desk.person", request_id=found.request_id), 303)


def _not_done(request_id: UUID, attempt: Attempt, outcome: Outcome) -> Response:
    """Show how it stands now; what was entered stays where the step is still possible."""
    with current.house().database.begin() as conn:
        found = person.find(conn, request_id)
        if key := _REFUSED.get(type(outcome)):
            return _again(conn, found, replace(attempt, fault=t(key)))
        if isinstance(outcome, counter.AlreadyHandled) and _own(outcome, attempt.action):
            return _done_before(found)
        return make_response(_conflict_page(conn, found, attempt, outcome), 409)


def _own(outcome: counter.AlreadyHandled, action: Action) -> bool:
    """Tell whether what was done before is what this officer asks for now: a second press."""
    return outcome.by == guard.officer().name and outcome.what in _WRITTEN[action]


def _done_before(found: Person) -> Response:
    flash(t("move.done", what=t(f"state.{found.state}")))
    return redirect(url_for("desk.person", request_id=found.request_id), 303)


def _conflict_page(conn: Connection, found: Person, attempt: Attempt, outcome: Outcome) -> str:
    kept = attempt.action in {found.choice.first, *found.choice.others}
    title = t("handled.title" if isinstance(outcome, counter.AlreadyHandled) else "handled.not_now")
    conflict = Conflict(title, _told(found, outcome), _entered(attempt), kept)
    if kept and attempt.action is not found.choice.first and attempt.action is not Action.KEEP:
        return _form_page(conn, found, attempt, conflict)
    return person.show(conn, found, conflict=conflict, attempt=attempt if kept else None)


def _told(found: Person, outcome: Outcome) -> str:
    match outcome:
        case counter.AlreadyHandled(by, what, at):
            key = "handled.by" if by else "handled.by_nobody"
            return t(key, name=by, what=saying.deed(what), when=saying.ago(at))
        case counter.Contested():
            return t("handled.contested")
    return t("move.not_allowed", state=t(f"state.{found.state}"))


def _entered(attempt: Attempt) -> str:
    given = attempt.given
    match attempt.action:
        case Action.INCOMPLETE:
            return saying.term_list(",".join(given.missing))
        case Action.REFUSE:
            return saying.term(given.reason)
        case Action.CAME:
            return given.full_name
    return given.number


def _form_page(
    conn: Connection, found: Person, attempt: Attempt, conflict: Conflict | None = None
) -> str:
    form = step_form.build(conn, found, attempt)
    return render_template("desk/step.html", person=found, form=form, conflict=conflict)
