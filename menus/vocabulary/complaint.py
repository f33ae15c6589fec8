"""Complaints: how to begin, the ticket, how it stands, and whether the answer helped."""

from __future__ import annotations

from collections.abc import Mapping

from menus.vocabulary.specs import CallSpec, facts

_WHICH: Mapping[str, Mapping[str, frozenset[str]]] = {"which": {"tickets.offices": facts("place")}}
_ANSWERED = facts("code said")

CALLS: Mapping[str, CallSpec] = {
    "tickets.begin": CallSpec(
        {
            "fresh": facts(),
            "some": facts(),
            "rate": _ANSWERED,
            "which": facts(),
            "foreign": facts(),
        },
        items=_WHICH,
    ),
    "tickets.file": CallSpec(
        {"filed": facts("code"), "too_many": facts()},
        needs=facts("complaint"),
        commits=frozenset({"filed"}),
    ),
    "tickets.mine": CallSpec(
        {"one": facts("code"), "several": facts(), "none": facts()},
        items={"several": {"tickets.mine": facts("code about")}},
    ),
    "tickets.tell": CallSpec(
        {
            "new": facts("code about last_day"),
            "working": facts("code about last_day"),
            "late": facts("code about"),
            "rate": _ANSWERED,
            "closed": _ANSWERED,
            "none": facts(),
        },
        needs=facts("code"),
    ),
    "tickets.rate": CallSpec(
        {"content": facts("code"), "reopened": facts("code"), "over": facts("code")},
        needs=facts("code satisfied"),
        commits=frozenset({"content", "reopened"}),
    ),
}
