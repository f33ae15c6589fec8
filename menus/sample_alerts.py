"""What the pretended world says of news of vacancies."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from domain import matching, terms
from menus.session import Item

FACTS: Final[Mapping[str, str]] = {"just_booked": "1", "reach": "near", "sectors": "garment"}

ITEMS: Final[Mapping[str, tuple[Item, ...]]] = {
    "alerts.people": ({"value": "1", "name": "Siti"}, {"value": "2", "name": "Budi"}),
    "alerts.rest": tuple(
        {"value": key, "another": key}
        for key in (matching.ENOUGH, *terms.sectors())
        if key != matching.ANYTHING
    ),
}


def usual(call: str, known: Mapping[str, str]) -> str:
    """Return how a call of alerts ends when nothing was told; "" where it does not matter."""
    enough = known.get("another") == matching.ENOUGH
    return "enough" if call == "alerts.another" and enough else ""
