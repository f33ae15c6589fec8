"""The web: desk, browser phone, the USSD door, webhooks of gateways, health, and the command line.

What comes in: requests. What may not: rules of cards, dialogues or messages; each page asks a
service and shows what it answers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

    from runtime.wiring import House


def create_app(house: House) -> Flask:
    """Make the web application of a house; it keeps nothing of its own."""
    # The command line lives in this package too, and shall not wait for Flask.
    from flask import Flask  # noqa: PLC0415

    from ussd_app import (  # noqa: PLC0415
        assets,
        current,
        desk,
        errors,
        health,
        limits,
        phone,
        security,
        ussd,
        webhooks,
    )

    app = Flask(__name__)
    current.settle(app, house)
    security.install(app, house.settings)
    assets.install(app)
    errors.install(app)
    desk.install(app)
    phone.install(app, demo=house.settings.demo)
    health.install(app, house)
    limits.install(app, house)
    webhooks.install(app, house)
    ussd.install(app, house)
    return app
