"""Read the NIK, the sixteen digits of the Indonesian identity card.

``PPRRKK DDMMYY SSSS``: province, regency and sub-district where the holder was *first* registered
(not proof of a home), birth date (women: day + 40), serial from 0001 (PP 37/2007 art. 37, now
PP 40/2019).  There is no check digit.  Sub-district codes come and go (587 of the list of 2018
are gone), so an unknown one is let through; a NIK stays even when the birth date is corrected.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from domain.faults import Fault
from domain.regions import known_province

DIGITS: Final = 16
YOUNGEST: Final = 15
OLDEST: Final = 80
_WOMEN: Final = 40
_FILLING: Final = str.maketrans("", "", " .-\u00a0\u2010\u2011\u2012\u2013")
# fullmatch with [0-9]: \d and str.isdigit also take Arabic digits, $ takes a trailing newline.
_ASCII_DIGITS: Final = re.compile(r"[0-9]+")
_WRITTEN: Final = re.compile(r"(?<![0-9])(?:[0-9][ .-]?){15}[0-9](?![0-9])")
_MOST_TOLD: Final = 99  # the refusal has two places for the count


class NikFault(StrEnum):
    """Why a text is no NIK; the value names the refusal line of the flow."""

    LENGTH = "length"
    SHAPE = "shape"
    DATE = "date"
    REGION = "region"
    SERIAL = "serial"


class Sex(StrEnum):
    """The sex a NIK states."""

    MALE = "M"
    FEMALE = "F"


@dataclass(frozen=True, slots=True)
class Nik:
    """A NIK that was read; region codes are dotted as Kemendagri writes them (``32.10.11``)."""

    digits: str
    born: date
    sex: Sex
    province: str
    regency: str
    district: str


@dataclass(frozen=True, slots=True)
class Implausible:
    """No century gives an age from 15 to 80; ``age`` is the youngest one possible, in years."""

    age: int


def clean(text: str) -> str:
    """Return ``text`` without the spaces, dots and dashes people put between digits."""
    return text.translate(_FILLING)


def check(text: str) -> str | Fault:
    """Return the sixteen digits of ``text``, or why it is no NIK.  Needs no clock."""
    digits = clean(text)
    if fault := _shape(digits, DIGITS):
        return fault
    return _region(digits[:6]) or _date(digits[6:12]) or _serial(digits[12:]) or digits


def first(text: str) -> str | Fault:
    """Check the first six digits of a NIK; a whole NIK typed here is taken too."""
    digits = clean(text)
    if len(digits) == DIGITS:
        return check(digits)
    return _shape(digits, 6) or _region(digits) or digits


def middle(text: str) -> str | Fault:
    """Check the six digits in the middle, the birth date."""
    digits = clean(text)
    return _shape(digits, 6) or _date(digits) or digits


def last(text: str) -> str | Fault:
    """Check the four digits at the end, the serial."""
    digits = clean(text)
    return _shape(digits, 4) or _serial(digits) or digits


def read(digits: str, today: date) -> Nik | Implausible:
    """Read sixteen digits that passed :func:`check`, in the century giving an age of 15 to 80."""
    born = birth_date(digits[6:12], today)
    if not YOUNGEST <= (years := age(born, today)) <= OLDEST:
        return Implausible(years)
    province, regency, district = digits[:2], digits[2:4], digits[4:6]
    return Nik(
        digits=digits,
        born=born,
        sex=sex(digits),
        province=province,
        regency=f"{province}.{regency}",
        district=f"{province}.{regency}.{district}",
    )


def birth_date(middle_digits: str, today: date) -> date:
    """Return the date six digits speak of: of age 15 to 80 if any, else the last one past.

    Raises:
        ValueError: when the digits are a date in no century (see :func:`middle`).
    """
    dates = _dates(middle_digits)
    if not dates:
        raise ValueError("no date in any century")
    able = [born for born in dates if YOUNGEST <= age(born, today) <= OLDEST]
    past = [born for born in dates if born <= today]
    return max(able or past or dates)


def sex(digits: str) -> Sex:
    """Return the sex sixteen digits state: a woman's day is 40 later."""
    return Sex.FEMALE if int(digits[6:8]) > _WOMEN else Sex.MALE


def age(born: date, today: date) -> int:
    """Return full years; someone born on 29 February ages on 1 March of a common year."""
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))


def mask(digits: str) -> str:
    """Return the NIK as screens may show it: ``3210********0001``."""
    return f"{digits[:4]}********{digits[-4:]}"


def hide(text: str) -> str:
    """Return ``text`` with each NIK in it masked, however its digits are grouped.

    Sixteen digits in one run are always hidden; in groups, where they read as a NIK: so do
    neither opening hours nor phone numbers.
    """
    return _WRITTEN.sub(_hidden, text)


def _hidden(found: re.Match[str]) -> str:
    digits = clean(found[0])
    whole = digits == found[0] or isinstance(check(digits), str)
    return mask(digits) if whole else found[0]


def _shape(digits: str, length: int) -> Fault | None:
    if not _ASCII_DIGITS.fullmatch(digits):
        return Fault(NikFault.SHAPE if digits else NikFault.LENGTH)
    if len(digits) != length:
        return Fault(NikFault.LENGTH, min(len(digits), _MOST_TOLD))
    return None


def _region(digits: str) -> Fault | None:
    sound = known_province(digits[:2]) and digits[2:4] != "00" and digits[4:6] != "00"
    return None if sound else Fault(NikFault.REGION)


def _date(digits: str) -> Fault | None:
    return None if _dates(digits) else Fault(NikFault.DATE)


def _serial(digits: str) -> Fault | None:
    return Fault(NikFault.SERIAL) if digits == "0000" else None


def _dates(digits: str) -> tuple[date, ...]:
    day, month, year = int(digits[:2]), int(digits[2:4]), int(digits[4:6])
    day -= _WOMEN if day > _WOMEN else 0
    found = (_date_or_none(century + year, month, day) for century in (1900, 2000))
    return tuple(born for born in found if born)


def _date_or_none(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
