"""The door, and the plain Flask view, before a dialogue that says back what it heard."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, cast

from flask import Flask

from menus.events import Screen
from runtime.wiring import House
from services.dialogue.turn import Turn
from storage.database import Database
from ussd_app import ussd

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

TOKENS = ("now-0123456789abcdef", "next-0123456789abcdef")
PATH = f"/ussd/africastalking/{TOKENS[0]}"


class Echo:
    """Ends on "0", else asks for more."""

    def hear(self, turn: Turn) -> Screen:
        return Screen(f"{turn.phone} {turn.history}", ends=turn.history.endswith("0"))


@dataclass(frozen=True, slots=True)
class _Settings:
    webhook_tokens: tuple[str, ...] = TOKENS
    session_seconds: int = 180
    idle_seconds: int = 30


@dataclass(frozen=True, slots=True)
class _House:
    """As much of a house as callbacks need."""

    dialogue: Echo
    settings: _Settings
    database: Database | None

    def clock(self) -> datetime:
        return datetime(2026, 11, 22, 3, tzinfo=UTC)


def flask_app(database: Database | None = None) -> Flask:
    app = Flask(__name__)
    ussd.add_views(app, house(database))
    return app


def door_app(database: Database | None = None) -> Flask:
    app = Flask(__name__)
    ussd.install(app, house(database))
    return app


def house(database: Database | None) -> House:
    return cast("House", _House(Echo(), _Settings(), database))


def granian() -> WSGIApplication:
    """Make the application for `granian --factory`."""
    return door_app().wsgi_app
