"""What officers change of what their office tells: answers, events, services.

Whoever saves a page that somebody else has changed meanwhile is told so, and nothing is lost. What
callers are told goes out by SMS too: it holds no link, no money and no NIK.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Final, TypeVar
from uuid import uuid4

from domain import calendar
from domain.info_details import (
    AnswerDetails,
    EventDetails,
    Flaw,
    ServiceDetails,
    read_answer,
    read_event,
    read_service,
)
from services.cards.outcomes import Desk
from services.info import answering
from services.info.answering import Entry
from sms.issues import held
from storage import answers, audit, events, offices, service_types
from storage.answers import Answer
from storage.events import Event
from storage.offices import Office
from storage.service_types import ServiceType

__all__ = [
    "Changed",
    "Outcome",
    "Saved",
    "answer",
    "judge_answer",
    "judge_event",
    "judge_service",
    "move_event",
    "save_answer",
    "save_event",
    "save_service",
]

_Details = TypeVar("_Details", AnswerDetails, EventDetails, ServiceDetails)
_NEXT: Final[Mapping[str, str]] = {"publish": "published", "close": "closed"}


@dataclass(frozen=True, slots=True)
class Saved:
    """It is saved, under this id or key."""

    id: str


@dataclass(frozen=True, slots=True)
class Changed:
    """Somebody else has changed it meanwhile: it stands as it was."""


Outcome = Saved | Changed | None
"""None: the officer's office has no such one."""


def answer(desk: Desk, key: str) -> Entry | None:
    """Return one of the answers of the officer's office."""
    return answering.every(desk.conn, _office(desk)).get(key)


def judge_answer(entered: Mapping[str, str]) -> AnswerDetails | tuple[Flaw, ...]:
    """Read an answer, or tell all that is wrong with it."""
    return _unheld(read_answer(entered), "text")


def save_answer(
    desk: Desk, key: str, language: str, version: int, details: AnswerDetails
) -> Outcome:
    """Say an answer in the office's own words; ``key`` is empty for a new one."""
    row = Answer(
        office=desk.officer.office,
        key=key or uuid4().hex,
        language=language,
        version=version,
        updated_at=desk.now,
        **asdict(details),
    )
    done = answers.change(desk.conn, row) if version else answers.add(desk.conn, row)
    return _done(desk, "answer.changed", {"answer": row.key, "language": language}, done=done)


def judge_event(desk: Desk, entered: Mapping[str, str]) -> EventDetails | tuple[Flaw, ...]:
    """Read an event, or tell all that is wrong with it."""
    return _unheld(read_event(entered, _today(desk)), "details")


def save_event(desk: Desk, event_id: str, version: int, details: EventDetails) -> Outcome:
    """Enter an event as a draft, or change one; ``event_id`` is empty for a new one."""
    if not event_id:
        return _add_event(desk, details)
    if events.get(desk.conn, event_id, desk.officer.office) is None:
        return None
    done = events.change(desk.conn, event_id, version, asdict(details), desk.now)
    return _done(desk, "event.changed", {"event": event_id}, done=done)


def move_event(desk: Desk, event_id: str, version: int, step: str) -> Outcome:
    """Publish or close an event; what stands so already is left as it is."""
    found = events.get(desk.conn, event_id, desk.officer.office)
    if found is None:
        return None
    if found.state == _NEXT[step]:
        return Saved(event_id)
    done = events.change(desk.conn, event_id, version, {"state": _NEXT[step]}, desk.now)
    return _done(desk, f"event.{step}", {"event": event_id}, done=done)


def judge_service(entered: Mapping[str, str]) -> ServiceDetails | tuple[Flaw, ...]:
    """Read a service, or tell all that is wrong with it."""
    return _unheld(read_service(entered), "note")


def save_service(desk: Desk, service_id: str, version: int, details: ServiceDetails) -> Outcome:
    """Enter a service or change one; two of one office never have one name."""
    if _same_name(desk, service_id, details.name):
        return Changed()
    if not service_id:
        return _add_service(desk, details)
    if service_types.get(desk.conn, service_id, desk.officer.office) is None:
        return None
    done = service_types.change(desk.conn, service_id, version, asdict(details), desk.now)
    return _done(desk, "service.changed", {"service": service_id}, done=done)


def _add_event(desk: Desk, details: EventDetails) -> Outcome:
    event = Event(
        id=str(uuid4()),
        office=desk.officer.office,
        state="draft",
        created_at=desk.now,
        updated_at=desk.now,
        **asdict(details),
    )
    events.add(desk.conn, event)
    return _done(desk, "event.entered", {"event": event.id}, done=True)


def _add_service(desk: Desk, details: ServiceDetails) -> Outcome:
    service = ServiceType(
        id=str(uuid4()), office=desk.officer.office, updated_at=desk.now, **asdict(details)
    )
    done = service_types.add(desk.conn, service)
    return _done(desk, "service.entered", {"service": service.id}, done=done)


def _same_name(desk: Desk, service_id: str, name: str) -> bool:
    every = service_types.every(desk.conn, desk.officer.office)
    return any(one.name == name and one.id != service_id for one in every)


def _unheld(read: _Details | tuple[Flaw, ...], field: str) -> _Details | tuple[Flaw, ...]:
    """Refuse what no SMS of ours may hold."""
    if isinstance(read, tuple):
        return read
    told = {name: value for name, value in asdict(read).items() if name != "asked"}
    bad = any(held(value) for value in told.values() if isinstance(value, str))
    return (Flaw(field, "held"),) if bad else read


def _done(desk: Desk, action: str, details: Mapping[str, str], *, done: bool) -> Outcome:
    if not done:
        return Changed()
    audit.add(
        desk.conn,
        desk.now,
        action=action,
        office=desk.officer.office,
        officer_id=desk.officer.id,
        details=details,
    )
    return Saved(next(iter(details.values())))


def _today(desk: Desk) -> date:
    return calendar.local_day(desk.now, _office(desk).zone)


def _office(desk: Desk) -> Office:
    office = offices.get(desk.conn, desk.officer.office)
    if office is None:
        raise LookupError("an officer without an office")
    return office
