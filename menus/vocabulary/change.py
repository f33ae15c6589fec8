"""What can be changed of a card by phone: day, office, number; and that nobody wants it any more.

``changing`` names the request that the caller wants another day for: without it, a day that
somebody else has moved meanwhile is told, not moved once more.
"""

from __future__ import annotations

from collections.abc import Mapping

from menus.vocabulary.specs import CallSpec, facts

_OF_CARD = facts("request")

CALLS: Mapping[str, CallSpec] = {
    "change.look": CallSpec(
        {
            "visit": facts("slot"),
            "before": facts(),
            "holder": facts(),
            "late": facts(),
            "ended": facts(),
            "refused": facts(),
            "busy": facts(),
        },
        needs=_OF_CARD,
    ),
    "change.day": CallSpec({"ready": facts("changing")}, needs=_OF_CARD, pure=True),
    "change.offices": CallSpec(
        {"some": facts("changing"), "only": facts()},
        items={"some": {"change.offices": facts("place")}},
        needs=_OF_CARD,
    ),
    "card.withdraw": CallSpec(
        {"withdrawn": facts(), "other": facts()},
        needs=_OF_CARD,
        commits=frozenset({"withdrawn"}),
    ),
    "phone.look": CallSpec(
        {"own": facts(), "leaving": facts(), "other": facts(), "foreign": facts()},
        needs=_OF_CARD,
    ),
    "phone.detach": CallSpec(
        {"detached": facts(), "other": facts()}, needs=_OF_CARD, commits=frozenset({"detached"})
    ),
    "phone.stop": CallSpec(
        {"stopped": facts(), "other": facts()}, needs=_OF_CARD, commits=frozenset({"stopped"})
    ),
    "phone.take": CallSpec(
        {"taken": facts(), "waits": facts("from_day"), "too_many": facts(), "other": facts()},
        needs=_OF_CARD,
        commits=frozenset({"taken", "waits"}),
    ),
}
