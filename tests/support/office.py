"""The office in Majalengka on a working day: its officers, and people as a test needs them."""

from __future__ import annotations

from functools import cache
from itertools import count
from typing import Any

from domain import people
from runtime.wiring import House
from services.incoming import Hearing
from services.officers import passwords
from sms.gateway import IncomingSms
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


@cache
def _hashed() -> str:
    return passwords.hashed(PASSWORD)
