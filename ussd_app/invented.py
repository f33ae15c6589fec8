"""People who do not exist, with NIKs nobody has, to call as in the demo."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from domain import nik, regions
from services import demo_people


@dataclass(frozen=True, slots=True)
class Invented:
    """Somebody to call as; `nik` holds birth date and sub-district, as on a KTP."""

    name: str
    phone: str
    nik: str

    @property
    def phone_words(self) -> str:
        """The number as people here write it: 0812 0000 0001."""
        local = "0" + self.phone.removeprefix("+62")
        return f"{local[:4]} {local[4:8]} {local[8:]}"

    @property
    def nik_words(self) -> str:
        """The NIK in fours, as it is read aloud."""
        return " ".join(self.nik[at : at + 4] for at in range(0, 16, 4))

    def born(self, today: date) -> date:
        """Give the birth date; it depends on the century the NIK must mean today."""
        match nik.read(self.nik, today):
            case nik.Nik(born=born):
                return born
        raise LookupError("an invented person is of no plausible age")

    @property
    def home(self) -> str:
        """The sub-district: Jatiwangi."""
        code = ".".join((self.nik[:2], self.nik[2:4], self.nik[4:6]))
        found = regions.by_code(code)
        return f"{found.name}, {found.short}" if found else code


INVENTED = (
    Invented("Siti", "+6281200000001", "3210115508980001"),
    Invented("Budi", "+6281200000002", "3210111508980001"),
    Invented("Dewi", "+6281200000003", "3374106902000002"),
    # The demo knows these two: her card is half a year old, and he registers people of his village.
    Invented("Wati", demo_people.HOLDER, demo_people.NIK),
    Invented("Ujang", demo_people.CADRE, "3210111203700078"),
    # From a city without this service yet: the call says so.
    Invented("Asep", "+6281200000004", "3273011204950003"),
)
