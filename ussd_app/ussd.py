"""USSD callbacks on Flask: the door in front, the plain view it must not differ from, `/ended`."""

from __future__ import annotations

from typing import Final

from flask import Flask, Response, request

from runtime.wiring import House
from services import session_ends
from ussd_app.callback import Callback, Reply, Tokens
from ussd_app.door import Door, read
from ussd_app.hooks import METHODS, plain, receive
from ussd_app.ussd_gateways import WIRES
from ussd_app.ussd_gateways.wire import Form, Unreadable, Wire

__all__ = ["install"]

_NOTED: Final = Reply(200, "ok\n")


def install(app: Flask, house: House) -> None:
    """Add the views to the app of a house, and put the door in front of it."""
    callback = add_views(app, house)
    app.wsgi_app = Door(app.wsgi_app, callback)  # type: ignore[method-assign]  # Flask's own advice


def add_views(app: Flask, house: House) -> Callback:
    """Add the views alone, which do all that the door does; return what answers for both."""
    callback = Callback(house.dialogue, WIRES, Tokens(house.settings.webhook_tokens))
    views = _Views(house, callback)
    rules = {"": views.hop, "/ended": views.ended}
    for tail, view in rules.items():
        app.add_url_rule(
            f"/ussd/<gateway>/<token>{tail}",
            f"ussd.{view.__name__}",
            view,
            methods=METHODS,
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
        return plain(
            self._callback.answer(request.method, gateway, token, lambda: read(request.environ))
        )

    def ended(self, gateway: str, token: str) -> Response:
        """Take the notice that a session ended; told twice it is still one row."""
        wire = WIRES.get(gateway)
        note = (lambda form: self._note(wire, form)) if wire else None
        return receive(self._callback.tokens, token, gateway, note)

    def _note(self, wire: Wire, form: Form) -> Reply | Unreadable:
        end = wire.ended(form, self._house.clock())
        if isinstance(end, Unreadable):
            return end
        settings = self._house.settings
        patience = session_ends.Patience(settings.session_seconds, settings.idle_seconds)
        session_ends.note(self._house.database, end, self._house.dialogue, patience)
        return _NOTED
