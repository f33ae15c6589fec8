"""A Monday in Majalengka at twenty past nine, with everything that a day brings.

Nobody is written into a table: all of them dialled and answered, on that day or before it, and an
officer moved each on by the forms of the desk. The people are invented.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from sqlalchemy import update

from runtime.wiring import House
from services.officers import passwords
from storage.tables import offices
from tests.support.installation import Clock
from tests.support.phone import Phone
from tests.support.staff import SARI, employ
from tests.support.visitor import PASSWORD, Visitor
from tests.support.wire import visitor

_WIB = timedelta(hours=7)


@dataclass(frozen=True, slots=True)
class Caller:
    """Somebody by both names, with sub-district and birth date as in the NIK, and a phone."""

    name: str
    full_name: str
    district: str
    born: str
    last4: str

    @property
    def nik(self) -> str:
        """The NIK; women are born 40 days later in it."""
        return f"3210{self.district}{self.born}0001"

    @property
    def phone(self) -> str:
        """A number of the same block as the demo's."""
        return f"+628120000{self.last4}"


WATI = Caller("Wati", "Wati Rohaeti", "04", "470397", "2217")
DEWI = Caller("Dewi", "Dewi Lestari", "13", "520801", "7034")
ASEP = Caller("Asep", "Asep Saepudin", "07", "140295", "4458")
EUIS = Caller("Euis", "Euis Komala", "14", "611100", "1180")
NENENG = Caller("Neneng", "Neneng Hasanah", "16", "481203", "5516")
# In the order of their calls, two an hour.
OF_TODAY = (
    Caller("Budi", "Budi Santoso", "11", "150898", "3391"),
    Caller("Siti", "Siti Aminah", "10", "550898", "6052"),
    Caller("Ujang", "Ujang Suryana", "15", "020599", "8207"),
    NENENG,
    Caller("Dadang", "Dadang Hidayat", "17", "091196", "9943"),
    Caller("Iis", "Iis Sumarni", "06", "660702", "4072"),
    Caller("Cecep", "Cecep Ruhiyat", "19", "230494", "6689"),
    Caller("Rina", "Rina Marlina", "11", "570104", "1358"),
    Caller("Yayan", "Yayan Mulyana", "09", "180691", "7725"),
    Caller("Tini", "Tini Suhartini", "20", "441299", "3846"),
)


@dataclass(frozen=True, slots=True)
class Days:
    """Lets days go by at one installation."""

    house: House
    clock: Clock
    url: str
    waiting: tuple[Caller, ...] = (DEWI, ASEP, EUIS)

    def go_by(self) -> None:
        """Live from the 12th to the 23rd, twenty past nine."""
        self._opens()
        self._somebody_lacks_a_paper()
        waiting = self._cards_wait_for_their_signature()
        self._at(22, "10.00")
        today = [self.registers(one) for one in OF_TODAY]
        self._at(23, "06.50")
        self.registers(replace(NENENG, name="Nani", last4="9134"))
        self._at(23, "08.38")
        self.opens(waiting[0]).sends("/ready")
        for time, who, code in zip(("08.44", "09.11"), OF_TODAY, today, strict=False):
            self._at(23, time)
            self.comes(who, code)
        self._at(23, "09.20")

    def registers(self, who: Caller) -> str:
        """Call and book the soonest hour; give the code."""
        phone = Phone(self.house, self.clock, self.url, who.phone).dials()
        for answer in ("1", who.nik, "1", who.name, "1", "1"):
            phone.types(answer)
        found = re.search(r"\d{3} \d{3} \d{3}", phone.screen)
        assert found, phone.screen
        phone.types("2").types("1").hung_up()
        return found[0]

    def opens(self, code: str) -> Visitor:
        """Sign in at the desk and open the person of a code."""
        return visitor(self.url).signs_in(SARI.email).sends("/search", find=code)

    def comes(self, who: Caller, code: str) -> Visitor:
        """Show the KTP at the counter."""
        return self.opens(code).sends("/came", full_name=who.full_name, ktp="seen")

    def _opens(self) -> None:
        narrow = update(offices).where(offices.c.code == SARI.office)
        with self.house.database.begin() as conn:
            employ(conn, passwords.hashed(PASSWORD))
            conn.execute(narrow.values(hour_quota=2, daily_quota=12))

    def _somebody_lacks_a_paper(self) -> None:
        self._at(12, "09.00")
        code = self.registers(WATI)
        self._at(13, "08.20")
        counter = self.comes(WATI, code)
        counter.opens(f"{counter.answer.request.path}/incomplete")
        for _ in ("shown", "sent"):
            counter.sends("/incomplete", missing=["diploma"])

    def _cards_wait_for_their_signature(self) -> list[str]:
        self._at(18, "11.00")
        codes = [self.registers(one) for one in self.waiting]
        for number, (who, code) in enumerate(zip(self.waiting, codes, strict=True)):
            self._at(19 + number // 2, "10.15")
            counter = self.comes(who, code)
            counter.opens(f"{counter.answer.request.path}/to_sign").sends("/to_sign")
        return codes

    def _at(self, day: int, time: str) -> None:
        local = datetime.strptime(f"2026-11-{day} {time}", "%Y-%m-%d %H.%M")  # noqa: DTZ007 - WIB, below
        self.clock.time = local.replace(tzinfo=UTC) - _WIB
