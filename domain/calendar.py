"""Days as people here say them: three time zones, names of days and months in four languages.

Names: CLDR, written without marks as people type them (Sundanese Pebruari, Nopember; Javanese
months as the Indonesian ones).  Indonesia has no summer time.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time
from types import MappingProxyType
from typing import Final
from zoneinfo import ZoneInfo

ZONES: Final[Mapping[str, ZoneInfo]] = MappingProxyType(
    {
        "WIB": ZoneInfo("Asia/Jakarta"),
        "WITA": ZoneInfo("Asia/Makassar"),
        "WIT": ZoneInfo("Asia/Jayapura"),
    }
)

# Monday first, as date.weekday() counts.
WEEKDAYS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "id": ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu"),
        "su": ("Senen", "Salasa", "Rebo", "Kemis", "Jumaah", "Saptu", "Minggu"),
        "jv": ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Ahad"),
        "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    }
)

_ID_MONTHS: Final = (
    "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember"
)
MONTHS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "id": tuple(_ID_MONTHS.split()),
        "su": tuple(_ID_MONTHS.replace("Feb", "Peb").replace("Nov", "Nop").split()),
        "jv": tuple(_ID_MONTHS.split()),
        "en": (
            "January",
            "February",
            "March",
            "April",
            "May",
            "June",
            "July",
            "August",
            "September",
            "October",
            "November",
            "December",
        ),
    }
)

# Until which hour of the day each of its parts goes.
PARTS: Final[Mapping[str, tuple[tuple[str, str], ...]]] = MappingProxyType(
    {
        "id": (("11:00", "pagi"), ("15:00", "siang"), ("24:00", "sore")),
        "su": (("11:00", "enjing"), ("15:00", "siang"), ("24:00", "sonten")),
        "jv": (("11:00", "enjing"), ("15:00", "siang"), ("24:00", "sonten")),
        "en": (("12:00", "morning"), ("24:00", "afternoon")),
    }
)

_BRIEF: Final = 3


def local(now: datetime, zone: str) -> datetime:
    """Return the aware moment ``now`` on the clock of ``zone`` (WIB, WITA or WIT)."""
    return now.astimezone(ZONES[zone])


def local_day(now: datetime, zone: str) -> date:
    """Return the date it is in ``zone`` at the aware moment ``now``."""
    return local(now, zone).date()


def day_begins(day: date, zone: str) -> datetime:
    """Return the aware moment at which ``day`` begins in ``zone``."""
    return datetime.combine(day, time(), ZONES[zone])


def weekday(day: date, language: str) -> str:
    """Return the name of the day of the week: ``Selasa``."""
    return WEEKDAYS[language][day.weekday()]


def brief_weekday(number: int, language: str) -> str:
    """Return the three-letter name of weekday ``number``, 0 being Monday: ``Sel``."""
    return WEEKDAYS[language][number][:_BRIEF]


def brief_day(day: date, language: str) -> str:
    """Return a day for small screens: ``Sel 24 Nov`` (10 characters at most)."""
    month = MONTHS[language][day.month - 1][:_BRIEF]
    return f"{brief_weekday(day.weekday(), language)} {day.day} {month}"


def part_of_day(hour: str, language: str) -> str:
    """Return the part of the day that ``hour`` ("09:00") is in: ``pagi``."""
    return next(part for until, part in PARTS[language] if hour < until)
