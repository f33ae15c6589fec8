"""Cadres by the keyed index of their phone, their wrong PINs, and the people they registered."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import IntegrityError

from storage import rows
from storage.tables import cadre_registrations, cadres, card_requests

_of = cadres.c
_helped = cadre_registrations.c


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCadre:
    """A cadre as he is enrolled. `phone_sealed` opens at `places.cadre_phone`."""

    id: str
    office: str
    name: str
    village: str
    phone_sealed: str
    phone_index: str
    phone_last4: str
    pin_hash: str
    daily: int
    officer_id: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Cadre:
    """A cadre as he stands; `missed` counts wrong PINs since the last right one."""

    id: str
    office: str
    name: str
    village: str
    phone_sealed: str
    phone_index: str
    phone_last4: str
    pin_hash: str
    daily: int
    missed: int
    locked_until: datetime | None
    state: str
    version: int
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Helped:
    """How many people a cadre registered, and how many of them have their card."""

    people: int
    cards: int


def add(conn: Connection, cadre: NewCadre, now: datetime) -> bool:
    """Enrol a cadre; False when his phone is an active cadre's already."""
    row = {**asdict(cadre), "created_at": now, "updated_at": now}
    try:
        with conn.begin_nested():
            conn.execute(insert(cadres).values(row))
    except IntegrityError:
        return False
    return True


def get(conn: Connection, cadre_id: str) -> Cadre | None:
    """Return one cadre, active or not."""
    return rows.one(conn, _shown().where(_of.id == cadre_id), Cadre)


def active(conn: Connection, phone_index: str, *, lock: bool = False) -> Cadre | None:
    """Return the active cadre of a phone; with `lock`, his tries are counted one by one."""
    query = _shown().where(_of.phone_index == phone_index, _of.state == "active")
    return rows.one(conn, query.with_for_update() if lock else query, Cadre)


def of_office(conn: Connection, office: str) -> list[Cadre]:
    """Return an office's cadres: those at work first, by village and name."""
    query = _shown().where(_of.office == office)
    return rows.every(conn, query.order_by(_of.state, _of.village, _of.name, _of.id), Cadre)


def every_active(conn: Connection, office: str) -> list[Cadre]:
    """Return an office's cadres who are at work."""
    return [one for one in of_office(conn, office) if one.state == "active"]


def change(
    conn: Connection, cadre_id: str, version: int, values: Mapping[str, Any], now: datetime
) -> bool:
    """Change a cadre who still is at `version`, which grows by one; False: somebody was first."""
    as_seen = (_of.id == cadre_id, _of.version == version)
    changed = {**values, "version": version + 1, "updated_at": now}
    return conn.execute(update(cadres).where(*as_seen).values(changed)).rowcount == 1


def tried(conn: Connection, cadre_id: str, missed: int, locked_until: datetime | None) -> None:
    """Write down how many PINs were wrong in a row, and until when no more are heard."""
    values = {"missed": missed, "locked_until": locked_until}
    conn.execute(update(cadres).where(_of.id == cadre_id).values(values))


def registered(conn: Connection, cadre_id: str, request_id: str, now: datetime) -> None:
    """Write down that a cadre registered somebody; the second time is the first."""
    row = {"request_id": request_id, "cadre_id": cadre_id, "at": now}
    conn.execute(insert(cadre_registrations).values(row).on_conflict_do_nothing())


def count_since(conn: Connection, cadre_id: str, since: datetime) -> int:
    """Count the people a cadre registered from `since` on."""
    query = select(func.count()).where(_helped.cadre_id == cadre_id, _helped.at >= since)
    return conn.execute(query).scalar_one()


def request_of(
    conn: Connection, cadre_id: str, nik_index: str, states: Collection[str]
) -> str | None:
    """Return the id of the newest request of a NIK that this cadre registered, in such a state."""
    query = (
        select(card_requests.c.id)
        .join(cadre_registrations, _helped.request_id == card_requests.c.id)
        .where(
            _helped.cadre_id == cadre_id,
            card_requests.c.nik_index == nik_index,
            card_requests.c.state.in_(states),
        )
        .order_by(card_requests.c.created_at.desc())
    )
    return conn.execute(query.limit(1)).scalar()


def who_helped(conn: Connection, request_id: str) -> Cadre | None:
    """Return the cadre who registered this person, None when he did so himself."""
    query = _shown().join(cadre_registrations, _helped.cadre_id == _of.id)
    return rows.one(conn, query.where(_helped.request_id == request_id), Cadre)


def helped(conn: Connection, office: str) -> dict[str, Helped]:
    """Return, by cadre, how many people of an office he registered and how many have cards."""
    issued = func.count().filter(card_requests.c.issued_at.is_not(None))
    query = (
        select(_helped.cadre_id, func.count(), issued)
        .join(card_requests, card_requests.c.id == _helped.request_id)
        .join(cadres, _of.id == _helped.cadre_id)
        .where(_of.office == office)
        .group_by(_helped.cadre_id)
    )
    return {cadre: Helped(people, cards) for cadre, people, cards in conn.execute(query)}


def _shown() -> Select[Any]:
    return select(*(_of[name] for name in Cadre.__dataclass_fields__))
