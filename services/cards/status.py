"""What an applicant is told of a request: where it stands, and what to do next, where, when."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from types import MappingProxyType
from typing import Final

from sqlalchemy import Connection

from domain import calendar, card
from domain.card import State
from menus.events import Answered
from services.context import CallContext
from storage import card_requests, decisions, offices
from storage.card_requests import CardRequest
from storage.offices import Office

OUTCOMES: Final = (
    "booked",
    "requested",
    "deciding",
    "came",
    "incomplete",
    "signing",
    "ready",
    "issued",
    "report_due",
    "late",
    "no_show",
    "refused",
    "lapsed",
)
"""Every status there is; an SMS tells it by the template `status_<outcome>`."""

_OUTCOMES: Final[Mapping[State, str]] = MappingProxyType(
    {
        State.REPORTED: "issued",
        State.WITHDRAWN: "lapsed",
        State.EXPIRED: "lapsed",
        State.EMPLOYED: "lapsed",
    }
)
"""States that are told as another; the rest have an outcome of their own name."""


def tell(ctx: CallContext) -> Answered:
    """Tell the status of the request this session speaks of."""
    request = card_requests.get(ctx.conn, ctx.known["request"])
    office = offices.get(ctx.conn, request.office) if request else None
    if request is None or office is None:
        raise LookupError("the request of this session is gone")
    return of(ctx.conn, request, office, ctx.now)


def of(conn: Connection, request: CardRequest, office: Office, now: datetime) -> Answered:
    """Return the status of a request, for a screen or an SMS: one of `OUTCOMES`, and its facts.

    ``deciding`` while what an officer did can still be undone: neither how it was nor how it is
    would be true for certain.
    """
    if decisions.unsettled(conn, request.id, now):
        return Answered("deciding", _facts(request, office))
    return settled(request, office, now)


def settled(request: CardRequest, office: Office, now: datetime) -> Answered:
    """Return the status of a request as if nothing about it could be undone."""
    today = calendar.local_day(now, office.zone)
    if is_late(request, office, today):
        return Answered("late", _facts(request, office))
    return Answered(_outcome(request, today), _facts(request, office))


def is_late(request: CardRequest, office: Office, today: date) -> bool:
    """Tell whether the holder let a whole report window go by, so that he needs a new card."""
    due, at = request.next_report_on, request.issued_at
    if request.state is not State.REPORT_DUE or due is None or at is None:
        return False
    return card.late(calendar.local_day(at, office.zone), due, today)


def _outcome(request: CardRequest, today: date) -> str:
    if card.missed(request.state, request.day, today):
        return State.NO_SHOW.value
    # A contested request stays `requested`, but its phone was promised a day like any other: told
    # otherwise, a stranger would learn that the NIK is somebody's.
    if request.state is State.REQUESTED and request.day:
        return "booked"
    return _OUTCOMES.get(request.state, request.state.value)


def _facts(request: CardRequest, office: Office) -> dict[str, str]:
    """Return all facts of any status; a screen takes those it shows."""
    return {
        "name": request.call_name,
        "request": request.id,
        "home": request.home,
        "day": _day(request.day),
        "hour": request.hour or "",
        "missing": request.missing or "",
        "reason": request.reason or "",
        "until": _day(request.expires_on),
        # After the third report there is none before the end of the card.
        "report_day": _day(request.next_report_on or request.expires_on),
        **_office_facts(office),
    }


def _office_facts(office: Office) -> dict[str, str]:
    return {
        "office": office.code,
        "place": office.place,
        "counter": office.counter,
        "papers": office.papers,
        "open": office.open,
    }


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""
