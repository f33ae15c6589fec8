"""A person's page: the next step large, masked data beside it; two who ask for one NIK together."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from flask import abort, flash, g, redirect, render_template, request, url_for
from sqlalchemy import Connection
from werkzeug.wrappers import Response

from services import desk
from services.cards import undoing
from services.cards.outcomes import Desk
from services.desk import Action, Person, Reason, Secret
from services.officers import Right, may
from sms.message import Lane
from storage.decisions import Decision
from ussd_app import current
from ussd_app.desk import forms, guard, saying, step_form
from ussd_app.desk.forms import Attempt
from ussd_app.desk.pages import pages
from ussd_app.desk.saying import t
from ussd_app.desk.step_form import StepForm


@dataclass(frozen=True, slots=True)
class Conflict:
    """Somebody was first: in words, with what this officer had entered and whether it stays.

    `after` says what follows, where that is not plain.
    """

    title: str
    words: str
    entered: str = ""
    kept: bool = False
    after: str = ""


@dataclass(frozen=True, slots=True)
class Other:
    """A small step beside the large one."""

    name: str
    words: str


@dataclass(frozen=True, slots=True)
class Revealed:
    """What an officer asked to see whole."""

    what: Secret
    whole: str


@pages.get("/person/<uuid:request_id>")
def person(request_id: UUID) -> str:
    """Show one person of the officer's office."""
    with current.house().database.begin() as conn:
        return show(conn, find(conn, request_id))


@pages.post("/person/<uuid:request_id>/reveal")
def reveal(request_id: UUID) -> str:
    """Show the full NIK or phone number for half a minute, for a reason that is written down."""
    house, officer = current.house(), guard.officer()
    with house.database.begin() as conn:
        found = find(conn, request_id)
        what, reason = _asked()
        whole = desk.reveal(
            conn, house.vault, officer, found.request_id, what=what, reason=reason, now=g.now
        )
        return show(conn, found, revealed=Revealed(what, whole) if whole else None)


@pages.post("/person/<uuid:request_id>/resend")
def resend(request_id: UUID) -> Response:
    """Send an SMS that did not arrive once more."""
    message = request.form.get("message", type=UUID) or UUID(int=0)
    house = current.house()
    with house.database.begin() as conn:
        found = find(conn, request_id)
        at = Desk(conn, house.vault, guard.officer(), g.now)
        queued = desk.resend(at, found.request_id, str(message))
    if queued:
        house.nudge(Lane.URGENT)
    flash(t("timeline.resent" if queued else "timeline.not_resent"))
    return redirect(url_for("desk.person", request_id=request_id), 303)


def _asked() -> tuple[Secret, Reason]:
    try:
        return Secret(request.form.get("what", "")), Reason(request.form.get("reason", ""))
    except ValueError:
        abort(400)


def find(conn: Connection, request_id: UUID) -> Person:
    """Give the person of a request of the officer's office, else answer 404."""
    house = current.house()
    found = desk.person(conn, house.vault, guard.officer(), str(request_id), g.now)
    return found or abort(404)


def show(
    conn: Connection,
    found: Person,
    *,
    conflict: Conflict | None = None,
    attempt: Attempt | None = None,
    revealed: Revealed | None = None,
) -> str:
    """Make the page of a person, or of all who ask for one NIK while that is open."""
    if found.rivals and Action.KEEP in {found.choice.first, *found.choice.others}:
        return _contested(conn, found, conflict)
    return render_template(
        "desk/person.html",
        person=found,
        form=_next(conn, found, attempt),
        others=_others(found),
        over=_over(found),
        conflict=conflict,
        undo=_undo(conn, found),
        revealed=revealed,
        may_reveal=may(guard.officer(), Right.SHOW_NIK),
        reveal_reasons=[one.value for one in Reason],
    )


def _next(conn: Connection, found: Person, attempt: Attempt | None) -> StepForm | None:
    first = found.choice.first
    if first is None:
        return None
    return step_form.build(conn, found, attempt or forms.fresh(found, first), large=True)


def _others(found: Person) -> list[Other]:
    small = (one for one in found.choice.others if one is not Action.KEEP)
    return [Other(one.value, step_form.words_of(found, one)) for one in small]


def _contested(conn: Connection, found: Person, conflict: Conflict | None) -> str:
    house = current.house()
    ids = [row.request_id for row in found.rivals]
    rivals = [desk.person(conn, house.vault, guard.officer(), one, g.now) for one in ids]
    sides = [found, *(rival for rival in rivals if rival is not None)]
    return render_template(
        "desk/contested.html",
        person=found,
        sides=sorted(sides, key=lambda side: side.created_at),
        elsewhere=", ".join(found.rivals_elsewhere),
        others=_others(found),
        conflict=conflict,
        undo=_undo(conn, found),
    )


def _undo(conn: Connection, found: Person) -> Decision | None:
    """Give what this officer can still take back."""
    return undoing.pending(conn, found.request_id, guard.officer(), g.now)


def _over(found: Person) -> str:
    """Say why there is nothing to do."""
    if found.next_report_on and found.card_number:
        return t("person.done_issued", day=saying.day(found.next_report_on))
    if found.reason:
        return t("person.done_refused", reason=saying.term(found.reason))
    return t("person.done")
