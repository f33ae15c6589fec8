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
    REBOOK = "rebook"
    WITHDRAW = "withdraw"
    KEEP = "keep"
    REPORT = "report"
    EMPLOYED = "employed"


@dataclass(frozen=True, slots=True)
class Choice:
    """`first` is the one next action, None when there is nothing to do; `others` stay small."""

    first: Action | None
    others: tuple[Action, ...] = ()


_BEFORE: Final = Choice(Action.CAME, (Action.REBOOK, Action.REFUSE, Action.WITHDRAW))
_HOLDER: Final = Choice(None, (Action.EMPLOYED,))  # a card is no request any more
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
        State.ISSUED: _HOLDER,
        State.REPORTED: _HOLDER,
        State.REPORT_DUE: Choice(Action.REPORT, (Action.EMPLOYED,)),
    }
)
_SETTLED_FIRST: Final = frozenset({State.CAME, State.SIGNING, State.READY})


def choice(state: State, *, rivals: bool) -> Choice:
    """Return what may be done now; `rivals`: other live requests hold or want the same NIK.

    Before the counter the KTP can settle that (`CAME`); once somebody stands there, it must be
    settled (`KEEP`) before a card is made.
    """
    usual = _CHOICES.get(state, Choice(None))
    if not rivals:
        return usual
    if state in _SETTLED_FIRST:
        makes_a_card = (Action.ISSUE, Action.TO_SIGN, Action.READY)
        return Choice(Action.KEEP, tuple(one for one in usual.others if one not in makes_a_card))
    return Choice(usual.first, (Action.KEEP, *usual.others)) if usual is _BEFORE else usual
