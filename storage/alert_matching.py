"""Who is to hear of a vacancy: one statement matches, writes down whom, and queues the SMS.

The rule is that of `domain.matching`. Numbers stay sealed: an SMS takes its number from the card
request as it is sealed there, and its words from the vacancy when it leaves.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    CTE,
    ColumnElement,
    Connection,
    Insert,
    Select,
    and_,
    any_,
    case,
    delete,
    exists,
    false,
    func,
    literal,
    or_,
    select,
    true,
)
from sqlalchemy.dialects.postgresql import array, distinct_on, insert

from domain import matching
from domain.card import LIVE
from sms.message import Lane, Status
from storage import rows
from storage.alert_messages import TEMPLATE, Told, open_at, row
from storage.tables import alert_profiles, alerts, card_requests, messages, optouts, vacancies

__all__ = ["Wave", "Waved", "fits", "fitting", "forget_untold", "match", "of_people", "open_in"]

_people, _requests = alert_profiles.c, card_requests.c
_MATCHED = ("vacancy_id", "phone_index", "request_id", "office", "message_id", "created_at")


@dataclass(frozen=True, slots=True)
class Wave:
    """A step of matching: the phones of a slice, told by SMS that are of use `until`.

    A slice is two bounds of `phone_index` (`domain.matching.slices`), the upper one left out.
    """

    now: datetime
    until: datetime
    phones: tuple[str, str]


@dataclass(frozen=True, slots=True)
class Waved:
    """How many people were matched by a step, and how many of them hear at once."""

    matched: int
    queued: int


def match(conn: Connection, vacancy_id: str, wave: Wave) -> Waved:
    """Match a vacancy to people who have not heard of it, and queue what is told at once.

    Whoever wants a weekly SMS is written down without one. Of several people on one phone the one
    who wants to hear at once, else the first, stands for all: the phone is told once.
    """
    wanted = _wanted(vacancy_id, wave).cte("wanted")
    told = _told(wanted, wave)
    queued = _queued(wanted, told, wave).returning(messages.c.id).cte("queued")
    counts = select(
        select(func.count()).select_from(told).scalar_subquery().label("matched"),
        select(func.count()).select_from(queued).scalar_subquery().label("queued"),
    )
    found = conn.execute(counts).one()
    return Waved(found.matched, found.queued)


def listening(conn: Connection) -> int:
    """Count the people whose consent stands."""
    query = select(func.count()).where(_people.withdrawn_at.is_(None))
    return conn.execute(query).scalar_one()


def fitting(conn: Connection, request_id: str, now: datetime, limit: int) -> list[Told]:
    """Return the open vacancies that fit a person's wishes, the newest first."""
    person = (_people.request_id == request_id, _requests.id == request_id)
    return _newest(conn, now, limit, *person, fits())


def open_in(
    conn: Connection, regency: str, sector: str | None, now: datetime, limit: int
) -> list[Told]:
    """Return the open vacancies of a regency, of one sector (and of any) or all, newest first."""
    work = vacancies.c.sector.in_((sector, matching.ANYTHING)) if sector else true()
    return _newest(conn, now, limit, vacancies.c.place == regency, work)


def forget_untold(conn: Connection, vacancy_id: str) -> int:
    """Forget whom a closed vacancy never reached, so that it may once it is open again."""
    never_left = (
        messages.c.id == alerts.c.message_id,
        messages.c.sent_at.is_(None),
        messages.c.status.in_([Status.CANCELLED.value, Status.EXPIRED.value]),
    )
    gone = delete(alerts).where(alerts.c.vacancy_id == vacancy_id, exists().where(*never_left))
    return conn.execute(gone).rowcount


def fits() -> ColumnElement[bool]:
    """Tell whether a vacancy fits a person's wishes; rows of three tables, joined by nobody yet."""
    return and_(_sector_fits(), _place_fits(), _school_fits())


def of_people() -> ColumnElement[bool]:
    """Tell whether a person with wishes may be told.

    Consent stands, the request goes on, no STOP, and the number is not one that fell silent.
    """
    return and_(
        _people.request_id == _requests.id,
        _people.withdrawn_at.is_(None),
        _requests.state.in_(LIVE),
        _requests.phone_sealed.is_not(None),
        _requests.phone_index.is_not(None),
        _requests.phone_silent_at.is_(None),
        ~exists().where(optouts.c.phone_index == _requests.phone_index),
    )


def _newest(conn: Connection, now: datetime, limit: int, *which: ColumnElement[bool]) -> list[Told]:
    names = (name for name in Told.__slots__ if name != "message_id")
    columns = (literal("").label("message_id"), *(vacancies.c[name] for name in names))
    query = select(*columns).where(open_at(now), *which)
    newest = query.order_by(vacancies.c.published_at.desc(), vacancies.c.id)
    return rows.every(conn, newest.limit(limit), Told)


def _sector_fits() -> ColumnElement[bool]:
    sectors = func.coalesce(_people.sectors, array([_people.sector]))
    any_work = or_(
        vacancies.c.sector == matching.ANYTHING,
        and_(_people.sectors.is_(None), _people.sector.is_(None)),
        literal(matching.ANYTHING) == any_(sectors),
    )
    abroad = vacancies.c.place == matching.ABROAD
    goes_abroad = or_(_people.reach == matching.ABROAD, literal(matching.OVERSEAS) == any_(sectors))
    return or_(
        any_work,
        vacancies.c.sector == any_(sectors),
        and_(abroad, literal(matching.OVERSEAS) == any_(sectors)),
        and_(vacancies.c.sector == matching.OVERSEAS, goes_abroad),
    )


def _place_fits() -> ColumnElement[bool]:
    """Compare by the digits of codes: a home "32.10.11", a place "32.10"."""
    reach = func.coalesce(_people.reach, matching.NEAR)
    sectors = func.coalesce(_people.sectors, array([_people.sector]))
    wants_abroad = or_(reach == matching.ABROAD, literal(matching.OVERSEAS) == any_(sectors))
    anywhere = reach.in_([matching.ANYWHERE, *matching.WIDER])
    province = func.left(_requests.home, 2) == func.left(vacancies.c.place, 2)
    return case(
        (vacancies.c.place == matching.ABROAD, func.coalesce(wants_abroad, false())),
        (func.left(_requests.home, 5) == vacancies.c.place, reach != matching.ABROAD),
        (reach == matching.PROVINCE, province),
        else_=anywhere,
    )


def _school_fits() -> ColumnElement[bool]:
    own = case(dict(matching.LEVELS), value=_people.education)
    least = case(dict(matching.LEVELS), value=vacancies.c.education)
    return or_(vacancies.c.education.is_(None), own >= least)


def _wanted(vacancy_id: str, wave: Wave) -> Select[Any]:
    at_once = _people.pace == matching.AT_ONCE
    return (
        select(
            vacancies.c.id.label("vacancy_id"),
            _requests.phone_index,
            _requests.id.label("request_id"),
            _requests.office,
            _requests.language,
            _requests.phone_sealed,
            at_once.label("at_once"),
        )
        .where(
            vacancies.c.id == vacancy_id,
            open_at(wave.now),
            of_people(),
            fits(),
            _requests.phone_index >= wave.phones[0],
            _requests.phone_index < wave.phones[1],
        )
        .ext(distinct_on(_requests.phone_index))
        .order_by(_requests.phone_index, at_once.desc(), _requests.created_at, _requests.id)
    )


def _told(wanted: CTE, wave: Wave) -> CTE:
    """Write down who was not written down before: that nobody is twice, two keys promise."""
    message_id = case((wanted.c.at_once, func.gen_random_uuid()))
    now = literal(wave.now, alerts.c.created_at.type)
    mine = select(*(wanted.c[name] for name in _MATCHED[:4]), message_id, now)
    told = insert(alerts).from_select(_MATCHED, mine).on_conflict_do_nothing()
    return told.returning(alerts.c.phone_index, alerts.c.message_id).cte("told")


def _queued(wanted: CTE, told: CTE, wave: Wave) -> Insert:
    """Queue an SMS for each of `told` who is not to wait for his day of the week."""
    columns = row(
        lane=Lane.BULK,
        template=TEMPLATE,
        message_id=told.c.message_id,
        of=wanted,
        now=wave.now,
        until=wave.until,
    )
    mine = (
        select(*columns.values())
        .join_from(told, wanted, wanted.c.phone_index == told.c.phone_index)
        .where(told.c.message_id.is_not(None))
    )
    return insert(messages).from_select(list(columns), mine)
