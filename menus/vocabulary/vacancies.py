"""Vacancies: what is open, one of them in full, and "I want this"."""

from __future__ import annotations

from collections.abc import Mapping

from menus.vocabulary.specs import CallSpec, facts

_CHOSEN = facts("sector area")  # what is looked for, and where
_APPLY = facts("apply_place apply_open last_day bring")
_WHOLE = _APPLY | facts("job employer where wage education seats rest")
_LINE = {"vacancies.open": facts("job where")}

CALLS: Mapping[str, CallSpec] = {
    "vacancies.look": CallSpec(
        {"near": _CHOSEN | facts("count"), "found": _CHOSEN | facts("count"), "none": _CHOSEN},
        items={"near": _LINE, "found": _LINE},
    ),
    "vacancies.places": CallSpec(
        {"found": facts(), "none": facts()},
        items={"found": {"vacancies.places": facts("area")}},
        needs=facts("work_letters"),
        pure=True,
    ),
    "vacancies.read": CallSpec({"told": _WHOLE, "gone": facts()}, needs=facts("vacancy")),
    "vacancies.terms": CallSpec({"more": facts(), "last": facts()}, needs=facts("rest"), pure=True),
    "vacancies.turn": CallSpec(
        {"more": facts("detail rest"), "last": facts("detail rest")},
        needs=facts("rest"),
        pure=True,
    ),
    "vacancies.want": CallSpec(
        {"kept": _APPLY, "gone": facts(), "many": facts(), "foreign": _APPLY},
        needs=facts("vacancy"),
        commits=frozenset({"kept"}),
    ),
    "vacancies.send": CallSpec(
        {"sent": facts(), "gone": facts(), "many": facts(), "foreign": _APPLY},
        needs=facts("vacancy"),
        lasting=frozenset({"sent"}),
    ),
}
