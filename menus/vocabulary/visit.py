"""The day to come: what is free, and the booking."""

from __future__ import annotations

from collections.abc import Mapping

from menus.vocabulary.specs import CallSpec, facts

CALLS: Mapping[str, CallSpec] = {
    "slots.offer": CallSpec(
        {"free": facts("day hour slot place"), "full": facts("until")}, needs=facts("office")
    ),
    "slots.list": CallSpec(
        {"free": facts(), "full": facts("until")},
        items={"free": {"slots.free": facts("day hour")}},
        needs=facts("office"),
    ),
    "card.book": CallSpec(
        {
            "booked": facts("code day hour place papers"),
            "moved": facts("day hour place papers"),  # the visit of another phone's request
            "taken": facts(),
            "already": facts("request"),
            "too_many": facts(),
            "unserved": facts("regency"),
            "young": facts("minimum"),
        },
        needs=facts("office slot name home"),
        commits=frozenset({"booked", "moved", "already"}),
    ),
}
