"""*Pesan masuk*: SMS that somebody must read, answered in the officer's words.

An answer is seen before it is sent: the first press shows it, the second sends it. It leaves ten
seconds later, and until then it may be taken back.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from flask import abort, flash, g, make_response, redirect, render_template, request, url_for
from sqlalchemy import Connection
from werkzeug.wrappers import Response

from domain import gsm7
from services.cards.outcomes import AlreadyHandled, Desk, Unknown
from services.incoming import handling, letters
from services.incoming.handling import Done, Outcome, TooLate, Unanswerable
from services.incoming.letters import Letter
from sms.issues import held
from sms.templates import render, room
from ussd_app import current
from ussd_app.desk import guard, saying
from ussd_app.desk.pages import pages
from ussd_app.desk.saying import t

PAGE: Final = 15
LONGEST: Final = room("reply", "said")
"""Septets of an officer's own words, so that one SMS carries them."""

_SHORTEST: Final = 2


@dataclass(frozen=True, slots=True)
class Draft:
    """What an officer has written; `sms` is how it would arrive, once it was looked at."""

    said: str = ""
    fault: str = ""
    sms: str = ""
    conflict: str = ""


def count() -> int:
    """Count what waits for the officer's office, once a page."""
    if "waiting_messages" not in g:
        with current.house().database.begin() as conn:
            g.waiting_messages = letters.count(conn, guard.officer().office)
    return int(g.waiting_messages)


@pages.get("/messages")
def messages() -> str:
    """Show what waits, the oldest first, page by page."""
    house, office = current.house(), guard.officer().office
    with house.database.begin() as conn:
        number = letters.count(conn, office)
        last = max(1, -(-number // PAGE))
        page = min(max(request.args.get("page", 1, type=int), 1), last)
        lines = letters.waiting(conn, house.vault, office, page * PAGE)[(page - 1) * PAGE :]
    return render_template("desk/messages.html", lines=lines, count=number, page=page, pages=last)


@pages.get("/messages/<uuid:message_id>")
def message(message_id: UUID) -> str:
    """Open one SMS."""
    with current.house().database.begin() as conn:
        return _page(conn, message_id, Draft())


@pages.post("/messages/<uuid:message_id>/reply")
def reply(message_id: UUID) -> Response:
    """Show how an answer would arrive; send it when that was seen."""
    said, version = _said(), _version()
    fault, looked = _fault(said), request.form.get("seen") == said
    with current.house().database.begin() as conn:
        desk = _desk(conn)
        if fault or not looked:
            outcome = handling.stands(desk, str(message_id), version)
            if isinstance(outcome, Done):
                draft = Draft(said, fault) if fault else _looked_at(said)
                return make_response(_page(conn, message_id, draft), 422 if fault else 200)
        else:
            outcome = handling.reply(desk, str(message_id), version, said, _regions())
    return _done(message_id, outcome, "messages.sent", said)


@pages.post("/messages/<uuid:message_id>/close")
def close(message_id: UUID) -> Response:
    """Put an SMS away without an answer."""
    with current.house().database.begin() as conn:
        outcome = handling.close(_desk(conn), str(message_id), _version())
    return _done(message_id, outcome, "messages.closed")


@pages.post("/messages/<uuid:message_id>/undo")
def reopen(message_id: UUID) -> Response:
    """Take an answer back that has not left, or open what was closed."""
    with current.house().database.begin() as conn:
        outcome = handling.take_back(_desk(conn), str(message_id), _version())
    return _done(message_id, outcome, "messages.back")


def _done(message_id: UUID, outcome: Outcome, words: str, said: str = "") -> Response:
    match outcome:
        case Unknown():
            abort(404)
        case AlreadyHandled(by, _, at):
            return _conflict(message_id, Draft(said, conflict=_told(by, saying.ago(at))))
        case TooLate():
            return _conflict(message_id, Draft(conflict=t("messages.too_late")))
        case Unanswerable():
            words = "messages.unanswerable"
    flash(t(words))
    return redirect(url_for("desk.message", message_id=message_id), 303)


def _conflict(message_id: UUID, draft: Draft) -> Response:
    with current.house().database.begin() as conn:
        return make_response(_page(conn, message_id, draft), 409)


def _told(by: str | None, when: str) -> str:
    key = "messages.handled_by" if by else "messages.handled_else"
    return t(key, name=by, when=when)


def _page(conn: Connection, message_id: UUID, draft: Draft) -> str:
    letter = letters.show(_desk(conn), str(message_id), _regions()) or abort(404)
    return render_template(
        "desk/message.html",
        letter=letter,
        draft=draft,
        limit=LONGEST,
        septets=gsm7.septets(draft.sms),
        undo=_undo(letter),
    )


def _undo(letter: Letter) -> str:
    """Say how an SMS that was handled can be opened again; nothing once its answer has left."""
    if letter.state == "closed":
        return "messages.reopen"
    return "messages.undo" if letter.until and letter.until > g.now else ""


def _version() -> int:
    return request.form.get("version", 0, type=int)


def _said() -> str:
    return gsm7.fold(" ".join(request.form.get("said", "").split()))


def _fault(said: str) -> str:
    if len(said) < _SHORTEST:
        return t("messages.needed")
    if (septets := gsm7.septets(said)) > LONGEST:
        return t("messages.too_long", septets=septets, limit=LONGEST)
    return t("messages.held") if held(said) else ""


def _looked_at(said: str) -> Draft:
    line = current.house().gateway.line
    return Draft(said, sms=render("reply", {"place": g.place, "said": said}, "id", line))


def _desk(conn: Connection) -> Desk:
    return Desk(conn, current.house().vault, guard.officer(), g.now)


def _regions() -> frozenset[str]:
    return current.house().settings.regions
