"""The browser phone: a basic handset on a page, for the demo and for showing the service.

Its page posts to the same webhook as a gateway, so nothing of the dialogue comes in here, and its
inbox shows what the simulator carried. In production none of it is mounted: every address is 404.
"""

from __future__ import annotations

from flask import Flask

from ussd_app.phone.page import phone


def install(app: Flask, *, demo: bool) -> None:
    """Mount the phone in the demo."""
    if demo:
        app.register_blueprint(phone)
