"""Sessions of the web pages: a visitor's in a signed cookie, an officer's on our side.

A visitor (before sign-in) holds only a form token, a language and where he was going. An officer's
cookie is a random token; what belongs to it stands in PostgreSQL and ends there (OWASP ASVS 5.0
7.2, 7.3, 7.4). The cookie changes at sign-in, so a planted one is worth nothing.
"""

from __future__ import annotations

from typing import Any, Final

from flask import Flask, Request, Response
from flask.sessions import SessionInterface, SessionMixin
from itsdangerous import BadSignature, URLSafeTimedSerializer
from werkzeug.datastructures import CallbackDict

from services import officers
from storage.database import DatabaseDown
from ussd_app import current

_VISITOR: Final = "v."
_OFFICER: Final = "o."
_VISITOR_SECONDS: Final = 12 * 3600
_SALT: Final = "kuning.visitor"
# What no person asked for: it must not keep a forgotten desk signed in.
_UNATTENDED: Final = frozenset({"/counts"})
_WITHOUT: Final = ("/static/", "/ussd/", "/sms/", "/healthz", "/readyz", "/metrics")


class DeskSession(CallbackDict[str, Any], SessionMixin):
    """What the pages remember between two requests. `known` is None for a visitor."""

    def __init__(self, kept: dict[str, Any], known: officers.Session | None = None) -> None:
        super().__init__(kept, on_update=_note)
        self.known = known
        self.token: str | None = None
        self.stale = False
        self.fault: DatabaseDown | None = None
        self.modified = False

    @property
    def officer(self) -> officers.Officer | None:
        """Who is signed in."""
        return self.known.officer if self.known else None

    def begin(self, token: str) -> None:
        """Hand out the token of the officer who has just signed in; nothing else comes along."""
        self.clear()
        self.token = token

    def end(self) -> None:
        """Turn into the session of a visitor who knows nothing."""
        self.clear()
        self.known = None


class DeskSessions(SessionInterface):
    """Opens and saves sessions for Flask."""

    def open_session(self, app: Flask, request: Request) -> DeskSession:
        """Read the cookie; what is unknown, too old or forged is a new visitor."""
        cookie = request.cookies.get(self.get_cookie_name(app), "")
        if request.path.startswith(_WITHOUT) or not cookie:
            return DeskSession({})
        if cookie.startswith(_OFFICER):
            return _of_officer_or_down(cookie.removeprefix(_OFFICER), request.path)
        return _of_visitor(app, cookie.removeprefix(_VISITOR))

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Keep what changed, and set the cookie when it did."""
        assert isinstance(session, DeskSession)  # noqa: S101 - no other kind is ever opened
        if session.token is not None:
            self._set(app, response, _OFFICER + session.token)
        elif session.known is not None:
            _keep(session, session.known)
        elif session.modified:
            self._set(app, response, _VISITOR + _visitors(app).dumps(dict(session)))

    def _set(self, app: Flask, response: Response, value: str) -> None:
        response.set_cookie(
            self.get_cookie_name(app),
            value,
            path="/",
            httponly=True,
            secure=self.get_cookie_secure(app),
            samesite=self.get_cookie_samesite(app),
        )


def token_of(cookie: str | None) -> str | None:
    """Return the officer's token in a cookie, so that a new sign-in can end the old session."""
    return cookie.removeprefix(_OFFICER) if cookie and cookie.startswith(_OFFICER) else None


def _of_officer_or_down(token: str, path: str) -> DeskSession:
    """Leave the fault to the guard: Flask has no page for one that happens this early."""
    try:
        return _of_officer(token, path)
    except DatabaseDown as fault:
        session = DeskSession({})
        session.fault = fault
        return session


def _of_officer(token: str, path: str) -> DeskSession:
    house = current.house()
    touch = path not in _UNATTENDED
    with house.database.begin() as conn:
        found = officers.load_session(conn, token, house.clock(), touch=touch)
    if found:
        return DeskSession(dict(found.data), found)
    session = DeskSession({})
    session.stale = True
    return session


def _of_visitor(app: Flask, signed: str) -> DeskSession:
    try:
        return DeskSession(_visitors(app).loads(signed, max_age=_VISITOR_SECONDS))
    except BadSignature:
        return DeskSession({})


def _visitors(app: Flask) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(str(app.secret_key), salt=_SALT)


def _keep(session: DeskSession, known: officers.Session) -> None:
    if session.modified:
        with current.house().database.begin() as conn:
            officers.save_session(conn, known.id, dict(session))


def _note(session: CallbackDict[str, Any]) -> None:
    if isinstance(session, DeskSession):
        session.modified = True
