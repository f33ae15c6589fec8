"""The first rows of an installation: the offices it serves, open by sound defaults.

An office that is there already is left as its people set it, so this runs at every start.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date
from types import MappingProxyType
from typing import Final

from sqlalchemy import Connection

from domain import card_number, gsm7, regions
from storage import holidays, offices
from storage.offices import Office

_WIDEST_PLACE: Final = 20  # the slot {place:20} of screens and SMS
YEARS: Final = range(2026, 2036)
# Only days that law fixes to a date. Moving feasts and leave days ("cuti bersama") are decreed
# from year to year (SKB 3 Menteri) and are added then, office by office.
FIXED: Final[Mapping[tuple[int, int], str]] = MappingProxyType(
    {
        (1, 1): "Tahun Baru Masehi",
        (5, 1): "Hari Buruh Internasional",
        (6, 1): "Hari Lahir Pancasila",
        (8, 17): "Hari Kemerdekaan",
        (12, 25): "Hari Natal",
    }
)
# Keppres 41/1987: central Indonesia is Bali, Nusa Tenggara, Sulawesi, South, East and North
# Kalimantan; eastern is Maluku and Papua; the rest is western.
_CENTRAL: Final = frozenset(
    {"51", "52", "53", "63", "64", "65", "71", "72", "73", "74", "75", "76"}
)
_EASTERN: Final = frozenset({"81", "82", "91", "92", "93", "94", "95", "96"})

TYPICAL: Final = Office(
    code="",
    name="",
    place="",
    regency="",
    address="",
    counter="loket 1",
    phone="",
    open="1-5 08:00-15:00",
    zone="WIB",
    hours=("08:00", "09:00", "10:00", "11:00", "13:00", "14:00"),
    daily_quota=60,
    hour_quota=10,
    ahead_days=14,
    minimum_age=18,
    card_source="own",
    card_pattern=card_number.DEFAULT,
    papers="ktp,diploma,photo2",
)
"""An office nobody has set up yet: 60 people a day, in six hours of ten."""


def found(conn: Connection, codes: Collection[str]) -> tuple[str, ...]:
    """Make sure that each regency of `codes` has an office; return the codes that are none."""
    unknown = tuple(code for code in codes if regions.regency_name(code) is None)
    for code in codes:
        if code not in unknown:
            establish(conn, typical(code))
    return unknown


def establish(conn: Connection, office: Office) -> bool:
    """Add an office with its fixed holidays; False when it was there, and stays as it is."""
    if not offices.add(conn, office):
        return False
    for (month, day), name in FIXED.items():
        for year in YEARS:
            holidays.add(conn, office.code, date(year, month, day), name)
    return True


def typical(code: str) -> Office:
    """Return an office for a regency of Kemendagri's list, by defaults; KeyError for another."""
    regency = regions.regency_name(code)
    if regency is None:
        raise KeyError(code)
    return replace(
        TYPICAL,
        code=code,
        name=f"Dinas Tenaga Kerja {regency}",
        place=_place(code),
        regency=regency,
        address=regency,
        phone="kantor",
        zone=zone_of(code),
    )


def zone_of(code: str) -> str:
    """Return the time zone of a regency by its province: WIB, WITA or WIT."""
    province = code[:2]
    if province in _CENTRAL:
        return "WITA"
    return "WIT" if province in _EASTERN else "WIB"


def _place(code: str) -> str:
    """Return what callers are told to come to: never a name cut in the middle by its slot."""
    short = regions.regency_short(code) or ""
    town = short.removeprefix("Kota ").removeprefix("Kab. ")
    names = (f"Disnaker {short}", f"Disnaker {town}", "Disnaker")
    return next(name for name in names if gsm7.septets(name) <= _WIDEST_PLACE)
