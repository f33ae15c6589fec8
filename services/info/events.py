"""Job fairs and trainings by phone: what is coming, and who signs up for a training.

Signing up asks for a name and takes this phone; papers are looked at when the training begins. The
office then accepts people one by one, and each hears of it by SMS.
"""

from __future__ import annotations

from datetime import date
from uuid import uuid4

from domain import calendar, msisdn, people
from menus.events import Answered
from services.context import CallContext
from services.info import doors
from sms.message import Lane
from storage import audit, events, locks, outbox, places, sign_ups
from storage.events import Event
from storage.offices import Office
from storage.sign_ups import SignUp

__all__ = ["listed", "read", "sign", "withdraw"]


def listed(ctx: CallContext) -> Answered:
    """List what is coming, the soonest first."""
    office = doors.asked_of(ctx)
    found = events.coming(ctx.conn, office.code, _today(ctx, office))
    if not found:
        return Answered("none")
    lines = [{"value": one.id, "event": one.title, "day": one.day.isoformat()} for one in found]
    return Answered("some", items={"info.events": lines})


def read(ctx: CallContext) -> Answered:
    """Tell of one event, and whether this phone may sign up or has done so."""
    office = doors.asked_of(ctx)
    found = events.get(ctx.conn, ctx.known["event_id"], office.code)
    if found is None or found.state != "published":
        return Answered("gone")
    if found.kind == "fair":
        return Answered("fair", _facts(found))
    seated = _seated(ctx, found)
    if seated:
        return Answered("signed", {**_facts(found), "learner": seated[-1].name})
    free = _has_room(ctx, found, _today(ctx, office))
    return Answered("training" if free else "full", _facts(found))


def sign(ctx: CallContext) -> Answered:
    """Keep a seat for whoever was named; the last seat goes to one caller."""
    office, phone = doors.asked_of(ctx), ctx.caller.msisdn
    if phone is None or not ctx.caller.registrable:
        return Answered("foreign", doors.where(office))
    found = events.lock(ctx.conn, ctx.known["event_id"])
    if found is None or found.office != office.code or found.state != "published":
        return Answered("gone")
    if (before := _before(ctx, found)) and before.state != "withdrawn":
        return Answered("full" if before.state == "declined" else "signed")
    if not _has_room(ctx, found, _today(ctx, office)):
        return Answered("full")
    _keep(ctx, office, found, before or _row(ctx, found, phone))
    return Answered("signed")


def withdraw(ctx: CallContext) -> Answered:
    """Free the seat of whoever was named; it stays free when that is said again."""
    locks.hold(ctx.conn, f"phone:{ctx.caller.phone_index}")
    for one in sign_ups.of_phone(ctx.conn, ctx.known["event_id"], ctx.caller.phone_index):
        if one.name == ctx.known["learner"] and one.state in {"new", "accepted"}:
            gone = {"state": "withdrawn"}
            sign_ups.change(ctx.conn, one.id, one.version, gone, ctx.now)
            _note(ctx, one.office, "training.withdrawn", one.id)
    return Answered("withdrawn")


def _keep(ctx: CallContext, office: Office, event: Event, sign_up: SignUp) -> None:
    """Insert the person, or seat again who withdrew before, and say so by SMS."""
    if sign_up.state == "withdrawn":
        again = {"state": "new", "name": ctx.known["learner"]}
        sign_ups.change(ctx.conn, sign_up.id, sign_up.version, again, ctx.now)
    else:
        sign_ups.add(ctx.conn, sign_up)
    _note(ctx, office.code, "training.signed", sign_up.id)
    outbox.add(
        ctx.conn,
        ctx.vault,
        office=office.code,
        request_id=None,
        lane=Lane.URGENT,
        template="signed_up",
        language=ctx.language,
        params={
            "place": office.place,
            "name": sign_up.name,
            "event": event.title,
            "day": event.day.isoformat(),
        },
        to=ctx.caller.msisdn or "",
        dedupe_key=f"signed_up:{sign_up.id}:{sign_up.version}",
        now=ctx.now,
    )
    ctx.after_commit.append(ctx.nudge)


def _row(ctx: CallContext, event: Event, phone: str) -> SignUp:
    sign_up_id = str(uuid4())
    return SignUp(
        id=sign_up_id,
        office=event.office,
        event_id=event.id,
        name=ctx.known["learner"],
        name_folded=_folded(ctx),
        phone_sealed=ctx.vault.seal(phone, where=places.sign_up_phone(sign_up_id)),
        phone_index=ctx.caller.phone_index,
        phone_last4=msisdn.last4(phone),
        language=ctx.language,
        created_at=ctx.now,
        updated_at=ctx.now,
    )


def _has_room(ctx: CallContext, event: Event, today: date) -> bool:
    """Tell whether anybody may still sign up: there is a seat, and it is not too late."""
    if event.sign_up_until is None or event.sign_up_until < today:
        return False
    return event.seats is None or sign_ups.count(ctx.conn, event.id) < event.seats


def _before(ctx: CallContext, event: Event) -> SignUp | None:
    """Return whom this phone signed up by that name before, however it was written."""
    own = _of_phone(ctx, event)
    return next((one for one in own if one.name_folded == _folded(ctx)), None)


def _seated(ctx: CallContext, event: Event) -> list[SignUp]:
    return [one for one in _of_phone(ctx, event) if one.state in {"new", "accepted"}]


def _of_phone(ctx: CallContext, event: Event) -> list[SignUp]:
    return sign_ups.of_phone(ctx.conn, event.id, ctx.caller.phone_index)


def _folded(ctx: CallContext) -> str:
    return people.folded(ctx.known["learner"])


def _facts(event: Event) -> dict[str, str]:
    return {
        "event": event.title,
        "day": event.day.isoformat(),
        "hour": event.hour,
        "venue": event.venue,
        "rest": event.details,
    }


def _today(ctx: CallContext, office: Office) -> date:
    return calendar.local_day(ctx.now, office.zone)


def _note(ctx: CallContext, office: str, action: str, sign_up_id: str) -> None:
    audit.add(ctx.conn, ctx.now, action=action, office=office, details={"sign_up": sign_up_id})
