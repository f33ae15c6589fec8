"""*Minta ditelepon*: who waits for a call of the office, one of them at a time.

The full number stands on the page that answers "I am ringing now", and on no other; each time is
written down. Nothing of it is in an address, so the page cannot be opened again by its address.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from flask import abort, flash, g, make_response, redirect, render_template, request, url_for
from sqlalchemy import Connection
from werkzeug.wrappers import Response

from domain import callbacks as rules
from domain.calendar import brief_day, local
from domain.callbacks import OPEN, State
from services.callbacks import ringing, screens
from services.callbacks.ringing import Deed, Desk, Done, Handled, Waiting
from storage import offices, tickets
from storage.callback_requests import Callback
from storage.card_requests import CardRequest
from ussd_app import current
from ussd_app.desk import guard, saying
from ussd_app.desk.pages import pages
from ussd_app.desk.saying import t

PAGE: Final = 15


@dataclass(frozen=True, slots=True)
class Notice:
    """What the front page says of those who wait: how many, and the oldest promise."""

    count: int
    first: str
    late: bool


@dataclass(frozen=True, slots=True)
class Line:
    """One who waits, in words. `mine` says that the officer who looks is the one who rings."""

    id: str
    version: int
    who: str
    promise: str
    late: bool
    language: str
    stuck: str
    state: State
    waits: bool
    tries: int
    officer: str | None
    mine: bool
    card: CardRequest | None
    asked_at: datetime
    changed_at: datetime


def notice(conn: Connection) -> Notice | None:
    """Give what the front page says; None while nobody waits."""
    office = guard.officer().office
    if not (count := ringing.count(conn, office)):
        return None
    (first,) = map(_line, ringing.waiting(conn, current.house().vault, office, 1))
    return Notice(count, first.promise, first.late)


@pages.get("/callbacks")
def callbacks() -> str:
    """Show who waits, the oldest promise first, page by page."""
    house, office = current.house(), guard.officer().office
    with house.database.begin() as conn:
        count = ringing.count(conn, office)
        last = max(1, -(-count // PAGE))
        page = min(max(request.args.get("page", 1, type=int), 1), last)
        found = ringing.waiting(conn, house.vault, office, page * PAGE)
    lines = [_line(one) for one in found[(page - 1) * PAGE :]]
    return render_template("desk/callbacks.html", lines=lines, count=count, page=page, pages=last)


@pages.get("/callbacks/<uuid:callback_id>")
def callback(callback_id: UUID) -> str:
    """Open one wish, its number hidden."""
    with current.house().database.begin() as conn:
        return _page(conn, callback_id)


@pages.post("/callbacks/<uuid:callback_id>/<deed>")
def ring(callback_id: UUID, deed: str) -> Response:
    """Do what the officer says; ringing shows the number, all else leads back to the list."""
    house, does = current.house(), _deed(deed)
    with house.database.begin() as conn:
        desk = Desk(conn, house.vault, guard.officer(), g.now)
        outcome = ringing.do(desk, callback_id, request.form.get("version", 0, type=int), does)
        match outcome:
            case None:
                abort(404)
            case Handled(found):
                return make_response(_page(conn, callback_id, conflict=_told(found)), 409)
            case Done(_, str() as number):
                return make_response(_page(conn, callback_id, number=saying.grouped(number)))
    flash(t(f"callbacks.done_{does}"))
    return redirect(url_for("desk.callbacks"), 303)


def _deed(name: str) -> Deed:
    try:
        return Deed(name)
    except ValueError:
        abort(404)


def _page(conn: Connection, callback_id: UUID, *, conflict: str = "", number: str = "") -> str:
    found = ringing.find(conn, current.house().vault, guard.officer(), callback_id)
    line, office = _line(found or abort(404)), offices.get(conn, guard.officer().office)
    return render_template(
        "desk/callback.html", line=line, conflict=conflict, number=number,
        own_phone=office.phone if office else "",
        ticket=tickets.of_callback(conn, line.id, guard.officer().office),
    )  # fmt: skip


def _line(one: Waiting) -> Line:
    callback = one.callback
    return Line(
        id=callback.id,
        version=callback.version,
        who=t("callbacks.phone", last4=one.last4),
        promise=_promise(callback),
        late=_late(callback.day, callback.hours),
        language=callback.language,
        stuck=_stuck(callback.stuck_at),
        state=callback.state,
        waits=callback.state in OPEN,
        tries=callback.tries,
        officer=callback.officer,
        mine=callback.officer_id == guard.officer().id,
        card=one.card,
        asked_at=callback.created_at,
        changed_at=callback.updated_at,
    )


def _stuck(stuck_at: str) -> str:
    if not stuck_at:
        return t("callbacks.menu")
    return screens.heard_at(stuck_at, saying.language()) or t("callbacks.some_screen")


def _promise(callback: Callback) -> str:
    """Say when, without the year: nothing is promised further off than a week."""
    hours = "-".join(saying.hour(one) for one in callback.hours.split("-"))
    return f"{brief_day(callback.day, saying.language())}, {hours}"


def _late(day: date, hours: str) -> bool:
    window = rules.window(hours)
    return window is not None and rules.is_over(rules.Promise(day, window), local(g.now, g.zone))


def _told(found: Callback) -> str:
    key = "callbacks.handled_by" if found.officer else "callbacks.handled_else"
    what = t(f"callbacks.state_{found.state}")
    return t(key, name=found.officer, what=what, when=saying.ago(found.updated_at))
