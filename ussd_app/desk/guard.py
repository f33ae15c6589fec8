"""Who may ask for what: every page of the desk is closed unless a table here opens it.

A stranger is sent to sign in and comes back to the page he was on; a wrong role gets 403; another
office's people do not exist (404, said by the services, which only ever look into one office).
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, cast
from urllib.parse import urlsplit

from flask import abort, flash, g, redirect, request, session, url_for
from werkzeug.wrappers import Response

from services.officers import Officer, Right, may
from storage import offices
from ussd_app import current, security, words
from ussd_app.desk import saying
from ussd_app.sessions import DeskSession

OPEN: Final = frozenset({"desk.sign_in", "desk.language"})
"""What a stranger may ask for."""

RIGHTS: Final[Mapping[str, Right]] = MappingProxyType(
    {
        "desk.reveal": Right.SHOW_NIK,
        "desk.officers": Right.MANAGE_OFFICERS,
        "desk.officer": Right.MANAGE_OFFICERS,
        "desk.cadres": Right.MANAGE_OFFICERS,
        "desk.cadre": Right.MANAGE_OFFICERS,
    }
)
"""What needs more than the right to work with the own office's requests."""

_AFTER: Final = "after"


def visit() -> DeskSession:
    """Give the session of this request."""
    return cast("DeskSession", session._get_current_object())  # type: ignore[attr-defined] # noqa: SLF001 - the proxy hides our own type


def officer() -> Officer:
    """Give the officer who asks; only for pages that the guard has opened."""
    found = visit().officer
    if found is None:
        abort(401)
    return found


def admit() -> Response | None:
    """Run before every page: set its language, ask who it is, check the form's token."""
    if (fault := visit().fault) is not None:
        raise fault
    settle()
    security.refuse_other_sites()
    found = visit().officer
    if found is None and request.endpoint not in OPEN:
        return _to_sign_in()
    security.protect()
    if found is not None and request.endpoint not in OPEN:
        _allow(found)
    return None


def settle() -> None:
    """Set what the words of a page depend on: the moment, the language, the office's clock."""
    found = visit().officer
    g.now = current.house().clock()
    g.language = wished_language()
    g.zone, g.place = "WIB", ""
    if found is not None:
        with current.house().database.begin() as conn:
            office = offices.get(conn, found.office)
        if office is not None:
            g.zone, g.place = office.zone, office.place


def wished_language() -> str:
    """Give the language chosen on this browser, else the officer's own, else Indonesian."""
    found = visit().officer
    return words.known(visit().get("language") or (found.language if found else None))


def after_sign_in() -> str:
    """Take the page that sign-in goes back to, the front page if none was asked for."""
    return str(visit().pop(_AFTER, "")) or url_for("desk.home")


def own_path(address: str) -> str | None:
    """Give the path of an address of ours that can be asked for again; None for any other."""
    parts = urlsplit(address)
    ours = not parts.netloc or parts.netloc == request.host
    usable = parts.path.startswith("/") and not parts.path.startswith("//")
    return parts.path if ours and usable and "\\" not in address else None


def _allow(found: Officer) -> None:
    if not may(found, RIGHTS.get(str(request.endpoint), Right.WORK)):
        abort(403)


def _to_sign_in() -> Response:
    if request.endpoint == "desk.counts":
        abort(401)  # a timer asked: the page of an officer who is away stays as it is
    asked = request.path if request.method == "GET" else request.referrer or ""
    visit()[_AFTER] = own_path(asked) or ""
    if visit().stale:
        flash(saying.t("sign_in.again"))
    return redirect(url_for("desk.sign_in"), 303)
