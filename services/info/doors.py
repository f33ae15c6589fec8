"""Which office a caller asks about, whether it is open today, and how many come."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from domain import calendar
from domain.card import LIVE
from domain.slots import opening
from menus.events import Answered
from services.context import CallContext
from storage import card_requests, holidays, offices, queue
from storage.offices import Office

__all__ = ["asked_of", "choose", "tell", "where"]

_LOOKED_AHEAD: Final = timedelta(days=30)
"""No office is closed for longer; Lebaran closes it for ten days."""


def choose(ctx: CallContext) -> Answered:
    """Tell whose office it is, or list those that are served."""
    served = [office for office in offices.every(ctx.conn) if office.code in ctx.offices]
    by_code = {office.code: office for office in served}
    hinted = next((by_code[hint] for hint in _hints(ctx) if hint in by_code), None)
    own = hinted or (served[0] if len(served) == 1 else None)
    if own:
        return Answered("one", {"info_office": own.code})
    if not served:
        return Answered("none")
    lines = [{"value": office.code, "place": office.place} for office in served]
    return Answered("several", items={"info.offices": lines})


def tell(ctx: CallContext) -> Answered:
    """Tell where an office is, whether it is open today, and how full the day is."""
    office = asked_of(ctx)
    facts = {
        **where(office),
        "counter": office.counter,
        "address": office.address,
        "office_phone": office.phone,
    }
    today = calendar.local_day(ctx.now, office.zone)
    opens = next(_open_days(ctx, office, today), None)
    if opens and opens > today:
        return Answered("closed", {**facts, "day": opens.isoformat()})
    begins = calendar.day_begins(today, office.zone)
    found = queue.of_day(ctx.conn, office.code, today, begins)
    return Answered("open", {**facts, "count": str(found.expected), "came": str(found.came)})


def asked_of(ctx: CallContext) -> Office:
    """Return the office that a caller asks about."""
    office = offices.get(ctx.conn, ctx.known["info_office"])
    if office is None:
        raise LookupError("the office of this session is gone")
    return office


def where(office: Office) -> dict[str, str]:
    """Return where to come to, and when."""
    return {"place": office.place, "open": office.open}


def _open_days(ctx: CallContext, office: Office, today: date) -> Iterator[date]:
    """Yield the days on which the doors are open, from today on."""
    doors = opening(office.open)
    weekdays = doors.weekdays() if doors else frozenset(range(1, 6))
    closed = holidays.between(ctx.conn, office.code, today, today + _LOOKED_AHEAD)
    for ahead in range(_LOOKED_AHEAD.days):
        day = today + timedelta(days=ahead)
        if day.isoweekday() in weekdays and day not in closed:
            yield day


def _hints(ctx: CallContext) -> Iterator[str]:
    """Yield what tells whose caller this is, the surest first."""
    yield ctx.known.get("office", "")
    yield ctx.known.get("home", "")[:5]
    for request in card_requests.of_phone(ctx.conn, ctx.caller.phone_index, LIVE):
        yield request.office
