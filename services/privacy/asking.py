"""A caller decides about his own data: SMS on vacancies end at once, the rest is a ticket."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from domain.tickets import OPEN, TOLD_FOR, Kind
from menus.events import Answered
from services.context import CallContext
from services.tickets import whose
from services.tickets.filing import Wish, write
from storage import forgetting, optouts, tickets
from storage.tickets import Ticket

_KINDS: Final[Mapping[str, Kind]] = MappingProxyType(
    {"copy": Kind.DATA_COPY, "delete": Kind.DATA_DELETE}
)


def stop_alerts(ctx: CallContext) -> Answered:
    """End every consent of this number to SMS on vacancies, and take back what has not left."""
    optouts.add(ctx.conn, phone_index=ctx.caller.phone_index, source="menu", now=ctx.now)
    return Answered("stopped")


def ask(ctx: CallContext) -> Answered:
    """Ask for a copy or for deletion; the same code again while an earlier wish still waits."""
    if ctx.caller.msisdn is None or not ctx.caller.registrable:
        return Answered("foreign")
    kind = _KINDS[ctx.known["wish"]]
    if standing := _standing(ctx, kind):
        return Answered("filed", {"code": standing.code})
    choices = whose.choices(ctx)
    if len(choices) > 1:
        return Answered("which", {}, {"tickets.offices": choices})
    filed = write(ctx, Wish(kind, whose.offices(ctx)[0]))
    if filed and kind is Kind.DATA_DELETE:
        _end(ctx)
    return Answered("filed", {"code": filed.code}) if filed else Answered("too_many")


def _end(ctx: CallContext) -> None:
    """End at once what hangs on the number alone; of the card an officer decides, KTP in hand."""
    phone = ctx.caller.phone_index
    optouts.add(ctx.conn, phone_index=phone, source="menu", now=ctx.now)
    forgetting.forget(ctx.conn, phone, ctx.now, keep=forgetting.TOLD_OF)


def _standing(ctx: CallContext, kind: Kind) -> Ticket | None:
    own = tickets.of_phone(ctx.conn, ctx.caller.phone_index, ctx.now - TOLD_FOR)
    return next((one for one in own if one.kind is kind and one.state in OPEN), None)
