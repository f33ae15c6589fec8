"""Delivery reports: kept raw first, applied when their message is there, in any order.

A report may come before our own commit of the id it names, twice, late, or for a message whose
id we never learned. So each is a row of its own, and applying is a statement that can be repeated
at any time: it moves what may move and leaves the rest.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from itertools import groupby
from types import MappingProxyType

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    Select,
    and_,
    delete,
    func,
    or_,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import insert

from sms.message import FINAL, MOVES, Status
from storage.tables import delivery_reports as reports
from storage.tables import messages

__all__ = ["Report", "adopt", "apply", "forget", "keep"]

_MEMORY = timedelta(days=1)
"""How long a lost message waits for a report that may be its own."""

_CLOCKS_DIFFER = timedelta(seconds=10)
"""How much two machines of one installation may differ on what time it is."""

_BEFORE: Mapping[Status, list[str]] = MappingProxyType(
    {
        new: [old.value for old in (Status.UNKNOWN, Status.SENT) if new in MOVES[old]]
        # Delivered first: when two final reports wait at once, the handset knows better.
        for new in (
            Status.DELIVERED,
            Status.UNDELIVERED,
            Status.EXPIRED,
            Status.FAILED,
            Status.SENT,
        )
    },
)
"""Status a report brings -> states it may move a message from."""


@dataclass(frozen=True, slots=True)
class Report:
    """One report as it came; `status` is ours, "" for a word that is new to us.

    `phone_index` is "" when the gateway named no number.
    """

    gateway: str
    gateway_id: str
    phone_index: str
    raw_status: str
    status: str
    raw_reason: str


def keep(conn: Connection, report: Report, now: datetime) -> bool:
    """Store a report; False when the same one came before."""
    row = insert(reports).values(**asdict(report), received_at=now).on_conflict_do_nothing()
    return conn.execute(row.returning(reports.c.gateway)).first() is not None


def apply(
    conn: Connection,
    now: datetime,
    gateway_ids: Collection[str] | None = None,
) -> Mapping[Status, int]:
    """Move messages as the waiting reports say (only those of these ids, if given); how many.

    Each statement looks at the message as it is when it gets the row, so two at once, or one
    against a sender's own commit, cannot move a status back.
    """
    of = _waiting()
    if gateway_ids is not None:
        of = and_(of, reports.c.gateway_id.in_(gateway_ids))
    moved = {status: _move(conn, status, of, now) for status in _BEFORE}
    conn.execute(
        update(reports).where(of, _same_message(), _has_no_more_to_say()).values(applied_at=now),
    )
    return moved


def adopt(conn: Connection, now: datetime) -> int:
    """Give a lost message the id of a report for its number that no message claims; how many.

    A request that timed out brought no id, so its report can only be known by the number. It is
    believed when it came after the request, when nothing else is on its way to that number, and
    when there are at least as many such reports as lost messages to it; else it could be another
    message's, and the lost one is better sent again.
    """
    lost = _by_phone(conn.execute(_lost(now)).all())
    if not lost:
        return 0
    strays = _by_phone(conn.execute(_strays()).all())
    pairs = [
        (message, report)
        for phone, missing in lost.items()
        for message, report in _pair(missing, strays.get(phone, []))
    ]
    for message, report in pairs:
        conn.execute(
            update(messages)
            .where(messages.c.id == message, messages.c.status == Status.UNKNOWN.value)
            .values(gateway_id=report, updated_at=now),
        )
    return len(pairs)


def forget(conn: Connection, before: datetime) -> int:
    """Delete reports that came before a moment; how many."""
    return conn.execute(delete(reports).where(reports.c.received_at < before)).rowcount


def _waiting() -> ColumnElement[bool]:
    return reports.c.applied_at.is_(None)


def _same_message() -> ColumnElement[bool]:
    """Gateways do repeat ids: the number, where it is told, decides between two messages."""
    return and_(
        messages.c.gateway == reports.c.gateway,
        messages.c.gateway_id == reports.c.gateway_id,
        or_(reports.c.phone_index == "", reports.c.phone_index == messages.c.phone_index),
    )


def _move(conn: Connection, new: Status, of: ColumnElement[bool], now: datetime) -> int:
    final = {"final_at": now} if new in FINAL else {}
    moved = (
        update(messages)
        .where(
            of,
            reports.c.status == new.value,
            messages.c.status.in_(_BEFORE[new]),
            _same_message(),
        )
        .values(
            status=new.value,
            reason=func.nullif(reports.c.raw_reason, ""),
            updated_at=now,
            **final,
        )
    )
    return conn.execute(moved).rowcount


def _has_no_more_to_say() -> ColumnElement[bool]:
    """Whether the message stands where this report cannot move it from.

    A message that was committed between our statements is not marked: the next round moves it.
    """
    moves = [
        and_(reports.c.status == new.value, messages.c.status.in_(before))
        for new, before in _BEFORE.items()
    ]
    return ~or_(*moves)


def _strays() -> Select[str, str, datetime]:
    """Reports that wait and name an id of no message: (phone_index, gateway_id, received_at)."""
    known = select(messages.c.id).where(
        messages.c.gateway == reports.c.gateway,
        messages.c.gateway_id == reports.c.gateway_id,
    )
    first = func.min(reports.c.received_at)
    return (
        select(reports.c.phone_index, reports.c.gateway_id, first)
        .where(_waiting(), reports.c.phone_index != "", ~known.exists())
        .group_by(reports.c.phone_index, reports.c.gateway, reports.c.gateway_id)
        .order_by(reports.c.phone_index, first)
    )


def _lost(now: datetime) -> Select[str, str, datetime]:
    """Unknown messages without an id: (phone_index, id, sent_at)."""
    going = messages.alias()
    on_its_way = select(going.c.id).where(
        going.c.status == Status.SENDING.value,
        going.c.phone_index == messages.c.phone_index,
    )
    return (
        select(messages.c.phone_index, messages.c.id, messages.c.sent_at)
        .where(
            messages.c.status == Status.UNKNOWN.value,
            messages.c.gateway_id.is_(None),
            messages.c.sent_at > now - _MEMORY,
            ~on_its_way.exists(),
        )
        .order_by(messages.c.phone_index, messages.c.sent_at)
    )


Found = tuple[str, datetime]


def _by_phone(found: Iterable[Row[str, str, datetime]]) -> dict[str, list[Found]]:
    groups = groupby(found, key=lambda row: row[0])
    return {phone: [(row[1], row[2]) for row in group] for phone, group in groups}


def _pair(missing: Sequence[Found], strays: Sequence[Found]) -> list[tuple[str, str]]:
    """Pair messages with reports in the order of time, or not at all."""
    later = [report for report in strays if report[1] >= missing[0][1] - _CLOCKS_DIFFER]
    if len(later) < len(missing):
        return []
    return [(message[0], report[0]) for message, report in zip(missing, later, strict=False)]
