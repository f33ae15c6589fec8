"""USSD callbacks on Flask: the door in front, the plain view it must not differ from, `/ended`.

No gateway signs its callbacks: the token in the path is what tells one from a stranger.
"""

from __future__ import annotations

from flask import Flask, Response, request

from runtime.wiring import House
from services import session_ends
from ussd_app.callback import NOT_ALLOWED, NOT_FOUND, Callback, Reply, fields, refused
from ussd_app.door import Door, read
from ussd_app.ussd_gateways import WIRES
from ussd_app.ussd_gateways.wire import Unreadable

__all__ = ["install"]

_NOTED = Reply(200, "ok\n")
# All of them, so that a wrong token is 404 whatever the method.
_METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")


def install(app: Flask, house: House) -> None:
    """Add the views to the app of a house, and put the door in front of it."""
    callback = add_views(app, house)
    app.wsgi_app = Door(app.wsgi_app, callback)  # type: ignore[method-assign]  # Flask's own advice


def add_views(app: Flask, house: House) -> Callback:
    """Add the views alone, which do all that the door does; return what answers for both."""
    tokens = tuple(token.encode() for token in house.settings.webhook_tokens)
    callback = Callback(house.dialogue, WIRES, tokens)
    views = _Views(house, callback)
    rules = {"": views.hop, "/ended": views.ended}
    for tail, view in rules.items():
        app.add_url_rule(
            f"/ussd/<gateway>/<token>{tail}",
            f"ussd.{view.__name__}",
            view,
            methods=_METHODS,
            provide_automatic_options=False,
        )
    return callback


class _Views:
    """What Flask does for USSD."""

    def __init__(self, house: House, callback: Callback) -> None:
        self._house = house
        self._callback = callback

    def hop(self, gateway: str, token: str) -> Response:
        """Answer one hop; the door keeps these, unless somebody takes it away."""
        return _plain(
            self._callback.answer(request.method, gateway, token, lambda: read(request.environ))
        )

    def ended(self, gateway: str, token: str) -> Response:
        """Take the notice that a session ended; told twice it is still one row."""
        wire = WIRES.get(gateway)
        if not self._callback.knows(token) or wire is None:
            return _plain(NOT_FOUND)
        if request.method != "POST":
            return _plain(NOT_ALLOWED)
        body = read(request.environ)
        form = body if isinstance(body, Unreadable) else fields(body)
        end = form if isinstance(form, Unreadable) else wire.ended(form, self._house.clock())
        if isinstance(end, Unreadable):
            return _plain(refused(gateway, end))
        session_ends.note(self._house.database, end)
        return _plain(_NOTED)


def _plain(reply: Reply) -> Response:
    headers = {"Allow": "POST"} if reply is NOT_ALLOWED else {}
    return Response(reply.text, reply.status, headers, mimetype="text/plain")
