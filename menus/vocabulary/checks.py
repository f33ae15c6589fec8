"""The checks of typed text, each with the names of its faults."""

from __future__ import annotations

from collections.abc import Mapping

from domain import cadres, faq, msisdn, nik, people, request_code, tickets
from menus.vocabulary.specs import CheckSpec, check

CHECKS: Mapping[str, CheckSpec] = {
    "nik": check(nik.check, "length shape date region serial"),
    "nik_first": check(nik.first, "length shape date region serial"),
    "nik_middle": check(nik.middle, "length shape date"),
    "nik_last": check(nik.last, "length shape serial"),
    "call_name": check(people.call_name, "length shape"),
    "letters": check(people.letters, "length shape"),
    "year": check(people.year, "shape"),
    "birth_date": check(people.birth_date, "shape"),
    "question": check(faq.question, "length"),
    "complaint": check(tickets.words, "length"),
    "mobile": check(msisdn.mobile, "shape"),
    "pin": check(cadres.pin, "shape"),
    "code": check(request_code.check, "length shape digit"),
}
