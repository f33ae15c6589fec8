"""Services besides the card by phone: their papers, and a day to come where the office offers one.

The card is the first service of the list and keeps its own way (`services.cards`): only it has a
life of reports and expiry by law. For the others a name and a phone are enough; the KTP is seen at
the counter. A phone has one visit of each service before it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final
from uuid import uuid4

from domain import calendar, msisdn, slots, terms
from domain.slots import Hours, Place
from menus.events import Answered
from services.context import CallContext
from services.info import doors
from sms.message import Lane
from storage import audit, holidays, locks, outbox, places, service_types, service_visits
from storage.offices import Office
from storage.service_types import ServiceType
from storage.service_visits import Visit

__all__ = ["CARD", "book", "cancel", "days", "listed", "offer", "read"]

CARD: Final = "card"
"""What stands for the card in the list of services."""

_LISTED: Final = 12
_FREE: Final = "service.free"


def listed(ctx: CallContext) -> Answered:
    """List the services: the card, then what the office tells of besides."""
    told = service_types.told(ctx.conn, ctx.known["info_office"])
    card = {"value": CARD, "service": terms.term("card", ctx.spoken)}
    lines = [card, *({"value": one.id, "service": one.name} for one in told)]
    return Answered("some", items={"info.services": lines})


def read(ctx: CallContext) -> Answered:
    """Tell what to bring for a service, or of the visit that this phone has before it."""
    office = doors.asked_of(ctx)
    if ctx.known["service_id"] == CARD:
        return Answered("card", {"papers": office.papers})
    service = _service(ctx)
    if service is None:
        return Answered("gone")
    if visit := _booked(ctx, office, service):
        return Answered("mine", _mine(visit, service))
    facts = {"service": service.name, "papers": service.papers, "note": service.note}
    return Answered(service.state, facts)


def offer(ctx: CallContext) -> Answered:
    """Offer the soonest free hour of a service."""
    office, service = doors.asked_of(ctx), _service(ctx)
    if service is None or service.state != "booked":
        return Answered("gone")
    if visit := _booked(ctx, office, service):
        return Answered("mine", _mine(visit, service))
    soonest = next(_free(ctx, office, service), None)
    if soonest is None:
        return _full(ctx, office, service)
    return Answered("free", {**_when(soonest.day, soonest.hour), "visit_slot": _value(soonest)})


def days(ctx: CallContext) -> Answered:
    """List free hours of a service, the one already offered left out."""
    office, service = doors.asked_of(ctx), _service(ctx)
    found = list(_free(ctx, office, service)) if service else []
    others = [one for one in found if _value(one) != ctx.known.get("visit_slot")] or found
    if not others or service is None:
        return _full(ctx, office, service)
    lines = [{"value": _value(one), **_when(one.day, one.hour)} for one in others[:_LISTED]]
    return Answered("free", items={_FREE: lines})


def book(ctx: CallContext) -> Answered:
    """Book the hour that was chosen; ``taken`` when it has just gone."""
    office, phone = doors.asked_of(ctx), ctx.caller.msisdn
    if phone is None or not ctx.caller.registrable:
        return Answered("foreign", doors.where(office))
    locks.hold(ctx.conn, f"phone:{ctx.caller.phone_index}")
    service = _service(ctx)
    if service is None or service.state != "booked":
        return Answered("gone")
    if visit := _booked(ctx, office, service):
        return Answered("mine", _mine(visit, service))
    chosen = (one for one in _offered(ctx, office, service) if _value(one) == _chosen(ctx))
    place = next(chosen, None)
    if place is None or not _take(ctx, service, place):
        return Answered("taken")
    return _add(ctx, office, service, place)


def cancel(ctx: CallContext) -> Answered:
    """Free the hour of this phone's visit; it stays free when that is said again."""
    locks.hold(ctx.conn, f"phone:{ctx.caller.phone_index}")
    visit = service_visits.get(ctx.conn, ctx.known["visit"], ctx.known["info_office"])
    own = visit is not None and visit.phone_index == ctx.caller.phone_index
    if visit and own and visit.state == "booked":
        _call_off(ctx, visit)
    return Answered("cancelled")


def _call_off(ctx: CallContext, visit: Visit) -> None:
    """Free the hour of a visit, unless an officer was faster: who came has used it."""
    gone = {"state": "withdrawn"}
    if service_visits.change(ctx.conn, visit.id, visit.version, gone, ctx.now):
        service_visits.give_back(ctx.conn, visit)
        if reminder := outbox.find(ctx.conn, service_visits.reminder_key(visit.id)):
            outbox.cancel_one(ctx.conn, reminder, now=ctx.now)
        _note(ctx, visit, "visit.withdrawn")


def _add(ctx: CallContext, office: Office, service: ServiceType, place: Place) -> Answered:
    today = calendar.local_day(ctx.now, office.zone)
    service_visits.close_over(ctx.conn, service.id, ctx.caller.phone_index, today)
    visit = _row(ctx, service, place)
    service_visits.add(ctx.conn, visit)
    _note(ctx, visit, "visit.booked")
    facts = {**_when(visit.day, visit.hour), "papers": service.papers}
    outbox.add(
        ctx.conn,
        ctx.vault,
        office=office.code,
        request_id=None,
        lane=Lane.URGENT,
        template="visit_booked",
        language=ctx.language,
        params={**facts, "place": office.place, "name": visit.name, "service": service.name},
        to=ctx.caller.msisdn or "",
        dedupe_key=f"visit:{visit.id}",
        now=ctx.now,
    )
    ctx.after_commit.append(ctx.nudge)
    return Answered("booked", facts)


def _row(ctx: CallContext, service: ServiceType, place: Place) -> Visit:
    visit_id, phone = str(uuid4()), ctx.caller.msisdn or ""
    return Visit(
        id=visit_id,
        office=service.office,
        service_id=service.id,
        name=ctx.known["guest"],
        phone_sealed=ctx.vault.seal(phone, where=places.visit_phone(visit_id)),
        phone_index=ctx.caller.phone_index,
        phone_last4=msisdn.last4(phone),
        language=ctx.language,
        day=place.day,
        hour=place.hour,
        created_at=ctx.now,
        updated_at=ctx.now,
    )


def _service(ctx: CallContext) -> ServiceType | None:
    """Return the chosen service while callers may hear of it."""
    chosen = ctx.known["service_id"]
    told = service_types.told(ctx.conn, ctx.known["info_office"])
    return next((one for one in told if one.id == chosen), None)


def _booked(ctx: CallContext, office: Office, service: ServiceType) -> Visit | None:
    today = calendar.local_day(ctx.now, office.zone)
    return service_visits.booked_of(ctx.conn, service.id, ctx.caller.phone_index, today)


def _take(ctx: CallContext, service: ServiceType, place: Place) -> bool:
    return service_visits.take(ctx.conn, service.id, place.day, place.hour, place.capacity)


def _free(ctx: CallContext, office: Office, service: ServiceType) -> Iterator[Place]:
    today = calendar.local_day(ctx.now, office.zone)
    last = today + timedelta(days=service.ahead_days)
    taken = service_visits.taken(ctx.conn, service.id, today, last)
    return slots.free(_offered(ctx, office, service), taken)


def _offered(ctx: CallContext, office: Office, service: ServiceType) -> Iterator[Place]:
    """Yield the hours of a service on the days on which the office is open too."""
    local = calendar.local(ctx.now, office.zone)
    last = local.date() + timedelta(days=service.ahead_days)
    closed = holidays.between(ctx.conn, office.code, local.date(), last)
    return slots.offered(_hours(service), local, service.ahead_days, closed)


def _hours(service: ServiceType) -> Hours:
    doors_open = slots.opening(service.open)
    hours = tuple(service.hours.split(","))
    weekdays = doors_open.weekdays() if doors_open else frozenset[int]()
    return Hours(weekdays, hours, service.hour_quota * len(hours), service.hour_quota)


def _full(ctx: CallContext, office: Office, service: ServiceType | None) -> Answered:
    ahead = timedelta(days=service.ahead_days if service else 0)
    return Answered("full", {"until": str(calendar.local_day(ctx.now, office.zone) + ahead)})


def _mine(visit: Visit, service: ServiceType) -> dict[str, str]:
    facts = {"guest": visit.name, "service": service.name, "visit": visit.id}
    return {**facts, **_when(visit.day, visit.hour)}


def _when(day: date, hour: str) -> dict[str, str]:
    return {"day": day.isoformat(), "hour": hour}


def _value(place: Place) -> str:
    return f"{place.day} {place.hour}"


def _chosen(ctx: CallContext) -> str:
    return ctx.known["visit_slot"]


def _note(ctx: CallContext, visit: Visit, action: str) -> None:
    audit.add(ctx.conn, ctx.now, action=action, office=visit.office, details={"visit": visit.id})
