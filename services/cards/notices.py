"""What applicants are told by SMS: which template, which facts, to whom, never twice.

A notice is queued in the transaction of the fact it tells.  Facts are in their stored form; the
words are made when the message leaves.  The key of a notice is the request, its version and the
template, so a repeated move tells nothing twice.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Final, NamedTuple

from domain import calendar
from domain.card import State
from services.cards import status
from services.context import Work
from sms.message import Lane
from storage import outbox, outbox_holding, places, reminders
from storage.card_requests import CardRequest
from storage.offices import Office
from storage.phone_changes import PhoneChange
from storage.vault import Unsealable

_log = logging.getLogger(__name__)

OF_STATE: Final[Mapping[State, str]] = MappingProxyType(
    {
        State.BOOKED: "booked",
        State.INCOMPLETE: "incomplete",
        State.READY: "ready",
        State.REFUSED: "refused",
    }
)
"""The states an applicant is told of, with their templates."""

_NO_LONGER_SO: Final = (
    *OF_STATE.values(),
    "reminder",
    "report_reminder",
    *map("status_{}".format, status.OUTCOMES),
)
"""What tells how a request stands, and is untrue once it stands otherwise."""

_NIGHT: Final = timedelta(hours=4)
"""Before midnight, when nobody is sent a reminder any more."""


@dataclass(frozen=True, slots=True)
class Notice:
    """One message to be: enough to queue it, or to show an officer what it will say."""

    template: str
    language: str
    facts: Mapping[str, str]


def take_back(work: Work, request_id: str) -> None:
    """Cancel what was to be told of a request, and repeat nothing that has left: it is not so."""
    outbox.cancel(work.conn, request_id=request_id, templates=_NO_LONGER_SO, now=work.now)
    outbox_holding.outdate(work.conn, request_id=request_id, templates=_NO_LONGER_SO, now=work.now)


def notice(template: str, request: CardRequest, office: Office) -> Notice:
    """Return what ``template`` would tell of ``request`` as it stands."""
    return Notice(template, request.language, _facts(template, request, office))


def tell(
    work: Work,
    template: str,
    request: CardRequest,
    office: Office,
    hold: timedelta = timedelta(),
) -> bool:
    """Queue a notice to the phone of ``request``; False when it has none or was told already.

    It leaves no sooner than after ``hold``.
    """
    key = f"{request.id}:{request.version}:{template}"
    until = _visit(request, office) if template == "booked" else None
    return _queue(work, notice(template, request, office), request, _Times(key, hold, until))


class _Times(NamedTuple):
    """The key of a notice, how long it waits at least, and until when it is of use."""

    key: str
    hold: timedelta = timedelta()
    until: datetime | None = None


def tell_nik_used(work: Work, holder: CardRequest, office: Office) -> bool:
    """Tell the holder of a NIK that somebody registers with it, once a day at most."""
    key = f"{holder.id}:{calendar.local_day(work.now, office.zone)}:nik_used"
    return _queue(work, notice("nik_used", holder, office), holder, _Times(key))


def tell_reminder(work: Work, request: CardRequest, office: Office) -> bool:
    """Remind of tomorrow's visit, once a day that is promised; of no use after eight at night."""
    if request.day is None:
        return False
    eve = calendar.day_begins(request.day, office.zone) - _NIGHT
    key = reminders.key(request.id, request.day, request.version)
    return _queue(work, notice("reminder", request, office), request, _Times(key, until=eve))


def tell_report(work: Work, request: CardRequest, office: Office) -> bool:
    """Remind of the report of a window, once; a number that fell silent is told no name."""
    key = reminders.report_key(request.id, request.next_report_on)
    if request.phone_silent_at is None:
        told = notice("report_reminder", request, office)
        return _queue(work, told, request, _Times(key))
    told = notice("report_reminder_plain", request, office)
    return _send(work, told, request, _Times(key), _opened(work, request))


def tell_phone_change(work: Work, request: CardRequest, office: Office, from_: datetime) -> bool:
    """Tell the number of a request that another is to take its place; it names nobody."""
    day = calendar.local_day(from_, office.zone).isoformat()
    told = Notice("phone_change", request.language, {"place": office.place, "from_day": day})
    times = _Times(f"{request.id}:{from_:%Y%m%d%H%M%S}:phone_change")
    return _send(work, told, request, times, _opened(work, request))


def tell_phone_stopped(
    work: Work, request: CardRequest, office: Office, change: PhoneChange
) -> None:
    """Tell both numbers that the old one stays."""
    stays = notice("phone_stopped", request, office)
    _send(work, stays, request, _Times(f"{change.id}:stopped"), _opened(work, request))
    refused = Notice("phone_refused", change.language, {"place": office.place})
    new = _unsealed(work, change.phone_sealed, places.new_phone(change.id))
    _send(work, refused, request, _Times(f"{change.id}:refused"), new)


def _queue(work: Work, told: Notice, request: CardRequest, times: _Times) -> bool:
    """Queue a notice to the number of a request, unless it fell silent: who has it, who knows."""
    silent = request.phone_silent_at is not None
    return _send(work, told, request, times, None if silent else _opened(work, request))


def _send(work: Work, told: Notice, request: CardRequest, times: _Times, to: str | None) -> bool:
    return to is not None and outbox.add(
        work.conn,
        work.vault,
        office=request.office,
        request_id=request.id,
        lane=Lane.URGENT,
        template=told.template,
        language=told.language,
        params=told.facts,
        to=to,
        dedupe_key=times.key,
        now=work.now,
        not_before=work.now + times.hold,
        expires_at=times.until,
    )


def _opened(work: Work, request: CardRequest) -> str | None:
    """Return the number of a request; ``None`` without one, or when it cannot be opened."""
    if request.phone_sealed is None:
        return None
    return _unsealed(work, request.phone_sealed, places.phone(request.id))


def _unsealed(work: Work, sealed: str, where: str) -> str | None:
    """Open a number, or do without.

    A lost key must not stop the counter, nor make a stranger's call end otherwise because the
    holder of his NIK cannot be told.
    """
    try:
        return work.vault.open(sealed, where=where)
    except Unsealable as error:
        _log.warning("an SMS is not queued, its number cannot be opened: %s", error)
        return None


def _visit(request: CardRequest, office: Office) -> datetime | None:
    """Return the hour of the visit, after which nobody need be told of it."""
    if not (request.day and request.hour):
        return None
    hours, _, minutes = request.hour.partition(":")
    begins = calendar.day_begins(request.day, office.zone)
    return begins.replace(hour=int(hours), minute=int(minutes))


def _facts(template: str, request: CardRequest, office: Office) -> dict[str, str]:
    every = {
        "place": office.place,
        "name": request.call_name,
        "day": request.day.isoformat() if request.day else "",
        "hour": request.hour or "",
        "papers": office.papers,
        "code": request.code,
        "missing": request.missing or "",
        "reason": request.reason or "",
        "open": office.open,
        "phone": office.phone,
    }
    return {name: every[name] for name in _SPOKEN[template]}


_SPOKEN: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "booked": ("place", "name", "day", "hour", "papers", "code"),
        "reminder": ("place", "name", "day", "hour", "papers", "code"),
        "incomplete": ("place", "name", "missing", "open"),
        "ready": ("place", "name", "open"),
        "refused": ("place", "name", "reason", "phone"),
        "nik_used": ("place", "phone"),
        "withdrawn": ("place", "name", "phone"),
        "phone_given": ("place", "name"),
        "phone_stopped": ("place",),
        "report_reminder": ("place", "name"),
        "report_reminder_plain": ("place",),
    }
)
"""What each template may know of a person; nothing else is sealed into the outbox."""
