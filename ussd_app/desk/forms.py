"""What an officer entered for a step, and what is wrong with it; no rule of cards comes in here."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from werkzeug.datastructures import MultiDict

from domain import people
from domain.card_number import is_number
from domain.faults import Fault
from domain.terms import MISSING, REASONS
from services.desk import Action, Person

_SLOT: Final = re.compile(r"(\d{4}-\d{2}-\d{2}) (\d{2}:\d{2})")


@dataclass(frozen=True, slots=True)
class Given:
    """What the form of a step brought. `seen` is the choice whose SMS the officer was shown."""

    version: int = 0
    full_name: str = ""
    ktp: bool = False
    missing: tuple[str, ...] = ()
    reason: str = ""
    number: str = ""
    slot: str = ""
    seen: str | None = field(default=None)

    def choice(self, action: Action) -> str:
        """Give what the SMS of a step depends on."""
        match action:
            case Action.INCOMPLETE:
                return ",".join(self.missing)
            case Action.REFUSE:
                return self.reason
            case Action.REBOOK:
                return self.slot
        return ""

    @property
    def day_and_hour(self) -> tuple[str, str] | None:
        """Give the day and hour chosen, as texts."""
        found = _SLOT.fullmatch(self.slot)
        return (found[1], found[2]) if found else None


@dataclass(frozen=True, slots=True)
class Attempt:
    """A step as somebody wants it; `fault` or `note` says, in words, why it was not made yet."""

    action: Action
    given: Given = Given()
    fault: str = ""
    note: str = ""

    @property
    def choice(self) -> str:
        """Give what the SMS of the step depends on."""
        return self.given.choice(self.action)


def read(form: MultiDict[str, str], papers: str) -> Given:
    """Read a form; what was not offered is left out."""
    offered = missing_choices(papers)
    reason = form.get("reason", "")
    return Given(
        version=form.get("version", 0, type=int),
        full_name=" ".join(form.get("full_name", "").split()),
        ktp=form.get("ktp") == "seen",
        missing=tuple(key for key in offered if key in form.getlist("missing")),
        reason=reason if reason in REASONS else "",
        number=form.get("number", "").strip(),
        slot=form.get("slot", ""),
        seen=form.get("seen"),
    )


def fresh(person: Person, action: Action) -> Attempt:
    """Give what stands in the form before the officer enters anything."""
    return Attempt(action, Given(full_name=person.full_name or ""))


def missing_choices(papers: str) -> tuple[str, ...]:
    """Give what may be missing: the office's own papers first, then all others."""
    own = tuple(key for key in papers.split(",") if key)
    return tuple(dict.fromkeys(own + MISSING))


def fault(attempt: Attempt, *, external: bool) -> str | None:
    """Give the key of the words for what is wrong; None when the step can be tried."""
    action, given = attempt.action, attempt.given
    sound: Mapping[Action, bool] = {
        Action.CAME: is_name(given.full_name),
        Action.INCOMPLETE: bool(given.missing),
        Action.REFUSE: bool(given.reason),
        Action.REBOOK: given.day_and_hour is not None,
        Action.ISSUE: not external or is_number(given.number),
    }
    if not sound.get(action, True):
        return f"move.{action}.needed"
    return "move.came.ktp_needed" if action is Action.CAME and not given.ktp else None


def is_name(text: str) -> bool:
    """Tell whether a text can be a name on a KTP."""
    return not isinstance(people.full_name(text), Fault)
