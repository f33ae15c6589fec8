"""Counts of what callers met, by day, office, state and language: never of whom."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date

from sqlalchemy import Connection, func, select
from sqlalchemy.dialects.postgresql import insert

from storage.tables import funnel as table

_ONE_AT_A_TIME = 0x6B756E66  # "kunf": any number nobody else locks with


@dataclass(frozen=True, slots=True)
class Met:
    """What is counted; `office` is "" until the home is known.

    `event` is entered, refused, timed_out or dropped; of posters entered or booked.
    """

    day: date
    office: str
    flow: str
    state: str
    event: str
    language: str


def totals(conn: Connection, office: str, since: date) -> Counter[tuple[str, str, str]]:
    """Return how often each flow, state and event was counted from a day on.

    Of an office, and of callers whose home was not known yet.
    """
    what = (table.c.flow, table.c.state, table.c.event)
    theirs = (table.c.day >= since, table.c.office.in_((office, "")))
    query = select(*what, func.sum(table.c.count)).where(*theirs).group_by(*what)
    return Counter({(flow, state, event): int(n) for flow, state, event, n in conn.execute(query)})


def of_flow(conn: Connection, flow: str, since: date) -> Counter[tuple[str, str]]:
    """Return how often each state and event of a flow was counted from a day on, anywhere."""
    what = (table.c.state, table.c.event)
    theirs = (table.c.day >= since, table.c.flow == flow)
    query = select(*what, func.sum(table.c.count)).where(*theirs).group_by(*what)
    return Counter({(state, event): int(n) for state, event, n in conn.execute(query)})


def hold(conn: Connection) -> bool:
    """Be the only one that drains until our transaction ends; False when another does."""
    return bool(conn.scalar(select(func.pg_try_advisory_xact_lock(_ONE_AT_A_TIME))))


def add(conn: Connection, counts: Mapping[Met, int]) -> None:
    """Add to the counts."""
    if not counts:
        return
    row = insert(table)
    added = row.on_conflict_do_update(
        index_elements=list(table.primary_key.columns),
        set_={"count": table.c.count + row.excluded.count},
    )
    conn.execute(added, [{**asdict(met), "count": times} for met, times in counts.items()])
