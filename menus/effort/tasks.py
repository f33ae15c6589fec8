"""What people call for, as the answers they mean to give; a new flow adds its own task here.

An answer is an option's name, a line's number in a list, or the text that is typed. Where a task
names no answer, the caller has strayed there and goes back with 0.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from menus.definition import Choose, State, StateId
from menus.sample import FACTS

_NIK: Final = FACTS["nik"]

EVERYWHERE: Final[Mapping[str, str]] = {
    "main.unfinished": "resume",
    "callback.offer": "again",
    "callback.offer_other": "again",
    "register.nik_first": _NIK[:6],
    "register.nik_middle": _NIK[6:12],
    "register.nik_last": _NIK[12:],
    "register.nik_again": _NIK[:6],
}
"""Answers of whoever has slipped, been cut off, or was offered help that he does not want."""


@dataclass(frozen=True, slots=True)
class Task:
    """A purpose: answers by state, how calls end, and what means that it is reached.

    ``done`` names a screen, or how a call ends (``card.book booked``): what was saved is saved
    though nobody reads the screen that tells so.
    """

    name: str
    answers: Mapping[str, str]
    done: str
    outcomes: Mapping[str, Sequence[str]] = field(default_factory=dict)
    facts: Mapping[str, str] = field(default_factory=dict)

    def answer(self, at: StateId, state: State, screen: str) -> str:
        """Return what the caller means to type on a screen of the state ``at``."""
        meant = self.answers.get(at) or EVERYWHERE.get(at)
        if meant is None:
            return "0"
        if isinstance(state, Choose):
            return _number(state, meant)
        if meant.isdigit() and "\n98. " in screen and f"\n{meant}. " not in screen:
            return "98"
        return meant


def _number(state: Choose, value: str) -> str:
    return str([option.value for option in state.options].index(value) + 1)


_KNOWN: Final = {"caller.recognise": ("known",)}
_BOOKING: Final = {
    "register.nik": _NIK,
    "register.born": "yes",
    "register.name": "Siti",
    "register.home_here": "yes",
    "visit.confirm": "yes",
}

BOOKING: Final = "book a card"
FEW_KEYS: Final = frozenset({"see my card, own phone"})
"""Tasks that take three keys at most: one digit and the two soft keys."""

TASKS: Final = (
    Task(
        BOOKING,
        {"main.welcome": "card", **_BOOKING},
        "card.book booked",
    ),
    Task(
        "see my card, own phone",
        {},
        "status.tell booked",
        _KNOWN,
    ),
    Task(
        "see my card, other phone",
        {
            "main.welcome": "status",
            "status.code": FACTS["code"],
            "status.born": "15081998",
        },
        "status.tell booked",
    ),
    Task(
        "ask to be rung",
        {"main.welcome": "more", "main.more": "call", "callback.offer": "yes"},
        "callback.ask promised",
    ),
    Task(
        "change the language",
        {"main.welcome": "more", "main.more": "language", "language.pick": "su"},
        "language.keep kept",
    ),
)
