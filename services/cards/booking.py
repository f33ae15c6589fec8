"""The main job: a sound request books its slot by itself, in one transaction.

Somebody else's NIK never shows: from a phone that does not hold it, a NIK that is held gets the
same screens, an own code and the same SMS as a new one.  Such a request stays `requested`, marked
with the one it contests, takes no slot (one open slot per NIK), and both are judged at the counter,
where the KTP is seen.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import Final
from uuid import uuid4

from domain import calendar, nik, people, request_code
from domain.card import State
from domain.msisdn import last4
from domain.slots import Place
from menus.events import Answered
from services import homes, slots
from services.cards import booked, changes, notices, rebooking
from services.context import CallContext
from storage import card_requests, locks, offices, places
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
    phone: str
    holder: CardRequest | None


def book(ctx: CallContext) -> Answered:
    """Book the visit of a new applicant, or another day for one who missed his.

    Answers ``booked``, ``taken`` when the hour has just gone, ``already`` when this very phone has
    a request for the NIK, ``too_many`` above ten live applicants or three registrations a day,
    ``unserved`` or ``young`` when the office of the home is another matter than it was.
    """
    if request_id := ctx.known.get("request"):
        return rebooking.rebook(ctx, request_id)
    nik_index = ctx.vault.index("nik", ctx.known["nik"])
    # Always in this order, so that two phones with two NIKs never wait for each other.
    locks.hold(ctx.conn, f"phone:{ctx.caller.phone_index}")
    locks.hold(ctx.conn, f"nik:{nik_index}")
    own = card_requests.of_phone_and_nik(ctx.conn, ctx.caller.phone_index, nik_index)
    if own:
        return Answered("already", {"request": own.id})
    office = homes.find_office(ctx)
    if isinstance(office, Answered):
        return office
    if ctx.caller.msisdn is None or not ctx.caller.registrable or _too_many(ctx, office):
        return Answered("too_many")
    return _book(ctx, office, nik_index, ctx.caller.msisdn)


def _book(ctx: CallContext, office: Office, nik_index: str, phone: str) -> Answered:
    holder = card_requests.holder_of_nik(ctx.conn, nik_index)
    place = slots.find(ctx.conn, office, ctx.now, ctx.known["slot"])
    if place is None or not slots.reserve(ctx.conn, office, place, contested=holder is not None):
        return Answered("taken")
    request = _add(ctx, _Wish(office, place, nik_index, phone, holder))
    changes.note(ctx, request, "requested")
    request = _settled(ctx, request, holder)
    return booked.finish(ctx, request, office)


def _too_many(ctx: CallContext, office: Office) -> bool:
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
    name, digits = ctx.known["name"], ctx.known["nik"]
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
        phone_sealed=ctx.vault.seal(wish.phone, where=places.phone(request_id)),
        phone_index=ctx.caller.phone_index,
        phone_last4=last4(wish.phone),
        home=ctx.known["home"],
        language=ctx.language,
        day=wish.place.day,
        hour=wish.place.hour,
        holds_slot=False,
        gateway=ctx.gateway,
        contested_with=wish.holder.id if wish.holder else None,
    )
