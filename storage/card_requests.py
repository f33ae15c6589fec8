"""Card requests: one person's way to one card, from the call to the counter and after."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, func, select, update
from sqlalchemy.dialects.postgresql import insert

from domain.card import HOLDER, LIVE, State
from storage import rows
from storage.tables import card_requests

_of = card_requests.c


@dataclass(frozen=True, slots=True, kw_only=True)
class NewRequest:
    """A card request as it comes in, with what is sealed already sealed for its `id`.

    `contested_with` is the live request that holds the same NIK, `home` a district code
    ("32.10.11"), `day` and `hour` the promised visit in the office's own time, `code` nine digits.
    """

    id: str
    office: str
    code: str
    state: State
    nik_sealed: str
    nik_index: str
    born: date
    sex: str
    call_name: str
    call_name_folded: str
    phone_sealed: str | None
    phone_index: str | None
    phone_last4: str | None
    home: str
    language: str
    day: date | None
    hour: str | None
    holds_slot: bool
    gateway: str
    contested_with: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CardRequest:
    """A card request as it stands. `version` grows with each change; times are UTC.

    `phone_silent_at`: its number gave no sign for half a year and may be somebody else's by now;
    `phone_since` is when it was last known to be its owner's.
    `needs_help`: wants help at the visit; nobody asked why.
    """

    id: str
    office: str
    code: str
    state: State
    contested_with: str | None
    nik_sealed: str
    nik_index: str
    born: date
    sex: str
    call_name: str
    call_name_folded: str
    full_name: str | None
    full_name_folded: str | None
    phone_sealed: str | None
    phone_index: str | None
    phone_last4: str | None
    home: str
    language: str
    day: date | None
    hour: str | None
    holds_slot: bool
    missing: str | None
    reason: str | None
    seen_ktp_at: datetime | None
    version: int
    gateway: str
    created_at: datetime
    updated_at: datetime
    came_at: datetime | None
    signed_at: datetime | None
    ready_at: datetime | None
    issued_at: datetime | None
    expires_on: date | None
    next_report_on: date | None
    phone_silent_at: datetime | None
    phone_since: datetime | None
    needs_help: bool

    def __post_init__(self) -> None:
        object.__setattr__(self, "state", State(self.state))


def add(conn: Connection, request: NewRequest, now: datetime) -> bool:
    """Insert a request; False when its code is taken: make another.

    A second live request for one NIK that is not marked as contested raises IntegrityError
    (`uq_card_requests_live_nik`).
    """
    statement = insert(card_requests).values(**asdict(request), created_at=now, updated_at=now)
    added = statement.on_conflict_do_nothing(index_elements=["code"]).returning(_of.id)
    return conn.execute(added).first() is not None


def get(conn: Connection, request_id: str) -> CardRequest | None:
    """Return one request, None when there is none."""
    return rows.one(conn, select(card_requests).where(_of.id == request_id), CardRequest)


def lock(conn: Connection, request_id: str) -> CardRequest | None:
    """Return one request and keep others from changing it until the transaction ends."""
    query = select(card_requests).where(_of.id == request_id).with_for_update()
    return rows.one(conn, query, CardRequest)


def by_code(conn: Connection, code: str) -> CardRequest | None:
    """Return the request with a code of nine digits."""
    return rows.one(conn, select(card_requests).where(_of.code == code), CardRequest)


def of_phone(conn: Connection, phone_index: str, states: Collection[State]) -> list[CardRequest]:
    """Return what one phone asked for, in one of `states`, newest first."""
    query = select(card_requests).where(_of.phone_index == phone_index, _of.state.in_(states))
    return rows.every(conn, query.order_by(_of.created_at.desc(), _of.id), CardRequest)


def ids_of_phone(conn: Connection, phone_index: str) -> list[str]:
    """Return all requests of a phone, whatever became of them."""
    return list(conn.scalars(select(_of.id).where(_of.phone_index == phone_index)))


def holder_of_nik(conn: Connection, nik_index: str) -> CardRequest | None:
    """Return the one live request that holds a NIK."""
    query = select(card_requests).where(
        _of.nik_index == nik_index, _of.contested_with.is_(None), _of.state.in_(LIVE)
    )
    return rows.one(conn, query, CardRequest)


def of_phone_and_nik(conn: Connection, phone_index: str, nik_index: str) -> CardRequest | None:
    """Return the newest live request that one phone made for a NIK, contested or not."""
    query = select(card_requests).where(
        _of.phone_index == phone_index, _of.nik_index == nik_index, _of.state.in_(LIVE)
    )
    return rows.one(conn, query.order_by(_of.created_at.desc(), _of.id).limit(1), CardRequest)


def of_nik(conn: Connection, nik_index: str) -> list[CardRequest]:
    """Return all live requests for one NIK, oldest first: its holder's and who contests it."""
    query = select(card_requests).where(_of.nik_index == nik_index, _of.state.in_(LIVE))
    return rows.every(conn, query.order_by(_of.created_at, _of.id), CardRequest)


def rivals(conn: Connection, request_id: str) -> list[CardRequest]:
    """Return the live requests that contest one, oldest first."""
    query = select(card_requests).where(_of.contested_with == request_id, _of.state.in_(LIVE))
    return rows.every(conn, query.order_by(_of.created_at, _of.id), CardRequest)


def count_live(conn: Connection, phone_index: str) -> int:
    """Count the live requests of one phone."""
    query = select(func.count()).where(_of.phone_index == phone_index, _of.state.in_(LIVE))
    return conn.execute(query).scalar_one()


def count_since(conn: Connection, phone_index: str, since: datetime) -> int:
    """Count what one phone asked for since `since`, whatever became of it."""
    query = select(func.count()).where(_of.phone_index == phone_index, _of.created_at >= since)
    return conn.execute(query).scalar_one()


def move(
    conn: Connection, request_id: str, version: int, values: Mapping[str, Any], now: datetime
) -> bool:
    """Change a request that still is at `version`, which grows by one; False: somebody was first.

    `values` are columns by name.
    """
    as_seen = (_of.id == request_id, _of.version == version)
    changed = {**values, "version": version + 1, "updated_at": now}
    statement = update(card_requests).where(*as_seen).values(changed)
    return conn.execute(statement).rowcount == 1


def restore(conn: Connection, request_id: str, version: int, values: Mapping[str, Any]) -> bool:
    """Put columns back as they were, `updated_at` too; the version grows all the same.

    False when the request is not at `version` any more.
    """
    as_seen = (_of.id == request_id, _of.version == version)
    statement = update(card_requests).where(*as_seen)
    return conn.execute(statement.values({**values, "version": version + 1})).rowcount == 1


def due_no_show(conn: Connection, office: str, before: date) -> list[str]:
    """Return the requests whose promised day in an office is earlier than `before`."""
    waiting = _of.state.in_((State.REQUESTED, State.BOOKED))
    query = select(_of.id).where(_of.office == office, waiting, _of.day < before)
    return list(conn.execute(query.order_by(_of.day, _of.id)).scalars())


def due_reports(conn: Connection, office: str, day: date) -> list[str]:
    """Return the card holders of an office who are asked to report on `day` or earlier."""
    holding = _of.state.in_((State.ISSUED, State.REPORTED))
    query = select(_of.id).where(_of.office == office, holding, _of.next_report_on <= day)
    return list(conn.execute(query.order_by(_of.next_report_on, _of.id)).scalars())


def due_expiries(conn: Connection, office: str, day: date) -> list[str]:
    """Return the card holders of an office whose card's last day is earlier than `day`."""
    query = select(_of.id).where(_of.office == office, _of.state.in_(HOLDER), _of.expires_on < day)
    return list(conn.execute(query.order_by(_of.expires_on, _of.id)).scalars())


def point(conn: Connection, old: str, new: str) -> None:
    """Let all live requests that contest `old` contest `new` instead, `new` itself apart."""
    contesting = (_of.contested_with == old, _of.id != new, _of.state.in_(LIVE))
    conn.execute(update(card_requests).where(*contesting).values(contested_with=new))


def speak(conn: Connection, phone_index: str, language: str) -> None:
    """Let SMS to a phone be in `language`; no move, so versions stay."""
    of_phone_live = (_of.phone_index == phone_index, _of.state.in_(LIVE))
    conn.execute(update(card_requests).where(*of_phone_live).values(language=language))


def set_help(conn: Connection, request_id: str, *, needs_help: bool) -> None:
    """Say whether help is wanted at the visit; no move, so versions stay."""
    changed = update(card_requests).where(_of.id == request_id)
    conn.execute(changed.values(needs_help=needs_help))
