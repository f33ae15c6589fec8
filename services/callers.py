"""Who is on the line: what a number already has with us, its language, and whose NIK is typed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlalchemy import Connection

from domain import calendar, card, nik
from domain.card import LIVE, State
from menus.events import Answered
from menus.leaving import task_of
from services.cards import silence
from services.context import CallContext
from services.drafts import KEPT, LASTING, UNASKED
from storage import callers, card_requests, decisions, offices, places, recognition
from storage.card_requests import CardRequest
from storage.recognition import Recognised

# An answer stays the first screen for a while after the end, then the number is as new.
ENDED_SHOWN: timedelta = timedelta(days=90)
_ENDED = frozenset({State.REFUSED, State.EXPIRED})
# Where the day begins first: nobody is told that he is too young on his birthday.
_FIRST_ZONE = "WIT"


def recognise(ctx: CallContext) -> Answered:
    """Choose the first screen: go on with a draft, one's own answer, several, or the welcome.

    A deep dial (``*123*2#``) means the same for everybody, so nothing is offered then.  That the
    call before was cut where the NIK is asked for changes no first screen and is passed on.
    """
    found = _found(ctx)
    language = {"language": found.language} if found.language else {}
    facts = {"tariff": ctx.tariff, **language, **_cut(ctx)}
    if ctx.known.get("dialled") == "deep":
        return Answered("new", facts)
    if found.left is not None:
        return Answered("unfinished", {**facts, "task": task_of(found.left)})
    match found.people:
        case ():
            return Answered("new", facts)
        case (one,):
            return Answered("known", {**facts, "request": one.request})
        case several:
            people = [{"value": one.request, "name": one.name} for one in several]
            return Answered("several", facts, {"caller.people": people})


def _found(ctx: CallContext) -> Recognised:
    return recognition.find(
        ctx.asks,
        ctx.caller.phone_index,
        drafts_since=ctx.now - KEPT,
        others_since=ctx.now - UNASKED,
        lasting=LASTING,
        live=LIVE,
        ended=_ENDED,
        ended_after=ctx.now - ENDED_SHOWN,
        now=ctx.now,
    )


def own(conn: Connection, phone_index: str, now: datetime) -> Iterator[CardRequest]:
    """Yield a phone's requests worth telling, one a person, newest first.

    None while the number may be somebody else's by now.
    """
    told = set[str]()
    for row in card_requests.of_phone(conn, phone_index, frozenset(State)):
        worth = row.nik_index not in told and _worth_telling(conn, row, now)
        if worth and silence.known(conn, row, now):
            told.add(row.nik_index)
            yield row


def _worth_telling(conn: Connection, request: CardRequest, now: datetime) -> bool:
    """Tell whether a request goes on, or ended of late; one whose end may be undone is told too."""
    if request.state in LIVE:
        return True
    if request.state in _ENDED and request.updated_at > now - ENDED_SHOWN:
        return True
    just_now = request.updated_at > now - card.UNDO
    return just_now and decisions.unsettled(conn, request.id, now)


def keep_language(ctx: CallContext) -> Answered:
    """Keep the language chosen, for the screens and the SMS of this number."""
    speaks(ctx)
    card_requests.speak(ctx.conn, ctx.caller.phone_index, ctx.language)
    return Answered("kept")


def speaks(ctx: CallContext) -> None:
    """Remember the number with the language of this session."""
    phone = ctx.caller.phone_index
    sealed = ctx.vault.seal(ctx.caller.msisdn or "", where=places.caller_phone(phone))
    callers.seen(ctx.conn, phone, sealed, ctx.language, ctx.now)


def read_applicant(ctx: CallContext) -> Answered:
    """Say whom a NIK speaks of.

    Only the phone that holds a NIK hears that it is held; to any other it is as new, so nobody
    learns who is registered.
    """
    if not ctx.caller.registrable:
        return Answered("foreign")
    person = read_person(ctx)
    index = ctx.vault.index("nik", ctx.known["nik"])
    if person.outcome != "implausible" and (own := held(ctx, index)):
        return Answered("already", {"request": own.id})
    return person


def held(ctx: CallContext, nik_index: str) -> CardRequest | None:
    """Return the live request of this phone for a NIK, unless the number fell silent since."""
    own = card_requests.of_phone_and_nik(ctx.conn, ctx.caller.phone_index, nik_index)
    return own if own and silence.known(ctx.conn, own, ctx.now) else None


def read_person(ctx: CallContext) -> Answered:
    """Say what a NIK tells of a person, whoever types it: ``sound``, ``young``, ``implausible``."""
    today = calendar.local_day(ctx.now, _FIRST_ZONE)
    read = nik.read(ctx.known["nik"], today)
    if isinstance(read, nik.Implausible):
        return Answered("implausible", {"count": str(read.age)})
    return _of_age(ctx, read, nik.age(read.born, today))


def _of_age(ctx: CallContext, read: nik.Nik, age: int) -> Answered:
    """Turn away who is too young for every office; which one is his, only his home tells."""
    minimum = offices.lowest_age(ctx.conn, ctx.offices)
    if minimum is not None and age < minimum:
        return Answered("young", {"minimum": str(minimum)})
    return Answered("sound", {"born": read.born.isoformat(), "sex": read.sex.value, "request": ""})


def _cut(ctx: CallContext) -> dict[str, str]:
    return {"cut": ctx.known["cut"]} if "cut" in ctx.known else {}
