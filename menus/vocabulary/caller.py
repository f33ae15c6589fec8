"""Who calls, in which language, and what he left unfinished."""

from __future__ import annotations

from collections.abc import Mapping

from menus.vocabulary.specs import CallSpec, facts, kept

CALLS: Mapping[str, CallSpec] = {
    "caller.recognise": CallSpec(
        {
            "new": facts("tariff"),
            "unfinished": facts("tariff task"),
            "known": facts("request tariff"),
            "several": facts("tariff"),
        },
        items={"several": {"caller.people": facts("name")}},
        quick=True,
    ),
    "draft.resume": CallSpec(
        {"resumed": facts(), "ask_year": facts(), "gone": facts("tariff")},
    ),
    "draft.prove": CallSpec(
        {"resumed": facts(), "wrong": facts(), "gone": facts("tariff")},
        needs=facts("year"),
    ),
    "draft.discard": CallSpec({"discarded": facts("tariff")}, commits=frozenset({"discarded"})),
    "language.keep": kept(),
}
