"""What all Flask views share that gateways post to: token, method, form, and the way back.

No gateway signs its callbacks: the token in the path is what tells one from a stranger. A wrong one
is 404, as if there were nothing here, whatever the method.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from flask import Response, request

from ussd_app.callback import NOT_ALLOWED, NOT_FOUND, Reply, Tokens, fields, refused
from ussd_app.door import read
from ussd_app.ussd_gateways.wire import Form, Unreadable

METHODS: Final = ("GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
"""All of them, for a rule whose view says 404 or 405 itself."""


def receive(
    tokens: Tokens, token: str, gateway: str, work: Callable[[Form], Reply | Unreadable] | None
) -> Response:
    """Let `work` answer a form that came with one of our tokens; None: there is nothing here."""
    if not tokens.know(token) or work is None:
        return plain(NOT_FOUND)
    if request.method != "POST":
        return plain(NOT_ALLOWED)
    body = read(request.environ)
    form = body if isinstance(body, Unreadable) else fields(body)
    reply = form if isinstance(form, Unreadable) else work(form)
    return plain(refused(gateway, reply) if isinstance(reply, Unreadable) else reply)


def plain(reply: Reply) -> Response:
    """Return a reply as Flask sends it."""
    headers = {"Allow": "POST"} if reply is NOT_ALLOWED else {}
    return Response(reply.text, reply.status, headers, mimetype="text/plain")
