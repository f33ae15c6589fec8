"""The weekly SMS: what was matched and not told yet, one SMS a person, by one statement."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    CTE,
    ColumnElement,
    Connection,
    Select,
    and_,
    delete,
    exists,
    func,
    literal_column,
    or_,
    select,
    tuple_,
    update,
)
from sqlalchemy.dialects.postgresql import distinct_on, insert

from sms.message import Lane, Status
from storage.alert_matching import of_people
from storage.alert_messages import DIGEST, MOST, open_at, row
from storage.tables import alert_profiles, alerts, card_requests, messages, vacancies

__all__ = ["Week", "drop_over", "due", "free_the_expired", "queue"]


@dataclass(frozen=True, slots=True)
class Week:
    """A look at an office: what was matched before the `mornings`, Monday to Friday, is due.

    `phones` is a slice of them, as of `storage.alert_matching.Wave`.
    """

    office: str
    mornings: Sequence[datetime]
    now: datetime
    until: datetime
    phones: tuple[str, str]


def queue(conn: Connection, week: Week) -> int:
    """Queue the weekly SMS that are due, each with all that waits for it; how many."""
    chosen = _due(week).cte("due")
    columns = row(
        lane=Lane.BULK,
        template=DIGEST,
        message_id=chosen.c.id,
        of=chosen,
        now=week.now,
        until=week.until,
    )
    queued = insert(messages).from_select(list(columns), select(*columns.values()))
    counted = select(func.count()).select_from(queued.returning(messages.c.id).cte("queued"))
    return int(conn.execute(counted.add_cte(_linked(chosen, week))).scalar_one())


def due(conn: Connection, office: str, mornings: Sequence[datetime], now: datetime) -> int:
    """Count what is due for a weekly SMS, of vacancies that are open."""
    open_ones = select(vacancies.c.id).where(open_at(now))
    which = (
        alerts.c.office == office,
        alerts.c.message_id.is_(None),
        _before(mornings),
        alerts.c.vacancy_id.in_(open_ones),
    )
    return conn.execute(select(func.count()).select_from(alerts).where(*which)).scalar_one()


def drop_over(conn: Connection, closed_before: datetime) -> int:
    """Delete what waits to be told of vacancies that were closed before a moment; how many.

    At most `MOST`; the next round goes on.
    """
    over = select(vacancies.c.id).where(
        vacancies.c.state == "closed", vacancies.c.closed_at < closed_before
    )
    key = tuple_(alerts.c.vacancy_id, alerts.c.phone_index)
    untold = select(*key.clauses).where(
        alerts.c.vacancy_id.in_(over), alerts.c.message_id.is_(None)
    )
    return conn.execute(delete(alerts).where(key.in_(untold.limit(MOST)))).rowcount


def free_the_expired(conn: Connection, office: str) -> int:
    """Let what a weekly SMS that never left would have told wait for the next one; how many."""
    stale = exists().where(
        messages.c.id == alerts.c.message_id,
        messages.c.template == DIGEST,
        messages.c.status == Status.EXPIRED.value,
        messages.c.sent_at.is_(None),
    )
    freed = update(alerts).where(alerts.c.office == office, stale).values(message_id=None)
    return conn.execute(freed).rowcount


def _due(week: Week) -> Select[Any]:
    """Choose people, and make the id of each one's SMS."""
    people = card_requests.c
    chosen = (
        select(people.id.label("request_id"), *(people[name] for name in _OF_PERSON))
        .join_from(alerts, card_requests, people.id == alerts.c.request_id)
        .join(alert_profiles, alert_profiles.c.request_id == alerts.c.request_id)
        .where(
            *_waiting(week),
            _before(week.mornings),
            alerts.c.phone_index == people.phone_index,
            of_people(),
        )
        .ext(distinct_on(people.id))
        .order_by(people.id)
        .subquery("chosen")
    )
    return select(func.gen_random_uuid().label("id"), *chosen.c)


_OF_PERSON = ("office", "language", "phone_sealed", "phone_index")


def _waiting(week: Week) -> tuple[ColumnElement[bool], ...]:
    """Tell whether an alert waits for a weekly SMS, and its vacancy is open.

    A subquery and not a join, as in `storage.alert_messages`: the plan must not hang on counts that
    PostgreSQL has not made yet.
    """
    is_open = select(open_at(week.now)).where(vacancies.c.id == alerts.c.vacancy_id)
    return (
        alerts.c.office == week.office,
        alerts.c.message_id.is_(None),
        alerts.c.phone_index >= week.phones[0],
        alerts.c.phone_index < week.phones[1],
        is_open.scalar_subquery(),
    )


def _before(mornings: Sequence[datetime]) -> ColumnElement[bool]:
    """Tell whether an alert is older than the last morning of its phone's weekday.

    `domain.matching.digest_weekday` in SQL, day by day, as `ix_alerts_due` has it.
    """
    weekday = func.mod(func.ascii(alerts.c.phone_index), literal_column(str(len(mornings))))
    days = enumerate(mornings)
    return or_(*(and_(weekday == day, alerts.c.created_at < morning) for day, morning in days))


def _linked(chosen: CTE, week: Week) -> CTE:
    """Give each chosen person's SMS all that waits for it, what was matched since included."""
    theirs = (
        alerts.c.request_id == chosen.c.request_id,
        alerts.c.phone_index == chosen.c.phone_index,
        *_waiting(week),
    )
    linked = update(alerts).where(*theirs).values(message_id=chosen.c.id)
    return linked.returning(alerts.c.message_id).cte("linked")
