"""The report of every six months, each answer saved alone."""

from __future__ import annotations

from collections.abc import Mapping

from menus.vocabulary.specs import CallSpec, facts

_DONE = frozenset({"kept"})

CALLS: Mapping[str, CallSpec] = {
    "card.report": CallSpec(
        {
            "reported": facts("report_day"),
            "last": facts("until"),
            "employed": facts(),
            "late": facts(),  # a whole window was missed: the card must be made anew
            "other": facts(),  # it stands otherwise by now
        },
        needs=facts("request report"),
        commits=frozenset({"reported", "last", "employed"}),
    ),
    "report.sector": CallSpec({"kept": facts()}, needs=facts("request sector"), lasting=_DONE),
    "report.place": CallSpec({"kept": facts()}, needs=facts("request reach"), commits=_DONE),
}
