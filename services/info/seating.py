"""Who comes for a training or another service, as officers see and judge it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final

from domain import calendar
from services.cards.outcomes import Desk
from services.info.editing import Changed, Outcome, Saved
from sms.message import Lane
from storage import audit, events, offices, outbox, places, service_visits, sign_ups
from storage.events import Event
from storage.service_visits import Expected
from storage.sign_ups import SignUp
from storage.vault import Unsealable

__all__ = ["SEATED", "VISITED", "count_today", "expected", "judge", "mark"]

SEATED: Final = ("accepted", "declined")
"""What may be said to somebody who signed up for a training."""

VISITED: Final = ("came", "absent")
"""What may become of a visit."""


def judge(desk: Desk, sign_up_id: str, version: int, state: str) -> Outcome:
    """Accept or decline somebody for a training, who hears of it by SMS."""
    found = sign_ups.get(desk.conn, sign_up_id, desk.officer.office)
    event = events.get(desk.conn, found.event_id, desk.officer.office) if found else None
    if found is None or event is None:
        return None
    if found.state == state and found.officer_id == desk.officer.id:
        return Saved(sign_up_id)
    values = {"state": state, "officer_id": desk.officer.id}
    fresh = found.state != "withdrawn"
    if not fresh or not sign_ups.change(desk.conn, found.id, version, values, desk.now):
        return Changed()
    _note(desk, f"training.{state}", {"sign_up": found.id})
    _tell(desk, found, event, state)
    return Saved(sign_up_id)


def expected(desk: Desk, limit: int) -> list[Expected]:
    """Return who comes for other services, from today on."""
    return service_visits.expected(desk.conn, desk.officer.office, _today(desk), limit)


def count_today(desk: Desk) -> int:
    """Count who comes for other services, from today on."""
    return service_visits.count_from(desk.conn, desk.officer.office, _today(desk))


def mark(desk: Desk, visit_id: str, version: int, state: str) -> Outcome:
    """Write down that somebody came, or did not."""
    found = service_visits.get(desk.conn, visit_id, desk.officer.office)
    if found is None:
        return None
    if found.state == state and found.officer_id == desk.officer.id:
        return Saved(visit_id)
    values = {"state": state, "officer_id": desk.officer.id}
    fresh = found.state != "withdrawn"
    if not fresh or not service_visits.change(desk.conn, visit_id, version, values, desk.now):
        return Changed()
    _note(desk, f"visit.{state}", {"visit": visit_id})
    return Saved(visit_id)


def _tell(desk: Desk, sign_up: SignUp, event: Event, state: str) -> None:
    """Say it by SMS; nothing where the number's key is lost: the desk's work goes on."""
    office = offices.get(desk.conn, event.office)
    try:
        phone = desk.vault.open(sign_up.phone_sealed, where=places.sign_up_phone(sign_up.id))
    except Unsealable:
        return
    facts = {"place": office.place if office else "", "name": sign_up.name, "event": event.title}
    when = {"day": event.day.isoformat(), "hour": event.hour, "venue": event.venue}
    outbox.add(
        desk.conn,
        desk.vault,
        office=event.office,
        request_id=None,
        lane=Lane.URGENT,
        template=f"sign_up_{state}",
        language=sign_up.language,
        params={**facts, **when} if state == "accepted" else facts,
        to=phone,
        dedupe_key=f"sign_up:{sign_up.id}:{sign_up.version}",
        now=desk.now,
    )


def _note(desk: Desk, action: str, details: Mapping[str, str]) -> None:
    audit.add(
        desk.conn,
        desk.now,
        action=action,
        office=desk.officer.office,
        officer_id=desk.officer.id,
        details=details,
    )


def _today(desk: Desk) -> date:
    office = offices.get(desk.conn, desk.officer.office)
    return calendar.local_day(desk.now, office.zone if office else "WIB")
