"""All that happened to one person in one list, newest first: phone calls, SMS, decisions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, Final

from sqlalchemy import Connection

from sms.message import Status
from storage import alert_messages, audit, phone_calls, timeline
from storage.card_requests import CardRequest
from storage.timeline import Report, SentMessage

MOST: Final = 100
"""So many of each kind are shown; who needs more looks into the audit."""

_NOT_ARRIVED: Final = frozenset({Status.UNKNOWN, Status.FAILED, Status.UNDELIVERED})


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that was done, by an officer (name) or by the service itself (None)."""

    kind: ClassVar[str] = "deed"
    at: datetime
    officer: str | None
    action: str
    details: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Call:
    """One phone call: the state it `reached`, how it ended ("" while nobody told), its length.

    `other`: from another phone than the request's own.
    """

    kind: ClassVar[str] = "call"
    at: datetime
    reached: str
    status: str
    seconds: int | None
    other: bool


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that is known of an SMS: its status then, or a gateway's own `word`, and why."""

    at: datetime
    status: str
    word: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sms:
    """One SMS: its template, where it stands, its segments once known, each step with its time.

    `again`: it repeats an earlier one; `may_resend`: it did not arrive, nobody repeated it yet, and
    what it says is still so.
    """

    kind: ClassVar[str] = "sms"
    at: datetime
    id: str
    template: str
    status: str
    segments: int | None
    steps: tuple[Step, ...]
    again: bool
    may_resend: bool


@dataclass(frozen=True, slots=True)
class Letter:
    """One SMS that came in; `about` is the keyword it was, or "free"."""

    kind: ClassVar[str] = "letter"
    at: datetime
    about: str


Entry = Event | Call | Sms | Letter
_ORDER: Final = ("call", "letter", "deed", "sms")
"""Which of several at one moment came first: who called was served, then told."""


def of(conn: Connection, request: CardRequest, now: datetime) -> tuple[Entry, ...]:
    """Return the timeline of a request, newest first."""
    entries: list[Entry] = [*_calls(conn, request), *_letters(conn, request)]
    entries += [*_events(conn, request), *_messages(conn, request, now)]
    entries.sort(key=lambda entry: (entry.at, _ORDER.index(entry.kind)))
    return tuple(reversed(entries))


def _calls(conn: Connection, request: CardRequest) -> Iterator[Call]:
    for call in phone_calls.about(conn, request.id, request.phone_index, MOST):
        seconds = None if call.duration_ms is None else call.duration_ms // 1000
        other = call.phone_index != request.phone_index
        yield Call(call.began_at, call.reached, call.status or "", seconds, other)


def _letters(conn: Connection, request: CardRequest) -> Iterator[Letter]:
    for letter in timeline.letters_of(conn, request.id, MOST):
        yield Letter(letter.at, letter.kind)


def _events(conn: Connection, request: CardRequest) -> Iterator[Event]:
    for entry in audit.of_request(conn, request.id)[-MOST:]:
        yield Event(entry.at, entry.officer, entry.action, entry.details)


def _messages(conn: Connection, request: CardRequest, now: datetime) -> Iterator[Sms]:
    reports = timeline.reports_of(conn, request.id)
    for sent in timeline.messages_of(conn, request.id, MOST):
        own = [report for report in reports if report.message_id == sent.id]
        yield Sms(
            at=sent.created_at,
            id=sent.id,
            template=sent.template,
            status=sent.status,
            segments=sent.segments,
            steps=tuple(_steps(sent, own)),
            again=sent.resent_of is not None,
            may_resend=_may_resend(sent, now),
        )


def _may_resend(sent: SentMessage, now: datetime) -> bool:
    of_use = sent.expires_at is None or sent.expires_at > now
    news = sent.template in {alert_messages.TEMPLATE, alert_messages.DIGEST}  # never sent twice
    return sent.status in _NOT_ARRIVED and of_use and not sent.resent and not news


def _steps(sent: SentMessage, reports: Iterable[Report]) -> Iterator[Step]:
    """Yield what is known of an SMS, oldest first; each status is told once."""
    yield Step(sent.created_at, Status.QUEUED)
    if sent.sent_at is not None:
        yield Step(sent.sent_at, Status.SENT)
    told = {Status.QUEUED.value, Status.SENT.value}
    for report in reports:
        if report.status not in told or not report.status:
            told.add(report.status)
            yield Step(report.at, report.status, report.raw_status, report.raw_reason or "")
    if sent.status not in told and sent.status not in {Status.CLAIMED, Status.SENDING}:
        yield Step(sent.final_at or sent.updated_at, sent.status, "", sent.reason or "")
