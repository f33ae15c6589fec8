"""What is entered of a vacancy, by an officer or in a line of a file, read and judged.

Words are taken as people here write them ("Garmen/jahit", "Kab. Majalengka", "31-12-2026",
"Sen-Jum 08.00-15.00"), keys and codes as well.  All that is wrong is told at once.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any, Final

from domain import calendar, gsm7, regions, terms, words
from domain.slots import opening
from domain.vacancies import ABROAD, PAPERS, WIDTHS

MOST_SEATS: Final = 9999
FURTHEST: Final = timedelta(days=366)
_LONGEST_REFERENCE: Final = 40
_SHORTEST: Final = 2
_DAY: Final = re.compile(r"([0-9]{1,2})[-/. ]([0-9]{1,2})[-/. ]([0-9]{4})")
_YES: Final = frozenset({"ya", "yes", "1", "x", "v", "sudah"})
_NO: Final = frozenset({"", "tidak", "no", "0", "belum"})
_ABROAD: Final = frozenset({ABROAD, "luar negeri", "ln"})


@dataclass(frozen=True, slots=True)
class Details:
    """A vacancy as it was entered; all texts are in GSM-7 and fit where they are told.

    ``place`` is a regency code or ``abroad``, ``district`` a district code, ``apply_open`` an
    office's opening form, ``bring`` keys with commas; ``education`` is the lowest school.
    """

    reference: str | None
    title: str
    employer: str
    employer_checked: bool
    sector: str
    education: str | None
    place: str
    district: str | None
    seats: int
    wage: str | None
    description: str | None
    apply_place: str
    apply_open: str
    bring: str
    closes_on: date


FIELDS: Final = tuple(Details.__dataclass_fields__)


@dataclass(frozen=True, slots=True)
class Flaw:
    """A field and why it will not do; ``limit`` is the most it may be.

    Why: ``needed``, ``wide``, ``unknown``, ``number``, ``day``, ``over``, ``far`` or ``open``.
    """

    field: str
    why: str
    limit: int = 0


def read(entered: Mapping[str, str], today: date) -> Details | tuple[Flaw, ...]:
    """Return what was entered, or all that is wrong with it; ``today`` is the office's own."""
    plain = {name: _clean(entered.get(name, "")) for name in FIELDS}
    values = {name: _READERS[name](plain, today) for name in FIELDS}
    flaws = tuple(value for value in values.values() if isinstance(value, Flaw))
    return flaws or Details(**values)


def spoken_open(open_: str) -> str:
    """Return opening hours as officers write them: ``Sen-Jum 08:00-15:00``."""
    found = opening(open_)
    if found is None:
        return open_
    days = dict.fromkeys((found.first, found.last))
    span = "-".join(calendar.brief_weekday(day - 1, "id") for day in days)
    return f"{span} {found.opens}-{found.closes}"


def read_open(said: str) -> str | None:
    """Read opening hours as officers write them: ``Senin-Jumat 08.00-15.00`` too."""
    days, _space, hours = said.partition(" ")
    span = "-".join(_weekdays().get(day.casefold(), day) for day in days.split("-"))
    written = f"{span} {hours.replace(' ', '').replace('.', ':')}"
    return written if opening(written) else None


def _clean(text: str) -> str:
    return " ".join(gsm7.fold(text).split())


def _text(name: str, *, needed: bool = True) -> _Reader:
    def read_text(plain: Mapping[str, str], _: date) -> str | Flaw | None:
        text, width = plain[name], WIDTHS.get(name, _LONGEST_REFERENCE)
        if needed and len(text) < _SHORTEST:
            return Flaw(name, "needed")
        return Flaw(name, "wide", width) if gsm7.septets(text) > width else text or None

    return read_text


def _checked(plain: Mapping[str, str], _: date) -> bool | Flaw:
    said = plain["employer_checked"].lower()
    return said in _YES if said in _YES | _NO else Flaw("employer_checked", "unknown")


def _sector(plain: Mapping[str, str], _: date) -> str | Flaw:
    return _key("sector", plain["sector"], terms.sectors())


def _education(plain: Mapping[str, str], _: date) -> str | Flaw | None:
    said = plain["education"]
    return _key("education", said, terms.educations()) if said else None


def _key(name: str, said: str, keys: tuple[str, ...]) -> str | Flaw:
    if not said:
        return Flaw(name, "needed")
    return _spoken(keys).get(said.casefold()) or Flaw(name, "unknown")


@cache
def _spoken(keys: tuple[str, ...]) -> Mapping[str, str]:
    """Return how a key may be written: itself, and its word in each language."""
    said = {terms.term(key, lang).casefold(): key for key in keys for lang in words.LANGUAGES}
    return said | {key: key for key in keys}


def _place(plain: Mapping[str, str], _: date) -> str | Flaw:
    said = plain["place"].casefold()
    if not said:
        return Flaw("place", "needed")
    if said in _ABROAD:
        return ABROAD
    known = said if regions.regency_name(said) else _regencies().get(said)
    return known or Flaw("place", "unknown")


@cache
def _regencies() -> Mapping[str, str]:
    """Return how a regency may be written; a name that two share is none."""
    found: dict[str, set[str]] = {}
    for one in regions.districts():
        names = {one.regency, one.short, one.regency.replace("Kabupaten ", "Kab. ")}
        for name in names | {one.short.removeprefix("Kab. ").removeprefix("Kota ")}:
            found.setdefault(name.casefold(), set()).add(one.regency_code)
    return {name: min(codes) for name, codes in found.items() if len(codes) == 1}


def _district(plain: Mapping[str, str], today: date) -> str | Flaw | None:
    said, place = plain["district"].casefold(), _place(plain, today)
    if not said or isinstance(place, Flaw):
        return None
    known = regions.by_code(said)
    code = said if known and known.regency_code == place else _districts().get((place, said))
    return code or Flaw("district", "unknown")


@cache
def _districts() -> Mapping[tuple[str, str], str]:
    return {(one.regency_code, one.name.casefold()): one.code for one in regions.districts()}


def _seats(plain: Mapping[str, str], _: date) -> int | Flaw:
    said = plain["seats"] or "1"
    sound = said.isascii() and said.isdigit() and len(said) <= len(str(MOST_SEATS))
    return int(said) if sound and int(said) else Flaw("seats", "number", MOST_SEATS)


def _open(plain: Mapping[str, str], _: date) -> str | Flaw:
    return read_open(plain["apply_open"]) or Flaw("apply_open", "open")


@cache
def _weekdays() -> Mapping[str, str]:
    names = calendar.WEEKDAYS["id"]
    return {
        word.casefold(): str(number)
        for number, name in enumerate(names, 1)
        for word in (name, name[:3])
    }


def _bring(plain: Mapping[str, str], _: date) -> str | Flaw:
    said = [part.strip() for part in re.split(r"[,;+]", plain["bring"]) if part.strip()]
    keys = [_spoken(PAPERS).get(part.casefold(), "") for part in said]
    if not keys:
        return Flaw("bring", "needed")
    if not all(keys) or len(set(keys)) < len(keys):
        return Flaw("bring", "unknown")
    wide = max(gsm7.septets(words.say(words.Kind.TERMS, ",".join(keys), lang)) for lang in _SAID)
    return ",".join(keys) if wide <= WIDTHS["bring"] else Flaw("bring", "wide", WIDTHS["bring"])


# English says papers at twice the length and tells fewer of them; the others must fit whole.
_SAID: Final = ("id", "su", "jv")


def _closes_on(plain: Mapping[str, str], today: date) -> date | Flaw:
    day = _date(plain["closes_on"])
    if day is None:
        return Flaw("closes_on", "day")
    if day < today:
        return Flaw("closes_on", "over")
    return day if day <= today + FURTHEST else Flaw("closes_on", "far")


def _date(said: str) -> date | None:
    found = _DAY.fullmatch(said)
    year_first = f"{found[3]}-{found[2]:0>2}-{found[1]:0>2}" if found else said
    try:
        return date.fromisoformat(year_first)
    except ValueError:
        return None


_Reader = Callable[[Mapping[str, str], date], Any]
_READERS: Final[Mapping[str, _Reader]] = {
    "reference": _text("reference", needed=False),
    "title": _text("title"),
    "employer": _text("employer"),
    "employer_checked": _checked,
    "sector": _sector,
    "education": _education,
    "place": _place,
    "district": _district,
    "seats": _seats,
    "wage": _text("wage", needed=False),
    "description": _text("description", needed=False),
    "apply_place": _text("apply_place"),
    "apply_open": _open,
    "bring": _bring,
    "closes_on": _closes_on,
}
