"""What an office does besides the card: each service with its papers and hours."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select, update
from sqlalchemy.dialects.postgresql import insert

from storage import rows
from storage.tables import service_types

__all__ = ["ServiceType", "add", "change", "every", "get", "told"]

_of = service_types.c


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceType:
    """One service. `papers` are keys of terms or own words, with commas, `open` as an office's.

    `hours` can be booked ("08:00,09:00"), each by `hour_quota` people, `ahead_days` ahead. `state`:
    off, told (its papers), or booked (and a day can be chosen).
    """

    id: str
    office: str
    name: str
    papers: str
    note: str
    open: str
    hours: str
    hour_quota: int
    ahead_days: int
    state: str = "off"
    version: int = 1
    updated_at: datetime


def add(conn: Connection, service: ServiceType) -> bool:
    """Insert a service; False when the office has one of that name."""
    row = insert(service_types).values(asdict(service)).on_conflict_do_nothing()
    return conn.execute(row.returning(_of.id)).first() is not None


def change(
    conn: Connection, service_id: str, version: int, values: Mapping[str, Any], now: datetime
) -> bool:
    """Change a service that still is at `version`, which grows by one; False: it is not."""
    as_seen = (_of.id == service_id, _of.version == version)
    changed = {**values, "version": version + 1, "updated_at": now}
    return conn.execute(update(service_types).where(*as_seen).values(changed)).rowcount == 1


def get(conn: Connection, service_id: str, office: str) -> ServiceType | None:
    """Return a service of an office; None when it has none by that id."""
    query = select(service_types).where(_of.id == service_id, _of.office == office)
    return rows.one(conn, query, ServiceType)


def every(conn: Connection, office: str) -> list[ServiceType]:
    """Return all services of an office, by name."""
    query = select(service_types).where(_of.office == office).order_by(_of.name, _of.id)
    return rows.every(conn, query, ServiceType)


def told(conn: Connection, office: str) -> list[ServiceType]:
    """Return the services that callers hear of."""
    return [one for one in every(conn, office) if one.state != "off"]
