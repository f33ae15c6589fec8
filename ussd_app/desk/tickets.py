"""*Aduan dan data*: what callers complain of or ask about their own data, with the hours left.

An answer is seen before it is sent: the first press shows it, the second sends it. It leaves ten
seconds later, and until then it may be taken back.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from flask import abort, flash, g, make_response, redirect, render_template, request, url_for
from sqlalchemy import Connection
from werkzeug.wrappers import Response

from domain import gsm7, nik
from domain import tickets as rules
from domain.faults import Fault
from domain.tickets import OPEN
from services.cards.outcomes import AlreadyHandled, Desk, Unknown
from services.tickets import handling, passing_on, showing
from services.tickets.handling import Done, Outcome, TooLate
from services.tickets.showing import Opened
from sms.issues import held
from sms.templates import room
from storage import offices
from ussd_app import current
from ussd_app.desk import guard, saying
from ussd_app.desk.pages import pages
from ussd_app.desk.saying import t

PAGE: Final = 15
LONGEST: Final = room("ticket_closed", "said")
"""Septets of an officer's own words, so that one SMS carries them."""

MOST_WORDS: Final = 500
"""Characters of what an officer writes down for a caller: three SMS, and room to spare."""

_SHORTEST: Final = 2


@dataclass(frozen=True, slots=True)
class Draft:
    """What an officer has written; `sms` is how it would arrive, once it was `looked` at.

    There is none for a number that cannot be told any more. `untold` says what is
    wrong with the words that a caller told by phone.
    """

    said: str = ""
    fault: str = ""
    sms: str = ""
    looked: bool = False
    conflict: str = ""
    untold: str = ""


@dataclass(frozen=True, slots=True)
class Notice:
    """What the front page says of tickets: how many wait, how many are overdue."""

    count: int
    late: int


def notice(conn: Connection) -> Notice | None:
    """Give what the front page says; None while nothing waits."""
    count, late = showing.count(conn, guard.officer().office, g.now)
    return Notice(count, late) if count else None


@pages.get("/tickets")
def tickets() -> str:
    """Show what waits, overdue first, page by page."""
    house, office = current.house(), guard.officer().office
    with house.database.begin() as conn:
        count, late = showing.count(conn, office, g.now)
        last = max(1, -(-count // PAGE))
        page = min(max(request.args.get("page", 1, type=int), 1), last)
        lines = showing.waiting(conn, house.vault, office, g.now, page * PAGE)[(page - 1) * PAGE :]
    return render_template(
        "desk/tickets.html", lines=lines, count=count, late=late, page=page, pages=last
    )


@pages.get("/tickets/<uuid:ticket_id>")
def ticket(ticket_id: UUID) -> str:
    """Open one ticket."""
    with current.house().database.begin() as conn:
        return _page(conn, ticket_id, Draft())


@pages.post("/tickets/<uuid:ticket_id>/take")
def take_ticket(ticket_id: UUID) -> Response:
    """Say that this officer is at it."""
    return _does(ticket_id, handling.take, "tickets.taken")


@pages.post("/tickets/<uuid:ticket_id>/forward")
def forward_ticket(ticket_id: UUID) -> Response:
    """Write down that a complaint was passed on."""
    return _does(ticket_id, handling.forward, "tickets.forwarded")


@pages.post("/tickets/<uuid:ticket_id>/undo")
def reopen_ticket(ticket_id: UUID) -> Response:
    """Take an answer back that has not left."""
    return _does(ticket_id, handling.take_back, "tickets.back")


@pages.post("/tickets/<uuid:ticket_id>/words")
def write_ticket(ticket_id: UUID) -> Response:
    """Keep what the caller told by phone."""
    words = rules.words(request.form.get("words", ""))
    with current.house().database.begin() as conn:
        if isinstance(words, Fault) or len(words) > MOST_WORDS:
            page = _page(conn, ticket_id, Draft(untold=t("tickets.words_needed", most=MOST_WORDS)))
            return make_response(page, 422)
        outcome = handling.write_down(_desk(conn), str(ticket_id), _version(), words)
    return _done(ticket_id, outcome, "tickets.written")


@pages.post("/tickets/<uuid:ticket_id>/answer")
def answer_ticket(ticket_id: UUID) -> Response:
    """Show how an answer would arrive; send it and close the ticket when that was seen."""
    said, version = _said(), _version()
    fault, looked = _fault(said), request.form.get("seen") == said
    with current.house().database.begin() as conn:
        desk = _desk(conn)
        if fault or not looked:
            outcome = handling.stands(desk, str(ticket_id), version)
            if isinstance(outcome, Done):
                draft = Draft(said, fault) if fault else _looked_at(desk, ticket_id, said)
                return make_response(_page(conn, ticket_id, draft), 422 if fault else 200)
        else:
            outcome = handling.answer(desk, str(ticket_id), version, said)
    leaves = isinstance(outcome, Done) and outcome.sms
    return _done(ticket_id, outcome, "tickets.sent" if leaves else "tickets.sent_none", said)


@pages.post("/tickets/export")
def export_tickets() -> Response:
    """Give all complaints of the office as CSV, without a number or a name."""
    with current.house().database.begin() as conn:
        table = passing_on.as_csv(_desk(conn))
    # A spreadsheet takes a file without this mark for something else than UTF-8.
    answer = make_response(f"\ufeff{table}")
    answer.headers["Content-Type"] = "text/csv; charset=utf-8"
    answer.headers["Content-Disposition"] = "attachment; filename=aduan.csv"
    return answer


def _does(ticket_id: UUID, does: Callable[[Desk, str, int], Outcome], words: str) -> Response:
    with current.house().database.begin() as conn:
        outcome = does(_desk(conn), str(ticket_id), _version())
    return _done(ticket_id, outcome, words)


def _done(ticket_id: UUID, outcome: Outcome, words: str, said: str = "") -> Response:
    match outcome:
        case Unknown():
            abort(404)
        case AlreadyHandled(by, what, at):
            key = "tickets.handled_by" if by else "tickets.handled_else"
            told = t(
                key, name=by, what=t(what.replace("ticket.", "tickets.state_")), when=saying.ago(at)
            )
            return _conflict(ticket_id, Draft(said, conflict=told))
        case TooLate():
            return _conflict(ticket_id, Draft(conflict=t("tickets.too_late")))
    flash(t(words))
    return redirect(url_for("desk.ticket", ticket_id=ticket_id), 303)


def _conflict(ticket_id: UUID, draft: Draft) -> Response:
    with current.house().database.begin() as conn:
        return make_response(_page(conn, ticket_id, draft), 409)


def _page(conn: Connection, ticket_id: UUID, draft: Draft) -> str:
    house, desk = current.house(), _desk(conn)
    opened = showing.show(desk, str(ticket_id)) or abort(404)
    office = offices.get(conn, desk.officer.office) or abort(404)
    return render_template(
        "desk/ticket.html",
        opened=opened,
        ticket=opened.ticket,
        draft=draft,
        limit=LONGEST,
        septets=gsm7.septets(draft.sms),
        lapor=passing_on.as_text(house.vault, opened.ticket, office),
        undo=_undo(desk, opened),
    )


def _undo(desk: Desk, opened: Opened) -> bool:
    return opened.ticket.state not in OPEN and handling.may_take_back(desk, opened.ticket)


def _version() -> int:
    return request.form.get("version", 0, type=int)


def _said() -> str:
    return gsm7.fold(" ".join(request.form.get("said", "").split()))


def _fault(said: str) -> str:
    if len(said) < _SHORTEST:
        return t("messages.needed")
    if (septets := gsm7.septets(said)) > LONGEST:
        return t("messages.too_long", septets=septets, limit=LONGEST)
    return t("messages.held") if held(said) or nik.hide(said) != said else ""


def _looked_at(desk: Desk, ticket_id: UUID, said: str) -> Draft:
    opened = showing.show(desk, str(ticket_id)) or abort(404)
    if not opened.reachable:
        return Draft(said, looked=True)
    facts = {"place": g.place, "code": opened.ticket.code, "said": said}
    house, language = current.house(), opened.ticket.language
    sms = house.delivery.render("ticket_closed", facts, language, house.gateway.line)
    return Draft(said, sms=sms, looked=True)


def _desk(conn: Connection) -> Desk:
    return Desk(conn, current.house().vault, guard.officer(), g.now)
