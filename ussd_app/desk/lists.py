"""*Semua daftar*: one line for each kind of request, with what waits and what is overdue.

Who adds a kind of request adds its line here; the menu stays as short as it is.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from flask import g, render_template
from sqlalchemy import Connection

from domain.calendar import local_day
from services.callbacks import ringing
from services.incoming import letters
from services.officers import Right, may
from services.tickets import showing
from storage import service_visits, sign_ups
from ussd_app import current
from ussd_app.desk import guard, interests
from ussd_app.desk.pages import pages


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many wait, and how many of them for too long; None where nothing is ever waited for."""

    count: int | None
    late: int = 0


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind: its words (`lists.<name>`), its page, and how to count for an office."""

    name: str
    endpoint: str
    waiting: Callable[[Connection, str, datetime], Waiting]
    right: Right = Right.WORK


def _messages(conn: Connection, office: str, now: datetime) -> Waiting:
    del now
    return Waiting(letters.count(conn, office))


def _callbacks(conn: Connection, office: str, now: datetime) -> Waiting:
    del now
    return Waiting(ringing.count(conn, office))


def _tickets(conn: Connection, office: str, now: datetime) -> Waiting:
    return Waiting(*showing.count(conn, office, now))


def _nobody_waits(conn: Connection, office: str, now: datetime) -> Waiting:
    del conn, office, now
    return Waiting(None)


def _interests(conn: Connection, office: str, now: datetime) -> Waiting:
    del now
    return Waiting(interests.waiting(conn, office))


def _sign_ups(conn: Connection, office: str, now: datetime) -> Waiting:
    del now
    return Waiting(sign_ups.count_new(conn, office))


def _visits(conn: Connection, office: str, now: datetime) -> Waiting:
    return Waiting(service_visits.count_from(conn, office, local_day(now, g.zone)))


LISTS: Final = (
    Kind("tickets", "desk.tickets", _tickets),
    Kind("callbacks", "desk.callbacks", _callbacks),
    Kind("messages", "desk.messages", _messages),
    Kind("interests", "desk.interests", _interests),
    Kind("by_phone", "desk.by_phone_list", _nobody_waits),
    Kind("visits", "desk.visits", _visits),
    Kind("events", "desk.events", _sign_ups),
    Kind("services", "desk.services", _nobody_waits),
    Kind("answers", "desk.answers", _nobody_waits),
    Kind("vacancies", "desk.vacancies", _nobody_waits),
    Kind("menus", "desk.menus", _nobody_waits),
    Kind("cadres", "desk.cadres", _nobody_waits, Right.MANAGE_OFFICERS),
)


@pages.get("/lists")
def lists() -> str:
    """Show every kind of request that this officer may handle."""
    officer = guard.officer()
    with current.house().database.begin() as conn:
        kinds = [
            (kind, kind.waiting(conn, officer.office, g.now))
            for kind in LISTS
            if may(officer, kind.right)
        ]
    return render_template("desk/lists.html", kinds=kinds)
