"""One person's page: masked data, what happened, and the one thing to do next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Connection

from domain import nik
from domain.calendar import local_day
from domain.card import LIVE, State
from services.desk import timeline
from services.desk.actions import Choice, choice
from services.desk.lists import Row, district_name, shown
from services.desk.timeline import Entry
from storage import cadres, card_requests, cards, case_claims, desk, offices, phone_changes, places
from storage.card_requests import CardRequest
from storage.officers import Officer
from storage.offices import Office
from storage.vault import Unsealable, Vault


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """All that the page of one request shows.

    NIK and phone are masked ("3210********0001", "+6281*****0001"). `missing` and `reason` are
    keys of terms. `rivals` are the other live requests for this NIK in this office, and
    `rivals_elsewhere` the short names of other offices that have one. `busy` is the name of
    another officer who took the case up, `helped_by` the cadre who registered the person.
    """

    request_id: str
    version: int
    code: str
    state: State
    choice: Choice
    call_name: str
    full_name: str | None
    nik: str
    phone: str | None
    born: date
    sex: str
    home: str
    language: str
    office: Office
    day: date | None
    hour: str | None
    needs_help: bool
    phone_silent: bool
    phone_changes_on: date | None
    missing: str | None
    reason: str | None
    contested: bool
    seen_ktp_at: datetime | None
    created_at: datetime
    expires_on: date | None
    next_report_on: date | None
    card_number: str | None
    rivals: tuple[Row, ...]
    rivals_elsewhere: tuple[str, ...]
    busy: str | None
    helped_by: str | None
    timeline: tuple[Entry, ...]


def person(
    conn: Connection, vault: Vault, officer: Officer, request_id: str, now: datetime
) -> Person | None:
    """Return the page of a request; None when there is none in the officer's office."""
    request = of_office(conn, officer.office, request_id)
    office = offices.get(conn, officer.office)
    if request is None or office is None:
        return None
    here, elsewhere = _rivals(conn, request)
    card = cards.of_request(conn, request.id)
    waiting = phone_changes.waiting_of(conn, request.id)
    return Person(
        request_id=request.id,
        version=request.version,
        code=request.code,
        state=request.state,
        choice=choice(request.state, rivals=bool(here or elsewhere)),
        call_name=request.call_name,
        full_name=request.full_name,
        nik=_nik(vault, request),
        phone=_phone(vault, request),
        born=request.born,
        sex=request.sex,
        home=district_name(request.home),
        language=request.language,
        office=office,
        day=request.day,
        hour=request.hour,
        needs_help=request.needs_help,
        phone_silent=request.phone_silent_at is not None,
        phone_changes_on=local_day(waiting.due_at, office.zone) if waiting else None,
        missing=request.missing,
        reason=request.reason,
        contested=request.contested_with is not None,
        seen_ktp_at=request.seen_ktp_at,
        created_at=request.created_at,
        expires_on=request.expires_on,
        next_report_on=request.next_report_on,
        card_number=card.number if card else None,
        rivals=here,
        rivals_elsewhere=elsewhere,
        busy=_busy(conn, request.id, officer, now),
        helped_by=_helped_by(conn, request.id),
        timeline=timeline.of(conn, request, now),
    )


def of_office(conn: Connection, office: str, request_id: str) -> CardRequest | None:
    """Return a request of an office; None for another office's, and for what is no id."""
    try:
        UUID(request_id)
    except ValueError:
        return None
    request = card_requests.get(conn, request_id)
    return request if request and request.office == office else None


def _nik(vault: Vault, request: CardRequest) -> str:
    """Return the NIK masked, wholly when its key is lost: the counter's work goes on."""
    try:
        return nik.mask(vault.open(request.nik_sealed, where=places.nik(request.id)))
    except Unsealable:
        return "*" * nik.DIGITS


def _phone(vault: Vault, request: CardRequest) -> str | None:
    if request.phone_sealed is None:
        return None
    try:
        number = vault.open(request.phone_sealed, where=places.phone(request.id))
    except Unsealable:
        return None
    return f"{number[:5]}{'*' * (len(number) - 9)}{number[-4:]}"


def _rivals(conn: Connection, request: CardRequest) -> tuple[tuple[Row, ...], tuple[str, ...]]:
    """Return the rivals in this office as rows, and the names of the other offices with one."""
    if request.state not in LIVE:
        return (), ()
    others = [one for one in card_requests.of_nik(conn, request.nik_index) if one.id != request.id]
    here = [one.id for one in others if one.office == request.office]
    elsewhere = sorted({one.office for one in others} - {request.office})
    places_there = (offices.get(conn, code) for code in elsewhere)
    rows = shown(desk.by_ids(conn, request.office, here))
    return rows, tuple(office.place for office in places_there if office)


def _busy(conn: Connection, request_id: str, officer: Officer, now: datetime) -> str | None:
    holder = case_claims.holder(conn, request_id, now)
    return holder[1] if holder and holder[0] != officer.id else None


def _helped_by(conn: Connection, request_id: str) -> str | None:
    cadre = cadres.who_helped(conn, request_id)
    return f"{cadre.name}, {cadre.village}" if cadre else None
