"""What the pretended outside world says of tickets."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from menus.session import Item

_CODE: Final = {"code": "482156"}
_WAITS: Final = {**_CODE, "about": "complaint", "last_day": "2026-11-25"}
_ANSWERED: Final = {**_CODE, "said": "Loket 3 kami buka lagi. Maaf sudah menunggu."}

OF_ONE_OUTCOME: Final[Mapping[tuple[str, str], Mapping[str, str]]] = {
    ("tickets.begin", "rate"): _ANSWERED,
    ("tickets.file", "filed"): _CODE,
    ("tickets.mine", "one"): _CODE,
    ("tickets.tell", "new"): _WAITS,
    ("tickets.tell", "working"): _WAITS,
    ("tickets.tell", "late"): _WAITS,
    ("tickets.tell", "rate"): _ANSWERED,
    ("tickets.tell", "closed"): _ANSWERED,
    ("data.ask", "filed"): _CODE,
}

ITEMS: Final[Mapping[str, tuple[Item, ...]]] = {
    "tickets.offices": (
        {"value": "32.10", "place": "Disnaker Majalengka"},
        {"value": "33.74", "place": "Disnaker Semarang"},
    ),
    "tickets.mine": (
        {"value": "482156", "code": "482156", "about": "complaint"},
        {"value": "603145", "code": "603145", "about": "data_copy"},
    ),
}
