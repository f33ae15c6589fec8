"""What becomes of a card, told to its own number or for its code."""

from __future__ import annotations

from collections.abc import Mapping

from menus.vocabulary.specs import CallSpec, facts

_WHOLE = facts("name office place request home")  # what every status brings

CALLS: Mapping[str, CallSpec] = {
    "card.find": CallSpec(
        {"found": facts("request"), "unknown": facts(), "locked": facts()},
        needs=facts("code birth_date"),
    ),
    "status.tell": CallSpec(
        {
            "booked": _WHOLE | facts("day hour counter papers"),
            "requested": _WHOLE,
            "deciding": _WHOLE,  # what an officer did can still be undone: told later
            "came": _WHOLE,
            "incomplete": _WHOLE | facts("missing open"),
            "signing": _WHOLE,
            "ready": _WHOLE | facts("open"),
            "issued": _WHOLE | facts("until report_day"),
            "report_due": _WHOLE,
            "late": _WHOLE,
            "no_show": _WHOLE | facts("day"),
            "refused": _WHOLE | facts("reason open"),
            "lapsed": _WHOLE,
        },
        needs=facts("request"),
    ),
}
