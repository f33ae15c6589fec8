"""The kinds of words a flow may use: a check, a call and a list, and how each is written down."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from domain.faults import Fault
from menus.session import Item

Facts = frozenset[str]


@dataclass(frozen=True, slots=True)
class Passed:
    """An answer that will do: its canonical ``value`` and what follows from it."""

    value: str
    facts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CheckSpec:
    """A check of typed text, the names of all its faults, and the facts it brings when passed."""

    run: Callable[[str], Passed | Fault]
    faults: frozenset[str]
    facts: Facts = frozenset()


@dataclass(frozen=True, slots=True)
class CallSpec:
    """A call: each outcome with the facts it always brings.

    ``items`` are the lists an outcome brings, with the slots of their lines; ``needs`` must be
    known before the call is made; ``commits`` names the outcomes that end what the caller was at,
    for it is written for good, now or long ago: there is no way back across them, and nothing left
    to resume; ``lasting`` names those that wrote for good what the caller is told of, and leave
    what he was at as it is; a ``pure`` call needs no database, and a ``quick`` one only reads
    there, by single statements that need no transaction; ``otherwise`` is the outcome that stands
    while the database does not answer (it brings no facts), where it is not worth an end.
    """

    outcomes: Mapping[str, Facts]
    items: Mapping[str, Mapping[str, Facts]] = field(default_factory=dict)
    needs: Facts = frozenset()
    commits: frozenset[str] = frozenset()
    pure: bool = False
    quick: bool = False
    lasting: frozenset[str] = frozenset()
    otherwise: str = ""


@dataclass(frozen=True, slots=True)
class ListSpec:
    """A list that needs no call: the slots of its lines and the lines themselves, in order."""

    slots: Facts
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words a book may use."""

    checks: Mapping[str, CheckSpec]
    calls: Mapping[str, CallSpec]
    lists: Mapping[str, ListSpec]


def facts(names: str = "") -> Facts:
    """Read names of facts from one line of words."""
    return frozenset(names.split())


def check(run: Callable[[str], str | Fault], faults: str) -> CheckSpec:
    """Return a check that gives back the answer in its canonical form, and nothing else."""

    def passed(text: str) -> Passed | Fault:
        value = run(text)
        return value if isinstance(value, Fault) else Passed(value)

    return CheckSpec(passed, facts(faults))


def options(slot: str, keys: tuple[str, ...]) -> ListSpec:
    """Return a list whose lines show their own value in `slot`."""
    return ListSpec(facts(slot), tuple({"value": key, slot: key} for key in keys))


def kept(needs: str = "") -> CallSpec:
    """Return a call that stores an answer, which cannot be taken back by going back."""
    return CallSpec({"kept": facts()}, needs=facts(needs), commits=frozenset({"kept"}))
