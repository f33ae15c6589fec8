"""One's own data: no more SMS on vacancies, a copy, deletion."""

from __future__ import annotations

from collections.abc import Mapping

from menus.vocabulary.specs import CallSpec, facts

CALLS: Mapping[str, CallSpec] = {
    "data.stop_alerts": CallSpec({"stopped": facts()}, commits=frozenset({"stopped"})),
    "data.ask": CallSpec(
        {"filed": facts("code"), "which": facts(), "too_many": facts(), "foreign": facts()},
        items={"which": {"tickets.offices": facts("place")}},
        needs=facts("wish"),
        commits=frozenset({"filed"}),
    ),
}
