"""What a call brought, written down sealed, so that asking again brings the same."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

import msgspec
from msgspec import Struct

from menus.events import Answered
from menus.session import Session


class Result(Struct, frozen=True):
    """One call's answer with all that must be equal for it to be the same call.

    `inputs` is the history that led to the call, `phone` tells the caller, `book` the menus.
    """

    inputs: str
    phone: str
    book: str
    answered: Answered

    def to_json(self) -> str:
        """Return compact JSON."""
        plain = {
            "inputs": self.inputs,
            "phone": self.phone,
            "book": self.book,
            **_plain(self.answered),
        }
        return msgspec.json.encode(plain).decode()

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Read what `to_json` wrote."""
        plain = msgspec.json.decode(text)
        return cls(plain["inputs"], plain["phone"], plain["book"], _answered(plain))


def _plain(answered: Answered) -> dict[str, Any]:
    items = answered.items
    return {
        "outcome": answered.outcome,
        "facts": dict(answered.facts),
        "items": {name: [dict(item) for item in lines] for name, lines in items.items()}
        if items is not None
        else None,
        "restore": answered.restore.to_json() if answered.restore else None,
    }


def _answered(plain: Mapping[str, Any]) -> Answered:
    restore = plain["restore"]
    return Answered(
        plain["outcome"],
        plain["facts"],
        plain["items"],
        Session.from_json(restore) if restore else None,
    )
