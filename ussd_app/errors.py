"""Pages for what went wrong: plain words, the right status, nothing of the inside.

A fault of ours gets a reference that stands in the log beside it.
"""

from __future__ import annotations

import secrets

import structlog
from flask import Flask, g, make_response, redirect, render_template, request, url_for
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, InternalServerError
from werkzeug.wrappers import Response

from storage.database import DatabaseDown
from ussd_app import words
from ussd_app.desk import guard

_WORDS = {
    401: "sign_in.again",
    403: "error.forbidden",
    404: "error.not_found",
    405: "error.method",
    413: "error.too_large",
    429: "error.too_many",
}
# Asked by gateways and monitors, who read no pages.
_MACHINES = ("/ussd/", "/sms/", "/healthz", "/readyz", "/metrics")
_LOG = structlog.get_logger()


def install(app: Flask) -> None:
    """Answer faults of every page of the app."""
    app.register_error_handler(CSRFError, _stale)
    app.register_error_handler(HTTPException, _refused)
    app.register_error_handler(DatabaseDown, _down)
    app.register_error_handler(Exception, _broken)


def _stale(_: CSRFError) -> Response:
    if request.endpoint == "desk.sign_in":
        return redirect(url_for("desk.sign_in"), 303)
    return _page(400, "error.csrf")


def _refused(error: HTTPException) -> Response:
    if isinstance(error, InternalServerError):
        return _broken(error.original_exception or error)
    status = error.code or 500
    if status < 400 or (error.response is not None):
        return make_response(error.get_response())
    return _page(status, _WORDS.get(status, "error.method"))


def _down(_: Exception) -> Response:
    _LOG.warning("database down", endpoint=request.endpoint)
    return _page(503, "error.down")


def _broken(error: BaseException) -> Response:
    reference = secrets.token_hex(4)
    _LOG.error("page broken", endpoint=request.endpoint, reference=reference, exc_info=error)
    return _page(500, "error.broken", reference=reference)


def _page(status: int, key: str, **slots: str) -> Response:
    """Show a page that needs neither session nor database, for these may be what is broken."""
    g.language = language = guard.wished_language()
    message = words.say(language, key, **slots)
    if request.path.startswith(_MACHINES):
        return Response(f"{message}\n", status, mimetype="text/plain")
    page = render_template("error.html", message=message)
    return make_response(page, status)
