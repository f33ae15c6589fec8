"""Who said "I want this" of a vacancy: one row a phone and vacancy."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, case, delete, func, select, update
from sqlalchemy.dialects.postgresql import insert

from domain.vacancies import Interest
from storage import rows
from storage.tables import officers, vacancies, vacancy_interests

_of = vacancy_interests.c


@dataclass(frozen=True, slots=True, kw_only=True)
class NewWish:
    """Somebody's wish as it comes in, his number already sealed for its `id`."""

    id: str
    vacancy_id: str
    office: str
    request_id: str | None
    phone_sealed: str
    phone_index: str
    phone_last4: str
    language: str
    gateway: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Wished:
    """A wish as it stands, with the vacancy it is for; `officer` is who was the last at it."""

    id: str
    vacancy_id: str
    office: str
    request_id: str | None
    phone_sealed: str
    phone_index: str
    phone_last4: str
    language: str
    state: Interest
    title: str
    employer: str
    officer_id: str | None
    officer: str | None
    version: int
    created_at: datetime
    updated_at: datetime

    def __post_init__(self) -> None:
        object.__setattr__(self, "state", Interest(self.state))


def add(conn: Connection, wish: NewWish, now: datetime) -> bool:
    """Insert a wish; False when this phone wants this vacancy already."""
    row = {**asdict(wish), "created_at": now, "updated_at": now}
    added = (
        insert(vacancy_interests)
        .values(row)
        .on_conflict_do_nothing(index_elements=["vacancy_id", "phone_index"])
    )
    return conn.execute(added.returning(_of.id)).first() is not None


def change(
    conn: Connection, wish_id: str, version: int, values: dict[str, Any], now: datetime
) -> bool:
    """Change a wish that still is at `version`, which grows by one; False: somebody was first."""
    as_seen = (_of.id == wish_id, _of.version == version)
    changed = {**values, "version": version + 1, "updated_at": now}
    return conn.execute(update(vacancy_interests).where(*as_seen).values(changed)).rowcount == 1


def get(conn: Connection, wish_id: str, office: str) -> Wished | None:
    """Return a wish of an office, None when it has none by that id."""
    return rows.one(conn, _shown().where(_of.id == wish_id, _of.office == office), Wished)


def of_office(conn: Connection, office: str, limit: int) -> list[Wished]:
    """Return an office's wishes: the new ones first, of those the oldest; the rest newest first."""
    waits = _of.state == Interest.NEW
    oldest = case((waits, _of.created_at), else_=None)
    query = _shown().where(_of.office == office)
    ordered = query.order_by(waits.desc(), oldest, _of.updated_at.desc(), _of.id)
    return rows.every(conn, ordered.limit(limit), Wished)


def count(conn: Connection, office: str, state: Interest | None = None) -> int:
    """Count an office's wishes, in one state or in any."""
    query = select(func.count()).where(_of.office == office)
    return conn.execute(query if state is None else query.where(_of.state == state)).scalar_one()


def per_vacancy(conn: Connection, vacancy_ids: Collection[str]) -> dict[str, int]:
    """Count the wishes of each of these vacancies; one that nobody wants is left out."""
    query = select(_of.vacancy_id, func.count()).where(_of.vacancy_id.in_(vacancy_ids))
    return {row[0]: row[1] for row in conn.execute(query.group_by(_of.vacancy_id))}


def forget_phone(conn: Connection, phone_index: str) -> int:
    """Delete the wishes of a number that is somebody else's now, or wants to be forgotten."""
    return conn.execute(delete(vacancy_interests).where(_of.phone_index == phone_index)).rowcount


def drop_ended(conn: Connection, before: datetime) -> int:
    """Delete wishes that were told or put away before a moment, with their numbers."""
    ended = (_of.state != Interest.NEW, _of.updated_at < before)
    return conn.execute(delete(vacancy_interests).where(*ended)).rowcount


def _shown() -> Select[Any]:
    apart = {"officer", "title", "employer"}
    own = [_of[name] for name in Wished.__dataclass_fields__ if name not in apart]
    more = (vacancies.c.title, vacancies.c.employer, officers.c.name.label("officer"))
    joined = select(*own, *more).join_from(vacancy_interests, vacancies)
    return joined.join(officers, officers.c.id == _of.officer_id, isouter=True)
