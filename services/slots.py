"""Free days and hours of an office, as its quota, holidays and bookings leave them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from itertools import groupby

from sqlalchemy import Connection

from domain import calendar
from domain import slots as rules
from domain.slots import Hours, Place
from menus.events import Answered
from menus.session import Session
from services.context import CallContext
from storage import holidays, offices
from storage import slots as stored
from storage.card_requests import CardRequest
from storage.offices import Office

_DAYS_LISTED = 8
_ON_THE_WAY = timedelta(hours=2)
"""From the villages it is a long way: nobody is told to come sooner than this."""
_HOURS_LISTED = 3
_SLOT = "slot"
_OFFERED = frozenset({_SLOT, "day", "hour"})
_LIST = "slots.free"


def offer(ctx: CallContext) -> Answered:
    """Offer the soonest free hour."""
    office = _office(ctx)
    soonest = next(free(ctx.conn, office, ctx.now), None)
    if soonest is None:
        return _full(ctx, office)
    facts = {"day": soonest.day.isoformat(), "hour": soonest.hour, _SLOT: value(soonest)}
    return Answered("free", {**facts, "place": office.place})


def listed(ctx: CallContext) -> Answered:
    """List free hours of the coming days, a few of each day; not the one already offered.

    Who asks for another day cannot come on that one: its other hours stand last.
    """
    office = _office(ctx)
    found = list(_spread(free(ctx.conn, office, ctx.now)))
    if not found:
        return _full(ctx, office)
    told = ctx.known.get(_SLOT, "")
    others = [place for place in found if value(place) != told] or found
    others.sort(key=lambda place: told.startswith(place.day.isoformat()))
    lines = [
        {"value": value(place), "day": place.day.isoformat(), "hour": place.hour}
        for place in others
    ]
    return Answered("free", items={_LIST: lines})


def free(conn: Connection, office: Office, now: datetime) -> Iterator[Place]:
    """Yield the hours with room left that a caller can still reach, the soonest first."""
    taken = stored.taken(conn, office.code, *_window(office, now))
    arrives = calendar.local(now + _ON_THE_WAY, office.zone)
    soonest = f"{arrives:%Y-%m-%d %H:%M}"
    places = (place for place in offered(conn, office, now) if value(place) >= soonest)
    return rules.free(places, taken)


def offered(conn: Connection, office: Office, now: datetime) -> Iterator[Place]:
    """Yield the hours an office offers from ``now`` on, full or not."""
    closed = holidays.between(conn, office.code, *_window(office, now))
    local = calendar.local(now, office.zone)
    return rules.offered(hours(office), local, office.ahead_days, closed)


def find(conn: Connection, office: Office, now: datetime, slot: str) -> Place | None:
    """Return the place that ``slot`` names, when the office offers it now, full or not."""
    return next((place for place in offered(conn, office, now) if value(place) == slot), None)


def has_room(conn: Connection, office: Office, place: Place) -> bool:
    """Tell whether a place is free; by the time it is taken, it may not be."""
    taken = stored.taken(conn, office.code, place.day, place.day)
    return taken.get((place.day, place.hour), 0) < place.capacity


def take(conn: Connection, office: Office, place: Place) -> bool:
    """Take one place of an hour; False when none is left.  The last one goes to one caller."""
    return stored.take(conn, office.code, place.day, place.hour, place.capacity)


def hold(conn: Connection, office: Office, place: Place, request: CardRequest) -> None:
    """Hold the hour a visit is moved to and the one it leaves, always in one order.

    Two officers who swap the hours of two people would else wait for each other.
    """
    wanted = {(office.code, place.day, place.hour)}
    if request.holds_slot and request.day and request.hour:
        wanted.add((request.office, request.day, request.hour))
    for code, hours_of in groupby(sorted(wanted), key=lambda one: one[0]):
        stored.hold(conn, code, {(day, hour) for _, day, hour in hours_of})


def reserve(conn: Connection, office: Office, place: Place, *, contested: bool) -> bool:
    """Take a place, or for a contested request only see that there is one: it holds none."""
    return has_room(conn, office, place) if contested else take(conn, office, place)


def without_stale_offer(ctx: CallContext, session: Session) -> Session:
    """Return a session that lay for a while without what it was offered, unless that stands.

    The list of other hours goes in any case.  A screen that lacks its hour is not shown again:
    the visit is offered anew.
    """
    lists = {name: lines for name, lines in session.lists.items() if name != _LIST}
    known = session.known
    if _SLOT in known and not _still_free(ctx, known):
        known = {name: value for name, value in known.items() if name not in _OFFERED}
    return session.but(known=known, lists=lists)


def _still_free(ctx: CallContext, known: Mapping[str, str]) -> bool:
    office = offices.get(ctx.conn, known.get("office", ""))
    return office is not None and any(
        value(place) == known[_SLOT] for place in free(ctx.conn, office, ctx.now)
    )


def hours(office: Office) -> Hours:
    """Return the appointment hours of an office; its open weekdays are those of its doors."""
    opening = rules.opening(office.open)
    weekdays = opening.weekdays() if opening else frozenset(range(1, 6))
    return Hours(weekdays, office.hours, office.daily_quota, office.hour_quota)


def value(place: Place) -> str:
    """Return a place as it is stored in a session: ``2026-11-24 09:00``."""
    return f"{place.day} {place.hour}"


def _office(ctx: CallContext) -> Office:
    office = offices.get(ctx.conn, ctx.known["office"])
    if office is None:
        raise LookupError("the office of this session is gone")
    return office


def _window(office: Office, now: datetime) -> tuple[date, date]:
    today = calendar.local_day(now, office.zone)
    return today, today + timedelta(days=office.ahead_days)


def _full(ctx: CallContext, office: Office) -> Answered:
    _, until = _window(office, ctx.now)
    return Answered("full", {"until": until.isoformat()})


def _spread(places: Iterator[Place]) -> Iterator[Place]:
    """Yield of each of the first days its first, middle and last free hour."""
    for number, (_, of_day) in enumerate(groupby(places, key=lambda place: place.day)):
        if number == _DAYS_LISTED:
            return
        day = list(of_day)
        picked = {day[round(step * (len(day) - 1) / 2)] for step in range(_HOURS_LISTED)}
        yield from sorted(picked)
