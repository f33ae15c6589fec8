"""Forms of what an office tells, field by field: one page for answers, events and services."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from flask import abort, flash, g, make_response, redirect, render_template, request
from sqlalchemy import Connection
from werkzeug.wrappers import Response

from domain.info_details import Flaw
from services.cards.outcomes import Desk
from services.info.editing import Changed, Outcome, Saved
from ussd_app import current
from ussd_app.desk import guard
from ussd_app.desk.saying import t


@dataclass(frozen=True, slots=True)
class Field:
    """One field: its words are `info.<name>`; `choices` make it a list, `lines` a larger box."""

    name: str
    limit: int = 0
    kind: str = "text"
    needed: bool = True
    choices: tuple[str, ...] = ()
    lines: int = 0


@dataclass(frozen=True, slots=True)
class Tongue:
    """A link to the same form in one language, named; `shown` when it is the one that is open."""

    href: str
    name: str
    shown: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """What stands in each field, and the version that it is of; 0 for what is new."""

    values: Mapping[str, str] = field(default_factory=dict)
    version: int = 0


@dataclass(frozen=True, slots=True)
class Form:
    """A whole form: where it goes, where back leads, its fields in order, its languages."""

    title: str
    action: str
    back: str
    back_title: str
    fields: tuple[Field, ...]
    tongues: tuple[Tongue, ...] = ()


def desk(conn: Connection) -> Desk:
    """Give the officer who asks, at work."""
    return Desk(conn, current.house().vault, guard.officer(), g.now)


def entered(fields: Sequence[Field]) -> dict[str, str]:
    """Give what was typed into each field."""
    return {one.name: request.form.get(one.name, "") for one in fields}


def version() -> int:
    """Give the version that the form was made of."""
    return request.form.get("version", 0, type=int)


def show(form: Form, shown: Shown, flaws: Sequence[Flaw] = ()) -> str:
    """Show a form with what is typed, and what is wrong with it."""
    faults = {flaw.field: t(f"info.fault_{flaw.why}", limit=flaw.limit) for flaw in flaws}
    return render_template("desk/info_form.html", form=form, shown=shown, faults=faults)


def refuse(form: Form, values: Mapping[str, str], flaws: Sequence[Flaw]) -> Response:
    """Show a form again with all that is wrong."""
    return make_response(show(form, Shown(values, version()), flaws), 422)


def stale(form: Form, values: Mapping[str, str], stands: Shown) -> Response:
    """Show a form again to whoever was too late, with his own words and how it stands now."""
    shown = Shown(values, stands.version)
    page = render_template(
        "desk/info_form.html", form=form, shown=shown, faults={}, stands=stands.values
    )
    return make_response(page, 409)


def answer(outcome: Outcome, back: str) -> Response:
    """Lead to a page once it is saved; tell whoever was too late that nothing was."""
    match outcome:
        case None:
            abort(404)
        case Changed():
            return make_response(render_template("desk/info_stale.html", back=back), 409)
        case Saved():
            flash(t("info.saved"))
    return redirect(back, 303)
