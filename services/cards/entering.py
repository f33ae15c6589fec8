"""Enter a card request: a free code, the slot or none, and who already holds the NIK is told."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import Final
from uuid import uuid4

from domain import calendar, nik, people, request_code
from domain.card import State
from domain.msisdn import last4
from domain.slots import Place
from services import slots
from services.cards import changes, notices
from services.context import CallContext
from storage import card_requests, offices, places
from storage.card_requests import CardRequest, NewRequest
from storage.offices import Office

MOST_LIVE: Final = 10
MOST_A_DAY: Final = 3
_CODES_TRIED: Final = 20


@dataclass(frozen=True, slots=True)
class _Wish:
    """What a caller asks for, all read and found allowed."""

    office: Office
    place: Place
    nik_index: str
    phone: str | None
    holder: CardRequest | None


def enter(ctx: CallContext, office: Office, nik_index: str) -> CardRequest | None:
    """Enter the request of a registrable caller for the hour chosen; ``None`` when it has gone.

    Whom a cadre registers may have no phone at all: then the request hangs on no number.
    """
    holder = card_requests.holder_of_nik(ctx.conn, nik_index)
    place = slots.find(ctx.conn, office, ctx.now, ctx.known["slot"])
    if place is None or not slots.reserve(ctx.conn, office, place, contested=holder is not None):
        return None
    request = _add(ctx, _Wish(office, place, nik_index, ctx.caller.msisdn, holder))
    changes.note(ctx, request, "requested")
    return _settled(ctx, request, holder)


def too_many(ctx: CallContext, office: Office) -> bool:
    """Tell whether a number has more live requests, or more of today, than one may have."""
    phone = ctx.caller.phone_index
    today = calendar.day_begins(calendar.local_day(ctx.now, office.zone), office.zone)
    if card_requests.count_live(ctx.conn, phone) >= MOST_LIVE:
        return True
    return card_requests.count_since(ctx.conn, phone, today) >= MOST_A_DAY


def _settled(ctx: CallContext, request: CardRequest, holder: CardRequest | None) -> CardRequest:
    """Book the request, or leave it to the counter and tell the holder of the NIK."""
    if holder is None:
        return changes.move(ctx, request, State.BOOKED, {"holds_slot": True})
    changes.note(ctx, request, "contested", details={"with": holder.id})
    if at := offices.get(ctx.conn, holder.office):
        notices.tell_nik_used(ctx, holder, at)
    return request


def _add(ctx: CallContext, wish: _Wish) -> CardRequest:
    """Insert the request under a code that nobody has."""
    request_id = str(uuid4())
    for _ in range(_CODES_TRIED):
        code = request_code.make(secrets.randbelow)
        if card_requests.add(ctx.conn, _row(ctx, wish, request_id, code), ctx.now):
            break
    added = card_requests.get(ctx.conn, request_id)
    if added is None:
        raise RuntimeError("no free request code was found")
    return added


def _row(ctx: CallContext, wish: _Wish, request_id: str, code: str) -> NewRequest:
    name, digits, phone = ctx.known["name"], ctx.known["nik"], wish.phone
    today = calendar.local_day(ctx.now, wish.office.zone)
    return NewRequest(
        id=request_id,
        office=wish.office.code,
        code=code,
        state=State.REQUESTED,
        nik_sealed=ctx.vault.seal(digits, where=places.nik(request_id)),
        nik_index=wish.nik_index,
        born=nik.birth_date(digits[6:12], today),
        sex=nik.sex(digits).value,
        call_name=name,
        call_name_folded=people.folded(name),
        phone_sealed=phone and ctx.vault.seal(phone, where=places.phone(request_id)),
        phone_index=ctx.caller.phone_index if phone else None,
        phone_last4=phone and last4(phone),
        home=ctx.known["home"],
        language=ctx.language,
        day=wish.place.day,
        hour=wish.place.hour,
        holds_slot=False,
        gateway=ctx.gateway,
        contested_with=wish.holder.id if wish.holder else None,
    )
