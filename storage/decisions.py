"""Decisions of officers, each with how it stood before: kept for a day, of use for ten seconds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType
from typing import Any, Final

from sqlalchemy import Connection, Row, Select, delete, exists, insert, select, update

from storage.card_requests import CardRequest
from storage.tables import decisions as table
from storage.tables import officers

_PLAIN: Final = ("state", "contested_with", "full_name", "full_name_folded", "hour", "holds_slot")
_TOLD: Final = ("missing", "reason")
_DAYS: Final = ("day", "expires_on", "next_report_on")
_MOMENTS: Final = ("updated_at", "seen_ktp_at", "came_at", "signed_at", "ready_at", "issued_at")
_COLUMNS: Final = (*_PLAIN, *_TOLD, *_DAYS, *_MOMENTS)


@dataclass(frozen=True, slots=True)
class Was:
    """How one request stood before; `version` is the one it has since the decision."""

    request_id: str
    version: int
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """One move of an officer with all it changed.

    `version` is what it made of the request's own, `beside` are all live requests for its NIK at
    that time, `queued` the messages it added, `cancelled` those it took back, `outdated` those that
    had left (until when they were of use), `sequence` the running number its card took.
    """

    id: str
    request_id: str
    office: str
    officer_id: str
    officer: str
    move: str
    version: int
    made_at: datetime
    until: datetime
    changed: tuple[Was, ...]
    beside: frozenset[str]
    queued: tuple[str, ...]
    cancelled: tuple[str, ...]
    outdated: Mapping[str, datetime | None]
    sequence: int | None = None
    undone_at: datetime | None = None


def was(before: CardRequest, version: int) -> Was:
    """Return how a request stood, in what a move may change of it."""
    values = {name: getattr(before, name) for name in _COLUMNS}
    return Was(before.id, version, MappingProxyType(values))


def add(conn: Connection, decision: Decision) -> None:
    """Keep a decision, in its own transaction."""
    conn.execute(
        insert(table).values(
            id=decision.id,
            request_id=decision.request_id,
            office=decision.office,
            officer_id=decision.officer_id,
            move=decision.move,
            version=decision.version,
            concerned=[one.request_id for one in decision.changed],
            before=_written(decision),
            made_at=decision.made_at,
            until=decision.until,
        )
    )


def get(conn: Connection, decision_id: str) -> Decision | None:
    """Return one decision."""
    row = conn.execute(_whole().where(table.c.id == decision_id)).first()
    return _read(row) if row else None


def last(conn: Connection, request_id: str) -> Decision | None:
    """Return what was last decided about a request."""
    query = _whole().where(table.c.request_id == request_id)
    row = conn.execute(query.order_by(table.c.version.desc()).limit(1)).first()
    return _read(row) if row else None


def unsettled(conn: Connection, request_id: str, now: datetime) -> bool:
    """Tell whether a decision that changed this request can still be taken back."""
    open_still = (table.c.until > now, table.c.undone_at.is_(None))
    query = exists().where(*open_still, table.c.concerned.any_() == request_id)
    return bool(conn.scalar(select(query)))


def undone(conn: Connection, decision_id: str, now: datetime) -> None:
    """Write down that a decision was taken back."""
    conn.execute(update(table).where(table.c.id == decision_id).values(undone_at=now))


def drop_before(conn: Connection, moment: datetime) -> int:
    """Forget decisions that were final before `moment`; return how many."""
    return conn.execute(delete(table).where(table.c.until < moment)).rowcount


def _whole() -> Select[Any]:
    columns = [column for column in table.c if column.name != "concerned"]
    query = select(*columns, officers.c.name.label("officer"))
    return query.join(officers, officers.c.id == table.c.officer_id)


def _written(decision: Decision) -> dict[str, Any]:
    return {
        "changed": [
            {
                "id": one.request_id,
                "version": one.version,
                "values": {name: _text(value) for name, value in one.values.items()},
            }
            for one in decision.changed
        ],
        "beside": sorted(decision.beside),
        "queued": list(decision.queued),
        "cancelled": list(decision.cancelled),
        "outdated": {one: _text(until) for one, until in decision.outdated.items()},
        "sequence": decision.sequence,
    }


def _read(row: Row[Any]) -> Decision:
    told = dict(row._mapping)  # noqa: SLF001 - SQLAlchemy's public name begins with _
    before = told.pop("before")
    return Decision(
        **told,
        changed=tuple(_was(one) for one in before["changed"]),
        beside=frozenset(before["beside"]),
        queued=tuple(before["queued"]),
        cancelled=tuple(before["cancelled"]),
        # A release before this one wrote none.
        outdated={one: _moment(until) for one, until in before.get("outdated", {}).items()},
        sequence=before["sequence"],
    )


def _was(told: Mapping[str, Any]) -> Was:
    values = {name: _value(name, text) for name, text in told["values"].items()}
    return Was(told["id"], told["version"], MappingProxyType(values))


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _text(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value


def _value(name: str, text: Any) -> Any:
    if text is None or name not in (*_DAYS, *_MOMENTS):
        return text
    return date.fromisoformat(text) if name in _DAYS else datetime.fromisoformat(text)
