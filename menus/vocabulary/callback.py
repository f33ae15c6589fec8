"""Call me back: what can be offered, and the promise."""

from __future__ import annotations

from collections.abc import Mapping

from menus.vocabulary.specs import CallSpec, facts

_PROMISE = facts("call_day window between office_phone")  # when we call, and from where
_OFFER = _PROMISE | facts("callback_office stuck_at")

CALLS: Mapping[str, CallSpec] = {
    # After two mistakes: only what is possible is offered, and nothing else is said.
    "callback.stuck": CallSpec({"free": _OFFER, "none": facts()}, otherwise="none"),
    "callback.offer": CallSpec(
        {
            "free": _OFFER,
            "promised": _PROMISE,
            "full": facts(),
            "never": facts("place"),
            "foreign": facts(),
        },
    ),
    "callback.ask": CallSpec(
        {"promised": _PROMISE, "taken": _PROMISE, "full": facts()},
        needs=facts("callback_office call_day window stuck_at"),
        lasting=frozenset({"promised"}),
    ),
}
