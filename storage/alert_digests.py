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
    DateTime,
    Select,
    exists,
    func,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import array, distinct_on, insert

from sms.message import Lane, Status
from storage.alert_matching import of_people
from storage.alert_messages import DIGEST, open_at, row
from storage.tables import alert_profiles, alerts, card_requests, messages, vacancies

__all__ = ["Week", "free_the_expired", "queue", "waiting"]


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
    due = _due(week).cte("due")
    columns = row(
        lane=Lane.BULK, template=DIGEST, message_id=due.c.id, of=due, now=week.now, until=week.until
    )
    queued = insert(messages).from_select(list(columns), select(*columns.values()))
    counted = select(func.count()).select_from(queued.returning(messages.c.id).cte("queued"))
    return int(conn.execute(counted.add_cte(_linked(due, week))).scalar_one())


def waiting(conn: Connection, office: str) -> int:
    """Count what waits for a weekly SMS."""
    which = (alerts.c.office == office, alerts.c.message_id.is_(None))
    return conn.execute(select(func.count()).select_from(alerts).where(*which)).scalar_one()


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
            alerts.c.created_at < _morning(week),
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


def _morning(week: Week) -> ColumnElement[Any]:
    """Return the last morning of a phone's weekday: `domain.matching.digest_weekday` in SQL."""
    mornings = array(week.mornings, type_=DateTime(timezone=True))
    return mornings[func.ascii(alerts.c.phone_index) % len(week.mornings) + 1]


def _linked(due: CTE, week: Week) -> CTE:
    """Give each chosen person's SMS all that waits for it, what was matched since included."""
    theirs = (
        alerts.c.request_id == due.c.request_id,
        alerts.c.phone_index == due.c.phone_index,
        *_waiting(week),
    )
    linked = update(alerts).where(*theirs).values(message_id=due.c.id)
    return linked.returning(alerts.c.message_id).cte("linked")
