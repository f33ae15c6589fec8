"""Signing in and out, and the language of the pages."""

from __future__ import annotations

from flask import current_app, flash, g, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from services import officers
from ussd_app import current, words
from ussd_app.desk import guard
from ussd_app.desk.pages import pages
from ussd_app.desk.saying import t
from ussd_app.sessions import token_of


@pages.route("/sign-in", methods=["GET", "POST"])
def sign_in() -> Response:
    """Ask for e-mail and password; go on to the page that was asked for."""
    if request.method == "POST":
        return _try()
    if guard.visit().officer:
        return redirect(url_for("desk.home"), 303)
    return _form()


@pages.post("/sign-out")
def sign_out() -> Response:
    """End the session here and now."""
    visit = guard.visit()
    if visit.known:
        with current.house().database.begin() as conn:
            officers.sign_out(conn, visit.known, g.now)
    visit.end()
    flash(t("sign_in.bye"))
    return redirect(url_for("desk.sign_in"), 303)


@pages.post("/language")
def language() -> Response:
    """Change the language of the pages, for an officer also of all to come."""
    visit = guard.visit()
    visit["language"] = words.known(request.form.get("language"))
    if visit.officer:
        with current.house().database.begin() as conn:
            officers.set_language(conn, visit.officer.id, visit["language"])
    back = guard.own_path(request.form.get("back", "")) or url_for("desk.home")
    return redirect(back, 303)


def _try() -> Response:
    house = current.house()
    email = request.form.get("email", "")
    tried = officers.sign_in(
        house.database,
        house.vault,
        email=email,
        password=request.form.get("password", ""),
        address=request.remote_addr or "",
        now=g.now,
    )
    match tried:
        case officers.SignedIn(officer):
            return _enter(officer)
        case officers.TooMany():
            return _form(t("error.too_many"), email, 429)
        case officers.Wrong():
            return _form(t("sign_in.wrong"), email, 401)


def _enter(officer: officers.Officer) -> Response:
    visit = guard.visit()
    after = guard.after_sign_in()
    old = token_of(request.cookies.get(current_app.config["SESSION_COOKIE_NAME"]))
    kept = {"language": visit["language"]} if "language" in visit else {}
    with current.house().database.begin() as conn:
        visit.begin(officers.open_session(conn, officer, kept, g.now, replaces=old))
    return redirect(after, 303)


def _form(wrong: str = "", email: str = "", status: int = 200) -> Response:
    return make_response(render_template("desk/sign_in.html", wrong=wrong, email=email), status)
