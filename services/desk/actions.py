"""What an officer may do with a request: one large action, the rest small."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from domain.card import State


class Action(StrEnum):
    """A move of `services.cards`, named as the function that makes it."""

    CAME = "came"
    INCOMPLETE = "incomplete"
    REFUSE = "refuse"
    TO_SIGN = "to_sign"
    READY = "ready"
    ISSUE = "issue"
    NO_SHOW = "no_show"
    REBOOK = "rebook"
    WITHDRAW = "withdraw"
    KEEP = "keep"


@dataclass(frozen=True, slots=True)
class Choice:
    """`first` is the one next action, None when there is nothing to do; `others` stay small."""

    first: Action | None
    others: tuple[Action, ...] = ()


_BEFORE: Final = Choice(Action.CAME, (Action.REBOOK, Action.REFUSE, Action.WITHDRAW))
_CHOICES: Final[Mapping[State, Choice]] = MappingProxyType(
    {
        State.REQUESTED: _BEFORE,
        State.BOOKED: _BEFORE,
        State.NO_SHOW: _BEFORE,
        State.CAME: Choice(
            Action.ISSUE, (Action.INCOMPLETE, Action.TO_SIGN, Action.REFUSE, Action.WITHDRAW)
        ),
        State.INCOMPLETE: Choice(Action.CAME, (Action.REFUSE, Action.WITHDRAW)),
        State.SIGNING: Choice(Action.READY, (Action.INCOMPLETE, Action.REFUSE, Action.WITHDRAW)),
        State.READY: Choice(Action.ISSUE, (Action.WITHDRAW,)),
    }
)


def choice(state: State, *, contested: bool) -> Choice:
    """Return what may be done now.

    Two requests for one NIK: first the KTP says whose it is (`KEEP`), and until then no card
    can be made for either of the later ones.
    """
    usual = _CHOICES.get(state, Choice(None))
    if not contested or usual.first is None:
        return usual
    rest = tuple(one for one in (usual.first, *usual.others) if one not in _MAKES_A_CARD)
    return Choice(Action.KEEP, rest)


_MAKES_A_CARD: Final = frozenset({Action.ISSUE, Action.TO_SIGN, Action.READY})
