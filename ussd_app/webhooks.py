"""Webhooks of SMS gateways: `POST /sms/<gateway>/<token>/delivery|incoming|optout`.

No gateway signs its callbacks, so the secret in the path is what tells it from a stranger; a wrong
one is 404, as if there were nothing here. What can be read is 200 at once.
"""

from __future__ import annotations

import logging

from flask import Flask, Response, request

from runtime.wiring import House
from services.delivery.callbacks import Callbacks, Kind
from sms.gateways import FORMS
from storage.spool import Spool, SpoolDown
from ussd_app.callback import NOT_ALLOWED, NOT_FOUND, Callback, Reply, fields, refused
from ussd_app.door import read
from ussd_app.ussd_gateways.wire import Unreadable

__all__ = ["install"]

_log = logging.getLogger(__name__)

OK = Reply(200, "ok\n")
COME_AGAIN = Reply(503, "cannot be kept now\n")
"""Neither PostgreSQL nor Redis stands: gateways repeat what was not taken."""


def install(app: Flask, house: House) -> None:
    """Add the webhooks to the app of a house."""
    callbacks = Callbacks(house.delivery.news, Spool(house.redis_url, house.vault), FORMS)
    door = Callback(house.dialogue, {}, tuple(t.encode() for t in house.settings.webhook_tokens))

    def receive(gateway: str, token: str, kind: str) -> Response:
        if not door.knows(token) or gateway not in FORMS or kind not in set(Kind):
            return _plain(NOT_FOUND)
        if request.method != "POST":
            return _plain(NOT_ALLOWED)
        body = read(request.environ)
        form = body if isinstance(body, Unreadable) else fields(body)
        if isinstance(form, Unreadable):
            return _plain(refused(gateway, form))
        try:
            taken = callbacks.take(gateway, Kind(kind), form, house.clock())
        except SpoolDown:
            _log.error("a callback of %s could not be kept", gateway)
            return _plain(COME_AGAIN)
        return _plain(OK if taken else refused(gateway, Unreadable(f"this is no {kind} callback")))

    app.add_url_rule(
        "/sms/<gateway>/<token>/<kind>",
        "sms.webhook",
        receive,
        # All of them, so that a wrong token is 404 whatever the method.
        methods=["GET", "POST", "PUT", "PATCH", "DELETE"],
    )


def _plain(reply: Reply) -> Response:
    headers = {"Allow": "POST"} if reply is NOT_ALLOWED else {}
    return Response(reply.text, reply.status, headers, mimetype="text/plain")
