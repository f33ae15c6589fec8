"""A caller asks to be rung: the offer, and the promise in one transaction with its row.

One open wish a phone: whoever asks again hears the same promise, until its time has passed unkept;
then another is made for the same wish.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from uuid import uuid4

from domain import callbacks
from domain.callbacks import Promise, State
from domain.card import LIVE
from menus.events import Answered
from services.callbacks import rotas, whose
from services.callbacks.rotas import Offer
from services.context import CallContext
from services.tickets import filing
from storage import audit, callback_requests, card_requests, locks, offices, places
from storage.callback_requests import Callback, NewCallback
from storage.offices import Office


def stuck(ctx: CallContext) -> Answered:
    """Offer a call to whoever was refused too often; say nothing where none can be promised."""
    told = _offered(ctx, ctx.screen or "")
    return told if told.outcome == "free" else Answered("none")


def offer(ctx: CallContext) -> Answered:
    """Offer a call to whoever asks for one, or tell why there is none.

    Whoever wants to complain by phone is known by the screen he left.
    """
    return _offered(ctx, (ctx.screen or "") if _complains(ctx.screen) else "")


def ask(ctx: CallContext) -> Answered:
    """Write the wish down as it was offered; ``taken``, with another time, when that has gone."""
    locks.hold(ctx.conn, f"phone:{ctx.caller.phone_index}")
    before = callback_requests.open_of(ctx.conn, ctx.caller.phone_index, lock=True)
    if before and (standing := _standing(ctx, before)):
        return Answered("promised", _facts(standing))
    office = offices.get(ctx.conn, ctx.known["callback_office"])
    if office is None or not rotas.rings(office) or not ctx.caller.registrable:
        return Answered("full")
    locks.hold(ctx.conn, f"callbacks:{office.code}")
    return _taken(ctx, office, before)


def _taken(ctx: CallContext, office: Office, before: Callback | None) -> Answered:
    """Take what was offered while nobody else of the office's callers can."""
    free = rotas.free(ctx.conn, office, ctx.now)
    wanted = _promise(ctx.known["call_day"], ctx.known["window"])
    if wanted in free:
        _write(ctx, Offer(office, wanted), before)
        return Answered("promised", _facts(Offer(office, wanted)))
    return Answered("taken", _facts(Offer(office, free[0]))) if free else Answered("full")


def _offered(ctx: CallContext, stuck_at: str) -> Answered:
    if ctx.caller.msisdn is None or not ctx.caller.registrable:
        return Answered("foreign")
    before = callback_requests.open_of(ctx.conn, ctx.caller.phone_index)
    if before and (standing := _standing(ctx, before)):
        return Answered("promised", _facts(standing))
    near = rotas.nearest(ctx.conn, ctx.offices, tuple(_hints(ctx)))
    if found := rotas.soonest(ctx.conn, near, ctx.now):
        office = found.office.code
        return Answered("free", {**_facts(found), "callback_office": office, "stuck_at": stuck_at})
    return _none(near)


def _none(near: list[Office]) -> Answered:
    if any(rotas.rings(office) for office in near):
        return Answered("full")
    return Answered("never", {"place": near[0].place if near else "Disnaker"})


def _standing(ctx: CallContext, callback: Callback) -> Offer | None:
    """Return the promise of an open wish, unless its time has passed."""
    office = offices.get(ctx.conn, callback.office)
    promise = _promise(callback.day.isoformat(), callback.hours)
    if office is None or rotas.is_over(office, promise, ctx.now):
        return None
    return Offer(office, promise)


def _hints(ctx: CallContext) -> Iterator[str]:
    """Yield what tells whose caller this is, the surest first; a NIK only tells a birthplace."""
    known = ctx.known
    yield known.get("ticket_office", "")
    yield known.get("office", "")
    yield known.get("home", "")[:5]
    for request in card_requests.of_phone(ctx.conn, ctx.caller.phone_index, LIVE):
        yield request.office
    digits = known.get("nik") or known.get("nik_first", "")
    yield f"{digits[:2]}.{digits[2:4]}"


def _write(ctx: CallContext, offer: Offer, before: Callback | None) -> None:
    """Write the promise down: a new wish, or the old one whose time has passed."""
    callback_id = before.id if before else str(uuid4())
    row = _row(ctx, offer, callback_id)
    if before:
        told = {"office": row.office, "request_id": row.request_id, "language": row.language}
        # Whoever rang before has nothing to do with the new promise.
        when = {"day": row.day, "hours": row.hours, "state": State.ASKED, "officer_id": None}
        callback_requests.change(ctx.conn, before.id, before.version, {**told, **when}, ctx.now)
    else:
        callback_requests.add(ctx.conn, row, ctx.now)
        if _complains(row.stuck_at):
            filing.for_call(ctx, row.office, callback_id)
    audit.add(
        ctx.conn,
        ctx.now,
        action="callback.asked",
        office=row.office,
        request_id=row.request_id,
        details={"callback": callback_id},
    )


def _complains(screen: str | None) -> bool:
    return (screen or "").startswith("complaint.")


def _row(ctx: CallContext, offer: Offer, callback_id: str) -> NewCallback:
    card = whose.card_of(ctx.conn, ctx.caller.phone_index, offer.office.code)
    return NewCallback(
        id=callback_id,
        office=offer.office.code,
        request_id=card.id if card else None,
        phone_sealed=ctx.vault.seal(
            ctx.caller.msisdn or "", where=places.callback_phone(callback_id)
        ),
        phone_index=ctx.caller.phone_index,
        language=ctx.language,
        gateway=ctx.gateway,
        stuck_at=ctx.known["stuck_at"],
        day=offer.promise.day,
        hours=str(offer.promise.window),
    )


def _promise(day: str, hours: str) -> Promise:
    window = callbacks.window(hours)
    if window is None:
        raise ValueError("a stored window is no span of hours")
    return Promise(date.fromisoformat(day), window)


def _facts(offer: Offer) -> dict[str, str]:
    hours = str(offer.promise.window)
    return {
        "call_day": offer.promise.day.isoformat(),
        "window": hours,
        "between": hours,
        "office_phone": offer.office.phone,
    }
