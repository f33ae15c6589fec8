"""Webhooks of SMS gateways: `POST /sms/<gateway>/<token>/delivery|incoming|optout`.

What can be read is 200 at once: it is stored, or spooled while PostgreSQL is away.
"""

from __future__ import annotations

import logging
from functools import partial
from typing import Final

from flask import Flask, Response

from runtime.wiring import House
from services.delivery.callbacks import Callbacks, Kind
from sms.gateways import FORMS
from sms.message import Lane
from storage.spool import Spool, SpoolDown
from ussd_app.callback import Reply, Tokens
from ussd_app.hooks import METHODS, receive
from ussd_app.ussd_gateways.wire import Form, Unreadable

__all__ = ["install"]

_log = logging.getLogger(__name__)
_KINDS: Final = frozenset(Kind)

_OK: Final = Reply(200, "ok\n")
_COME_AGAIN: Final = Reply(503, "cannot be kept now\n")
"""Neither PostgreSQL nor Redis stands: gateways repeat what was not taken."""


def install(app: Flask, house: House) -> None:
    """Add the webhooks to the app of a house."""
    spool = Spool(house.redis_url, house.vault)
    wake, languages = partial(house.nudge, Lane.URGENT), house.settings.languages
    callbacks = Callbacks(house.delivery.news, spool, FORMS, wake, languages)
    tokens = Tokens(house.settings.webhook_tokens)

    def view(gateway: str, token: str, kind: str) -> Response:
        def take(form: Form) -> Reply | Unreadable:
            return _take(callbacks, house, gateway, Kind(kind), form)

        known = gateway in FORMS and kind in _KINDS
        return receive(tokens, token, gateway, take if known else None)

    app.add_url_rule(
        "/sms/<gateway>/<token>/<kind>",
        "sms.webhook",
        view,
        methods=METHODS,
        provide_automatic_options=False,
    )


def _take(
    callbacks: Callbacks, house: House, gateway: str, kind: Kind, form: Form
) -> Reply | Unreadable:
    try:
        taken = callbacks.take(gateway, kind, form, house.clock())
    except SpoolDown:
        _log.error("a callback of %s could not be kept", gateway)
        return _COME_AGAIN
    return _OK if taken else Unreadable(f"this is no {kind} callback")
