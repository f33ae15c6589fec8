"""A caller wants a vacancy, or its text by SMS: kept and queued in one transaction.

An interest is kept once for a phone and a vacancy; the SMS says where to go, when, and what to
bring, so that nobody needs to write it down. Ten such SMS a day are enough for one number.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final
from uuid import uuid4

from domain import calendar
from domain.vacancies import State
from menus.events import Answered
from services.callbacks.whose import card_of
from services.context import CallContext, Work
from services.vacancies import telling
from sms.message import Lane
from sms.templates import wanted as slots_of
from storage import attempts, audit, locks, offices, outbox, places, vacancies, vacancy_interests
from storage.vacancies import Vacancy
from storage.vacancy_interests import NewWish

MOST_A_DAY: Final = 10
_KIND: Final = "vacancy.sms"
_ZONE: Final = "WIB"
_SENT, _REFERRAL = "vacancy_sent", "referral"


class Wanted(StrEnum):
    """How "I want this" ended."""

    KEPT = "kept"
    GONE = "gone"
    MANY = "many"
    FOREIGN = "foreign"


@dataclass(frozen=True, slots=True)
class Wisher:
    """Who wants it: the number (E.164), its index, and the language of its SMS."""

    msisdn: str | None
    phone_index: str
    language: str
    gateway: str
    registrable: bool = True


def want(work: Work, vacancy_id: str, wisher: Wisher) -> Wanted:
    """Keep that somebody wants a vacancy, tell the desk, and queue the referral by SMS.

    Whoever wants it twice is kept once, and told once a day and whenever the vacancy was changed
    since.  A number that may not be sent SMS is not kept: nobody could tell it anything.
    """
    if wisher.msisdn is None or not wisher.registrable:
        return Wanted.FOREIGN
    locks.hold(work.conn, f"phone:{wisher.phone_index}")
    vacancy = vacancies.keep(work.conn, vacancy_id)
    if vacancy is None or not _open(work, vacancy):
        return Wanted.GONE
    if not _room(work, wisher):
        return Wanted.MANY
    _keep(work, vacancy, wisher, wisher.msisdn)
    told = f"{vacancy.version}:{calendar.local_day(work.now, _ZONE)}:referral"
    _queue(work, vacancy, wisher, _REFERRAL, f"{vacancy.id}:{wisher.phone_index}:{told}")
    return Wanted.KEPT


def wants(ctx: CallContext) -> Answered:
    """Answer "Saya mau"."""
    return _answered(ctx, want(ctx, ctx.known["vacancy"], _caller(ctx)))


def sends(ctx: CallContext) -> Answered:
    """Queue the text of a vacancy, once a day for a number."""
    wisher, vacancy = _caller(ctx), telling.shown(ctx, ctx.known["vacancy"])
    if vacancy is None:
        return Answered("gone")
    if wisher.msisdn is None or not wisher.registrable:
        return Answered("foreign", telling.how_to_apply(vacancy))
    locks.hold(ctx.conn, f"phone:{wisher.phone_index}")
    if not _room(ctx, wisher):
        return Answered("many")
    day = calendar.local_day(ctx.now, _ZONE)
    _queue(ctx, vacancy, wisher, _SENT, f"{vacancy.id}:{wisher.phone_index}:{day}:sent")
    ctx.after_commit.append(ctx.nudge)
    return Answered("sent")


def _answered(ctx: CallContext, wanted: Wanted) -> Answered:
    match wanted:
        case Wanted.GONE | Wanted.MANY:
            return Answered(wanted.value)
        case Wanted.KEPT:
            ctx.after_commit.append(ctx.nudge)
    vacancy = telling.shown(ctx, ctx.known["vacancy"])
    return Answered(wanted.value, telling.how_to_apply(vacancy)) if vacancy else Answered("gone")


def _caller(ctx: CallContext) -> Wisher:
    caller = ctx.caller
    return Wisher(caller.msisdn, caller.phone_index, ctx.language, ctx.gateway, caller.registrable)


def _open(work: Work, vacancy: Vacancy) -> bool:
    office = offices.get(work.conn, vacancy.office)
    today = calendar.local_day(work.now, office.zone if office else _ZONE)
    return vacancy.state is State.PUBLISHED and vacancy.closes_on >= today


def _room(work: Work, wisher: Wisher) -> bool:
    since = work.now - timedelta(days=1)
    return attempts.count(work.conn, _KIND, wisher.phone_index, since) < MOST_A_DAY


def _keep(work: Work, vacancy: Vacancy, wisher: Wisher, msisdn: str) -> None:
    wish_id, card = str(uuid4()), card_of(work.conn, wisher.phone_index, vacancy.office)
    wish = NewWish(
        id=wish_id,
        vacancy_id=vacancy.id,
        office=vacancy.office,
        request_id=card.id if card else None,
        phone_sealed=work.vault.seal(msisdn, where=places.interest_phone(wish_id)),
        phone_index=wisher.phone_index,
        phone_last4=msisdn[-4:],
        language=wisher.language,
        gateway=wisher.gateway,
    )
    if vacancy_interests.add(work.conn, wish, work.now):
        _note(work, wish)


def _note(work: Work, wish: NewWish) -> None:
    audit.add(
        work.conn,
        work.now,
        action="vacancy.wanted",
        office=wish.office,
        request_id=wish.request_id,
        details={"vacancy": wish.vacancy_id},
    )


def _queue(work: Work, vacancy: Vacancy, wisher: Wisher, template: str, key: str) -> None:
    """Queue an SMS on a vacancy, and count it; the same one again is neither."""
    every = telling.sms_facts(work, vacancy)
    queued = outbox.add(
        work.conn,
        work.vault,
        office=vacancy.office,
        request_id=None,
        lane=Lane.URGENT,
        template=template,
        language=wisher.language,
        params={name: every[name] for name in slots_of(template)},
        to=wisher.msisdn or "",
        dedupe_key=key,
        now=work.now,
        expires_at=_last_moment(work, vacancy),
    )
    if queued:
        attempts.add(work.conn, _KIND, wisher.phone_index, work.now)


def _last_moment(work: Work, vacancy: Vacancy) -> datetime:
    """Return when the last day to apply is over: no SMS is of use then."""
    office = offices.get(work.conn, vacancy.office)
    zone = office.zone if office else _ZONE
    return calendar.day_begins(vacancy.closes_on + timedelta(days=1), zone)
