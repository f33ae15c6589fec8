"""The office in Majalengka on a working day: its officers, and people as a test needs them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from itertools import count
from typing import Any
from uuid import UUID

from domain import people
from domain.tickets import CLOCK, Kind
from runtime.wiring import House
from services.incoming import Hearing
from services.officers import passwords
from sms.gateway import IncomingSms
from storage import callback_requests, places, tickets
from storage.callback_requests import NewCallback
from storage.tickets import NewTicket
from tests.support import applicants
from tests.support.installation import Clock
from tests.support.staff import employ
from tests.support.visitor import PASSWORD

_SMS = count(1)


def opens(house: House, clock: Clock) -> House:
    """Let it be Monday the 23rd, 09.00 in Majalengka, with every officer at work."""
    clock.goes_on(hours=23)
    with house.database.begin() as conn:
        employ(conn, _hashed())
    return house


def hears(house: House, clock: Clock, text: str, phone: str = "+6281200000001") -> None:
    """Let an SMS come in."""
    sms = IncomingSms(f"in-{next(_SMS)}", phone, "21512", text)
    Hearing(house.database, house.vault, house.settings.regions, list).hear(
        "africastalking", sms, clock()
    )


class Register:
    """Lets people register: `register("Siti", hour="09:00")` gives the id of the request.

    Everybody gets a NIK and a phone of his own unless told otherwise: 3210111508980001 and
    +6281200000001 for the first.
    """

    def __init__(self, house: House, clock: Clock) -> None:
        self._house = house
        self._clock = clock
        self._numbers = count(1)

    def __call__(self, name: str = "Siti", **changes: Any) -> str:
        """Enter one person, with `changes` by column."""
        number = next(self._numbers)
        whole = {
            "nik": f"321011150898{number:04d}",
            "phone": f"+62812{number:08d}",
            "call_name": name,
            "call_name_folded": people.folded(name),
            **changes,
        }
        with self._house.database.begin() as conn:
            return applicants.enters(conn, self._house.vault, now=self._clock(), **whole)


def wants_a_call(house: House, clock: Clock, number: int, **changes: Any) -> str:
    """Write down that the phone +62812<number> wants to be rung today at 13; give the wish's id."""
    callback_id, phone = str(UUID(int=number)), f"+62812{number:08d}"
    wish = NewCallback(
        id=callback_id,
        office="32.10",
        request_id=None,
        phone_sealed=house.vault.seal(phone, where=places.callback_phone(callback_id)),
        phone_index=house.vault.index("phone", phone),
        language="su",
        gateway="simulator",
        stuck_at="register.home_again",
        day=date(2026, 11, 23),
        hours="13:00-15:00",
    )
    with house.database.begin() as conn:
        callback_requests.add(conn, replace(wish, **changes), clock())
    return callback_id


def complains(house: House, clock: Clock, number: int, words: str = "Antre 3 jam") -> str:
    """Write a complaint of the phone +62812<number> down; give the ticket's id."""
    ticket_id, phone = str(UUID(int=number)), f"+62812{number:08d}"
    filed = NewTicket(
        id=ticket_id,
        office="32.10",
        code=f"{number:06d}",
        kind=Kind.COMPLAINT,
        request_id=None,
        callback_id=None,
        text_sealed=house.vault.seal(words, where=places.ticket_text(ticket_id)),
        phone_sealed=house.vault.seal(phone, where=places.ticket_phone(ticket_id)),
        phone_index=house.vault.index("phone", phone),
        phone_last4=phone[-4:],
        language="su",
        gateway="simulator",
        due_at=clock() + CLOCK - timedelta(hours=number * 6),
    )
    with house.database.begin() as conn:
        assert tickets.add(conn, filed, clock())
    return ticket_id


@cache
def _hashed() -> str:
    return passwords.hashed(PASSWORD)
