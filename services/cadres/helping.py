"""Register somebody in whose name a cadre acts.

The request hangs on the person's own number, or on none; never on the cadre's, who would then be
told of it for years. Who has a number hears day and code himself, and the cadre hears only that it
was sent, whether the NIK was new to us, held by another, or that very person's: so a PIN tells
nobody who is registered.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from msgspec import structs

from domain import calendar, msisdn
from domain.card import LIVE
from menus.events import Answered
from services import homes
from services.cadres import entering
from services.cards import entering as requests
from services.cards import notices, silence, status
from services.context import CallContext, Caller
from sms.message import Lane
from sms.templates import wanted
from storage import cadres, card_requests, locks, offices, outbox
from storage.cadres import Cadre
from storage.card_requests import CardRequest
from storage.offices import Office

__all__ = ["book"]

_NOBODY: Final = Caller(msisdn=None, phone_index="", registrable=False)


@dataclass(frozen=True, slots=True)
class _Help:
    """Somebody to be registered. `ctx` speaks in his name: its caller is his number, or nobody."""

    ctx: CallContext
    cadre: Cadre
    nik_index: str
    by: CallContext


def book(ctx: CallContext, cadre_id: str) -> Answered:
    """Register and book the person the session knows.

    Answers ``told`` when the person is told by SMS, ``helped`` with the day and the code when he
    has no number, else as `card.book` does. Said again, it answers the same.
    """
    cadre = cadres.get(ctx.conn, cadre_id)
    if cadre is None or not _is_his(cadre, ctx):
        return Answered("too_many")
    wish = _Help(structs.replace(ctx, caller=_whose(ctx)), cadre, _nik_index(ctx), ctx)
    _hold(wish)
    if known := cadres.request_of(ctx.conn, cadre.id, wish.nik_index, LIVE):
        return _again(wish, known)
    office = homes.find_office(ctx)
    if isinstance(office, Answered):
        return office
    if entering.full(ctx, cadre) or _too_many(wish, office):
        return Answered("too_many")
    return _entered(wish, office)


def _entered(wish: _Help, office: Office) -> Answered:
    ctx, phone = wish.ctx, wish.ctx.caller.phone_index
    if phone and (own := card_requests.of_phone_and_nik(ctx.conn, phone, wish.nik_index)):
        _remind(wish, own)
        return _told(ctx)
    request = requests.enter(ctx, office, wish.nik_index)
    if request is None:
        return Answered("taken")
    cadres.registered(ctx.conn, wish.cadre.id, request.id, ctx.now)
    notices.tell(ctx, "booked", request, office)
    ctx.after_commit.append(ctx.nudge)
    return _said(ctx, request, office)


def _again(wish: _Help, request_id: str) -> Answered:
    request = card_requests.get(wish.ctx.conn, request_id)
    office = offices.get(wish.ctx.conn, request.office) if request else None
    return _said(wish.ctx, request, office) if request and office else Answered("too_many")


def _told(ctx: CallContext) -> Answered:
    return Answered("told", {"name": ctx.known["name"]})  # as typed: not as we may know him


def _said(ctx: CallContext, request: CardRequest, office: Office) -> Answered:
    if request.phone_index is not None:
        return _told(ctx)
    facts = {
        "name": ctx.known["name"],
        "code": request.code,
        "day": request.day.isoformat() if request.day else "",
        "hour": request.hour or "",
        "place": office.place,
        "papers": office.papers,
    }
    return Answered("helped", facts)


def _remind(wish: _Help, own: CardRequest) -> None:
    """Tell the person of the card he asked for before, once a day.

    Where the number may be another's by now, it hears only what to dial: what the cadre is told
    holds either way.
    """
    ctx, office = wish.ctx, offices.get(wish.ctx.conn, own.office)
    if office is None or ctx.caller.msisdn is None:
        return
    template, facts = _news(ctx, own, office)
    outbox.add(
        ctx.conn,
        ctx.vault,
        office=own.office,
        request_id=own.id,
        lane=Lane.URGENT,
        template=template,
        language=own.language,
        params={name: facts[name] for name in wanted(template)},
        to=ctx.caller.msisdn,
        dedupe_key=f"cadre:{own.id}:{own.version}:{calendar.local_day(ctx.now, office.zone)}",
        now=ctx.now,
    )
    ctx.after_commit.append(ctx.nudge)


def _news(ctx: CallContext, own: CardRequest, office: Office) -> tuple[str, Mapping[str, str]]:
    if not silence.known(ctx.conn, own, ctx.now):
        return "dial", {"place": office.place}
    stands = status.of(ctx.conn, own, office, ctx.now)
    return f"status_{stands.outcome}", {**stands.facts, "phone": office.phone}


def _is_his(cadre: Cadre, ctx: CallContext) -> bool:
    return cadre.state == "active" and cadre.phone_index == ctx.caller.phone_index


def _hold(wish: _Help) -> None:
    """Lock in the order of every booking, so that two never wait for each other."""
    locks.hold(wish.ctx.conn, f"phone:{wish.by.caller.phone_index}")
    locks.hold(wish.ctx.conn, f"nik:{wish.nik_index}")


def _too_many(wish: _Help, office: Office) -> bool:
    return bool(wish.ctx.caller.phone_index) and requests.too_many(wish.ctx, office)


def _nik_index(ctx: CallContext) -> str:
    return ctx.vault.index("nik", ctx.known["nik"])


def _whose(ctx: CallContext) -> Caller:
    """Return the person's own number; nobody's when he has none, or the cadre's was typed."""
    told = ctx.known.get("number", "") if ctx.known.get("own_phone") == "yes" else ""
    number = msisdn.read(told)
    if number is None or not number.registrable or number.e164 == ctx.caller.msisdn:
        return _NOBODY
    return Caller(number.e164, ctx.vault.index("phone", number.e164), registrable=True)
