"""Vacancies of the offices, and which of them a caller is shown first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, case, func, select, true, update
from sqlalchemy.dialects.postgresql import insert

from domain.vacancies import ABROAD, ANY_WORK, ANYWHERE, State
from domain.vacancy_details import Details
from storage import rows
from storage.tables import vacancies

_of = vacancies.c


@dataclass(frozen=True, slots=True, kw_only=True)
class Vacancy:
    """A vacancy as it stands. `version` grows with each change; times are UTC."""

    id: str
    office: str
    reference: str | None
    title: str
    employer: str
    employer_checked: bool
    sector: str
    education: str | None
    place: str
    district: str | None
    seats: int
    wage: str | None
    description: str | None
    apply_place: str
    apply_open: str
    bring: str
    closes_on: date
    state: State
    published_at: datetime | None
    closed_at: datetime | None
    version: int
    created_at: datetime
    updated_at: datetime

    def __post_init__(self) -> None:
        object.__setattr__(self, "state", State(self.state))

    @property
    def details(self) -> Details:
        """What was entered of it."""
        return Details(**{name: getattr(self, name) for name in Details.__dataclass_fields__})


@dataclass(frozen=True, slots=True)
class Sought:
    """What a caller looks for.

    No `sectors`, or `anything`, is any work; `place` is a regency code, `anywhere` or `abroad`.
    """

    sectors: tuple[str, ...]
    place: str


@dataclass(frozen=True, slots=True)
class Open:
    """One vacancy of a caller's list; `count` is how many there are in all."""

    id: str
    title: str
    place: str
    count: int


def add(conn: Connection, vacancy_id: str, office: str, details: Details, now: datetime) -> None:
    """Insert a draft; IntegrityError when the office has its reference already."""
    row = {"id": vacancy_id, "office": office, **asdict(details)}
    conn.execute(insert(vacancies).values(**row, created_at=now, updated_at=now))


def change(
    conn: Connection, vacancy_id: str, version: int, values: Mapping[str, Any], now: datetime
) -> bool:
    """Change a vacancy that still is at `version`, which grows by one; False: one was first."""
    as_seen = (_of.id == vacancy_id, _of.version == version)
    changed = {**values, "version": version + 1, "updated_at": now}
    return conn.execute(update(vacancies).where(*as_seen).values(changed)).rowcount == 1


def get(conn: Connection, vacancy_id: str, *, lock: bool = False) -> Vacancy | None:
    """Return one vacancy; with `lock`, nobody changes it until the transaction ends.

    Whoever only refers to it, as a wish and an alert do, goes on meanwhile.
    """
    query = select(vacancies).where(_of.id == vacancy_id)
    return rows.one(conn, query.with_for_update(key_share=True) if lock else query, Vacancy)


def keep(conn: Connection, vacancy_id: str) -> Vacancy | None:
    """Return one vacancy that stays as it is until the transaction ends; many may keep it."""
    query = select(vacancies).where(_of.id == vacancy_id)
    return rows.one(conn, query.with_for_update(read=True), Vacancy)


def by_reference(conn: Connection, office: str) -> dict[str, Vacancy]:
    """Return an office's vacancies by the reference they came with, and keep them from changing."""
    query = select(vacancies).where(_of.office == office, _of.reference.is_not(None))
    found = rows.every(conn, query.with_for_update(key_share=True), Vacancy)
    return {one.reference: one for one in found if one.reference}


def of_office(conn: Connection, office: str, limit: int) -> list[Vacancy]:
    """Return an office's vacancies: drafts, then what is published, then what is closed.

    Within each the newest first.
    """
    rank = case((_of.state == State.DRAFT, 0), (_of.state == State.PUBLISHED, 1), else_=2)
    query = select(vacancies).where(_of.office == office)
    ordered = query.order_by(rank, _of.updated_at.desc(), _of.id)
    return rows.every(conn, ordered.limit(limit), Vacancy)


def count(conn: Connection, office: str) -> int:
    """Count an office's vacancies of all states."""
    return conn.execute(select(func.count()).where(_of.office == office)).scalar_one()


def over(conn: Connection, office: str, today: date) -> list[str]:
    """Return the published vacancies of an office whose last day is before `today`."""
    past = (_of.office == office, _of.state == State.PUBLISHED, _of.closes_on < today)
    return list(conn.execute(select(_of.id).where(*past).order_by(_of.id)).scalars())


def open_for(conn: Connection, sought: Sought, today: date, limit: int) -> list[Open]:
    """Return what a caller is shown: the nearest first, of those the newest.

    Nearest is the regency itself, then its province, then the rest of the country, then abroad.
    """
    columns = (_of.id, _of.title, _of.place, func.count().over().label("count"))
    wanted = select(*columns).where(*_open(today), _of_sectors(sought.sectors), _at(sought.place))
    ordered = wanted.order_by(*_nearest(sought.place), _of.published_at.desc(), _of.id)
    return rows.every(conn, ordered.limit(limit), Open)


def _open(today: date) -> tuple[ColumnElement[bool], ...]:
    return (_of.state == State.PUBLISHED, _of.closes_on >= today)


def _of_sectors(sectors: tuple[str, ...]) -> ColumnElement[bool]:
    return _of.sector.in_((*sectors, ANY_WORK)) if set(sectors) - {ANY_WORK} else true()


def _at(place: str) -> ColumnElement[bool]:
    """Leave out only what lies on the other side of the border from a sought."""
    if place == ABROAD:
        return _of.place == ABROAD
    return true()


def _nearest(place: str) -> tuple[ColumnElement[Any], ...]:
    if place in (ABROAD, ANYWHERE):
        return ()
    near = (_of.place == place, 0), (_of.place.startswith(f"{place[:2]}."), 1)
    return (case(*near, (_of.place == ABROAD, 3), else_=2),)
