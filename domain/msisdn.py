"""Read phone numbers into E.164, and tell whom we may register and write to.

Numbering plans are those of Google's libphonenumber (``phonenumbers``).  In Indonesia a mobile
number is ``8[1-35-9]`` and 7 to 10 more digits; a landline is a sound number but takes no SMS.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

import phonenumbers
from phonenumbers import PhoneNumber, PhoneNumberType

from domain.faults import Fault

HOME: Final = "ID"
_MOBILE: Final = frozenset({PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE})
# Anything else (letters, other scripts' digits, a newline) never reaches the parser, which
# would forgive it.
_WRITTEN: Final = re.compile(r"(?:tel:)?\+?[0-9 ().-]{5,24}")
_FILLING: Final = re.compile(r"[ ().-]")
# Our own mobile numbers, as gateways write them: libphonenumber says the same in a hundred times
# the time, and a test holds this pattern against its own.
_AT_HOME: Final = re.compile(r"\+628[1-35-9][0-9]{7,10}")


@dataclass(frozen=True, slots=True)
class Msisdn:
    """A valid phone number.

    ``registrable``: a mobile number of a region we serve (Indonesia; more only for the sandboxes
    of gateways).  All others may dial and browse, but are never registered or sent an SMS.
    """

    e164: str
    country: str
    mobile: bool
    registrable: bool


def read(text: str, regions: Collection[str] = frozenset({HOME})) -> Msisdn | None:
    """Return the number written in ``text``, or ``None`` when there is no valid one.

    Takes ``+62 812-...``, ``62812...``, ``0812...``, ``812...`` and ``tel:+62...``; a number
    without a country is Indonesian.  ``regions`` are the ISO 3166 codes that may register.
    """
    if _AT_HOME.fullmatch(text):
        return Msisdn(text, HOME, mobile=True, registrable=HOME in regions)
    if not _WRITTEN.fullmatch(text):
        return None
    number = _parsed(_FILLING.sub("", text.removeprefix("tel:")))
    if number is None:
        return None
    country = phonenumbers.region_code_for_number(number) or ""
    mobile = phonenumbers.number_type(number) in _MOBILE
    e164 = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    return Msisdn(e164, country, mobile, mobile and country in regions)


def mobile(text: str) -> str | Fault:
    """Return a mobile number of Indonesia, typed by hand, in E.164.  Fault: ``shape``."""
    number = read(text.strip(" "))
    return number.e164 if number and number.registrable else Fault("shape")


def last4(e164: str) -> str:
    """Return the four digits by which an officer finds a phone."""
    return e164[-4:]


def _parsed(digits: str) -> PhoneNumber | None:
    # "62812..." is a valid shape for libphonenumber only with its plus: try that reading first.
    written = f"+{digits}" if digits.startswith("62") else digits
    try:
        number = phonenumbers.parse(written, HOME)
    except phonenumbers.NumberParseException:
        return None
    return number if phonenumbers.is_valid_number(number) else None
