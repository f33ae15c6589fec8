"""The day to come: what is free, and the booking."""

from __future__ import annotations

from collections.abc import Mapping

from menus.vocabulary.specs import CallSpec, facts

_VISIT = facts("name day hour place papers")

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
            "booked": facts("code day hour place papers request"),
            "moved": facts("day hour place papers"),  # the visit of another phone's request
            "told": facts("name"),  # whom a cadre registers hears the day on his own phone
            "helped": _VISIT | facts("code"),  # and the cadre hears it of who has none
            "taken": facts(),
            "already": facts("request"),
            "too_many": facts(),
            "unserved": facts("regency"),
            "young": facts("minimum"),
        },
        needs=facts("office slot name home"),
        commits=frozenset({"booked", "moved", "told", "helped", "already"}),
    ),
    # Help at the visit; of a visit that is over, or of a card that needs none, the status tells.
    "visit.help": CallSpec(
        {"helped": _VISIT, "alone": _VISIT, "over": facts("request")},
        needs=facts("request help"),
        commits=frozenset({"helped", "alone"}),
    ),
}
