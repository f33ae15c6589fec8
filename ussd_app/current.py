"""The house behind the app that is being served; nothing else is kept per app."""

from __future__ import annotations

from typing import cast

from flask import Flask, current_app

from runtime.wiring import House

_KEY = "kuning"


def settle(app: Flask, house: House) -> None:
    """Let `app` serve `house`."""
    app.extensions[_KEY] = house


def house() -> House:
    """Give the house of the request being answered."""
    return cast("House", current_app.extensions[_KEY])
