"""*Jawaban*: what the office answers to questions by phone and SMS, in its own words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from flask import abort, render_template, request, url_for
from werkzeug.wrappers import Response

from domain.faq import Answered, Found, Nearest
from domain.info_details import ANSWER
from domain.words import LANGUAGES
from services.cards.outcomes import Desk
from services.info import answering, editing
from services.info.answering import Entry
from services.info.editing import Changed
from storage import answers as stored
from storage import offices
from ussd_app import current
from ussd_app.desk import guard, info_form, saying
from ussd_app.desk.info_form import Field, Form, Shown, Tongue
from ussd_app.desk.pages import pages
from ussd_app.desk.saying import t

PAGE: Final = 12
_FIELDS: Final = (
    Field("title", ANSWER["title"]),
    Field("text", ANSWER["text"], lines=3),
    Field("asked", ANSWER["asked"], needed=False, lines=4),
    Field("hidden", kind="checkbox", needed=False),
)
_NEW: Final = "new"
_TOLD_FIRST: Final = "id"
"""The language an answer is entered in first; in it alone is it said to be told or not."""


@pages.route("/answers", methods=["GET", "POST"])
def answers() -> str:
    """Show all answers, page by page; a question that was tried, with what it would be told."""
    tried = request.form.get("tried", "")
    with current.house().database.begin() as conn:
        office = offices.get(conn, guard.officer().office)
        entries = answering.every(conn, office)
    lines = [(one, one.said(saying.language())) for one in entries.values()]
    last = max(1, -(-len(lines) // PAGE))
    page = min(max(request.args.get("page", 1, type=int), 1), last)
    return render_template(
        "desk/answers.html", lines=lines[(page - 1) * PAGE : page * PAGE], count=len(lines),
        page=page, pages=last, tried=tried, found=_titles(entries, tried), office=office,
        said=answering.say,
    )  # fmt: skip


@pages.route("/answers/<key>/<language>", methods=["GET", "POST"])
def answer(key: str, language: str) -> str | Response:
    """Show an answer's words in one language, and save them."""
    if language not in LANGUAGES or (key == _NEW and language != _TOLD_FIRST):
        abort(404)
    with current.house().database.begin() as conn:
        desk = info_form.desk(conn)
        form = _form(key, language)
        if request.method == "POST":
            return _save(desk, form, key, language)
        return info_form.show(form, _written(desk, key, language))


def _save(desk: Desk, form: Form, key: str, language: str) -> Response:
    if key != _NEW and editing.answer(desk, key) is None:
        abort(404)
    values = info_form.entered(form.fields)
    details = editing.judge_answer({"hidden": "", **values})
    if isinstance(details, tuple):
        return info_form.refuse(form, values, details)
    own = "" if key == _NEW else key
    saved = editing.save_answer(desk, own, language, info_form.version(), details)
    if isinstance(saved, Changed):
        return info_form.stale(form, values, _written(desk, key, language))
    return info_form.answer(saved, url_for("desk.answers"))


def _form(key: str, language: str) -> Form:
    title = t("info.new_answer") if key == _NEW else t("info.answer_in", language=_name(language))
    action = url_for("desk.answer", key=key, language=language)
    fields = _FIELDS if language == _TOLD_FIRST else _FIELDS[:-1]
    tongues = () if key == _NEW else tuple(_tongue(key, one, language) for one in LANGUAGES)
    return Form(title, action, url_for("desk.answers"), t("lists.answers"), fields, tongues)


def _tongue(key: str, language: str, shown: str) -> Tongue:
    href = url_for("desk.answer", key=key, language=language)
    return Tongue(href, _name(language), shown=language == shown)


def _name(language: str) -> str:
    return t(f"info.language_{language}")


def _written(desk: Desk, key: str, language: str) -> Shown:
    """Give what is told now: the office's words, else the shipped ones with the office's facts."""
    row = stored.get(desk.conn, desk.officer.office, key, language)
    if row:
        hidden = "ya" if row.hidden else ""
        own = {"title": row.title, "text": row.text, "asked": row.asked, "hidden": hidden}
        return Shown(own, row.version)
    if key == _NEW:
        return Shown()
    entry = editing.answer(desk, key) or abort(404)
    office = offices.get(desk.conn, desk.officer.office)
    said = answering.say(entry, office, language)
    return Shown({"title": entry.said(language).title, "text": said})


def _titles(entries: Mapping[str, Entry], tried: str) -> list[str] | None:
    """Give what a question would be answered with; None while nothing was tried."""
    if not tried:
        return None
    return [answering.titled(entries[key], saying.language()) for key in _keys(entries, tried)]


def _keys(entries: Mapping[str, Entry], tried: str) -> tuple[str, ...]:
    found: Found = answering.find(entries, tried)
    match found:
        case Answered(key):
            return (key,)
        case Nearest(keys):
            return keys
        case _:
            return ()
