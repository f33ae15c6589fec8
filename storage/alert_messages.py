"""SMS about vacancies: rows of the outbox that hold neither a number nor words of their own.

A fan-out inside the database cannot seal anything. So the number is the card request's, sealed as
it stands there and opened at that place, and `params_sealed` is empty: what the SMS says is read
from its vacancies when it leaves, and of those only that can still be applied for.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import (
    CTE,
    ColumnElement,
    Connection,
    Integer,
    Label,
    Subquery,
    Text,
    and_,
    cast,
    exists,
    func,
    literal,
    or_,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import JSONB

from domain import calendar
from domain.card import LIVE
from sms.message import Lane, Status
from storage import rows
from storage.tables import alert_profiles, alerts, card_requests, messages, vacancies

__all__ = [
    "DIGEST",
    "MOST",
    "NO_WORDS",
    "TEMPLATE",
    "Told",
    "as_told",
    "cancel_of",
    "cancel_untrue",
    "last_told",
    "mine",
    "open_at",
    "row",
    "stands",
    "told",
    "told_before",
]

TEMPLATE: Final = "vacancy"
DIGEST: Final = "digest"
NO_WORDS: Final = ""
"""What `params_sealed` is where an SMS takes its words from vacancies."""

MOST: Final = 5_000
"""SMS that one statement takes back at most."""

_UNSENT = [Status.QUEUED.value, Status.CLAIMED.value]


@dataclass(frozen=True, slots=True)
class Told:
    """What an SMS may say of one vacancy."""

    message_id: str
    title: str
    sector: str
    place: str
    district: str | None


def open_at(now: datetime) -> ColumnElement[bool]:
    """Tell whether a vacancy can still be applied for.

    By the date in the middle one of the three zones: in the hours in which people are told it is
    the same in all.
    """
    today = calendar.local_day(now, "WITA")
    return and_(vacancies.c.state == "published", vacancies.c.closes_on >= today)


def row(  # noqa: PLR0913 - the parts of a message, each named
    *,
    lane: Lane,
    template: str,
    message_id: ColumnElement[Any],
    of: CTE | Subquery,
    now: datetime,
    until: datetime,
) -> Mapping[str, Label[Any]]:
    """Return the columns of an SMS to each person of `of`, for an INSERT ... SELECT.

    `of` has office, request_id, language, phone_sealed and phone_index.
    """
    at, end = (literal(moment, messages.c.created_at.type) for moment in (now, until))
    columns: dict[str, ColumnElement[Any]] = {
        "id": message_id,
        "lane": literal(lane.value),
        "template": literal(template),
        "params_sealed": literal(NO_WORDS),
        "dedupe_key": func.concat("alert:", cast(message_id, Text)),
        "status": literal(Status.QUEUED.value),
        "not_before": at,
        "expires_at": end,
        "created_at": at,
        "updated_at": at,
        **{name: of.c[name] for name in _OF_PEOPLE},
    }
    return {name: column.label(name) for name, column in columns.items()}


_OF_PEOPLE: Final = ("office", "request_id", "language", "phone_sealed", "phone_index")


def mine() -> ColumnElement[bool]:
    """Tell whether a row of the outbox takes its words from vacancies."""
    return messages.c.params_sealed == NO_WORDS


def stands(now: datetime) -> ColumnElement[bool]:
    """Tell whether what an SMS says of vacancies is still so, and wanted; true of all others.

    One of its vacancies is open, the person's consent stands, the number is the person's and did
    not fall silent.
    """
    consents = exists().where(
        alert_profiles.c.request_id == messages.c.request_id,
        alert_profiles.c.withdrawn_at.is_(None),
    )
    listens = exists().where(
        card_requests.c.id == messages.c.request_id,
        card_requests.c.phone_index == messages.c.phone_index,
        card_requests.c.phone_silent_at.is_(None),
        card_requests.c.state.in_(LIVE),
    )
    return or_(~mine(), and_(_open_ones(now).exists(), consents, listens))


def as_told(count: Mapping[str, int], now: datetime) -> ColumnElement[bool]:
    """Tell whether as many vacancies of an SMS are open as its words, just made, tell of.

    `count` is by id; true of all rows that are not in it.
    """
    said = cast(literal(dict(count), JSONB)[cast(messages.c.id, Text)].astext, Integer)
    open_now = _open_ones(now).with_only_columns(func.count()).scalar_subquery()
    return or_(said.is_(None), said == open_now)


def told(conn: Connection, ids: Collection[str], now: datetime) -> list[Told]:
    """Return the vacancies that claimed SMS tell of: those still open, the newest first."""
    return rows.every(conn, _told(ids).where(open_at(now)), Told)


def told_before(conn: Connection, ids: Collection[str]) -> list[Told]:
    """Return the vacancies that SMS told of, open or not."""
    return rows.every(conn, _told(ids), Told)


def cancel_untrue(conn: Connection, vacancy_id: str, now: datetime) -> int:
    """Take back the SMS about a vacancy that have not left and tell of no open one; how many.

    At most `MOST`, and none that a sender has in hand, for an officer waits for it: the sweep does
    the rest.
    """
    of_it = exists().where(alerts.c.message_id == messages.c.id, alerts.c.vacancy_id == vacancy_id)
    untrue = (mine(), messages.c.status.in_(_UNSENT), of_it, ~stands(now))
    free = select(messages.c.id).where(*untrue).limit(MOST).with_for_update(skip_locked=True)
    some = free.cte("untrue")
    unsent = (messages.c.id == some.c.id, messages.c.status.in_(_UNSENT))
    values = {"status": Status.CANCELLED.value, "final_at": now, "updated_at": now}
    return conn.execute(update(messages).where(*unsent).values(values)).rowcount


def cancel_of(conn: Connection, request_id: str, now: datetime) -> int:
    """Take back all SMS about vacancies to a person that have not left; how many."""
    theirs = (mine(), messages.c.request_id == request_id, messages.c.status.in_(_UNSENT))
    values = {"status": Status.CANCELLED.value, "final_at": now, "updated_at": now}
    return conn.execute(update(messages).where(*theirs).values(values)).rowcount


def last_told(
    conn: Connection, phone_index: str, since: datetime, asks: Collection[str]
) -> str | None:
    """Return the vacancy that the last SMS about one vacancy told a number of, None for none.

    None too when an SMS of the templates `asks` went there later: what he says is said to that.
    """
    later = messages.alias("later")
    asked_since = exists().where(
        later.c.phone_index == phone_index,
        later.c.template.in_(asks),
        later.c.sent_at > messages.c.sent_at,
    )
    query = (
        select(alerts.c.vacancy_id)
        .join_from(alerts, messages, messages.c.id == alerts.c.message_id)
        .where(
            messages.c.phone_index == phone_index,
            messages.c.template == TEMPLATE,
            messages.c.sent_at > since,
            ~asked_since,
        )
        .order_by(messages.c.sent_at.desc())
        .limit(1)
    )
    return conn.execute(query).scalar()


def _told(ids: Collection[str]) -> Any:
    return (
        select(
            alerts.c.message_id,
            vacancies.c.title,
            vacancies.c.sector,
            vacancies.c.place,
            vacancies.c.district,
        )
        .join_from(alerts, vacancies, vacancies.c.id == alerts.c.vacancy_id)
        .where(alerts.c.message_id.in_(ids))
        .order_by(vacancies.c.published_at.desc(), vacancies.c.id)
    )


def _open_ones(now: datetime) -> Any:
    """Select what an SMS tells of that is open.

    The state is a subquery on purpose: as a join PostgreSQL, before it has counted the rows of a
    fan-out, reads all alerts of a vacancy for each SMS (2 s for one, measured).
    """
    is_open = select(open_at(now)).where(vacancies.c.id == alerts.c.vacancy_id).scalar_subquery()
    theirs = select(alerts.c.vacancy_id).where(alerts.c.message_id == messages.c.id, is_open)
    return theirs.correlate(messages)
