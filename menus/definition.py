"""What a book of menus is: immutable states, each one screen, one call or one jump."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NewType, assert_never

StateId = NewType("StateId", str)
"""A state's full name, ``flow.state``: ``register.nik``."""

DRAFT = StateId("(draft)")
"""A target that is no state: go on where the caller was cut off."""

RETURN = StateId("(back)")
"""A target that is no state: the screen the caller left for this flow, as it was."""

BACK, MAIN, MORE = "0", "00", "98"
"""Keys that mean the same on every screen (``MORE`` only where a page follows)."""


@dataclass(frozen=True, slots=True)
class Text:
    """Indonesian words of the book; ``key`` (the PO ``msgctxt``) finds their translations."""

    key: str
    source: str


@dataclass(frozen=True, slots=True)
class Option:
    """One numbered line of a ``choose``; ``value`` is what is saved, if anything is."""

    value: str
    label: Text
    go: StateId


@dataclass(frozen=True, slots=True)
class Missed:
    """After ``times`` refusals the caller is led to ``go``, the error line above its screen."""

    times: int
    go: StateId


@dataclass(frozen=True, slots=True)
class Ask:
    """A question answered in the caller's own letters or digits."""

    prompt: Text
    check: str
    wrong: Mapping[str, Text]
    save: str
    next: StateId
    missed: Missed | None = None
    wide: str = ""


@dataclass(frozen=True, slots=True)
class Choose:
    """A question answered with the number of one of its options."""

    prompt: Text
    options: tuple[Option, ...]
    save: str = ""
    wide: str = ""


@dataclass(frozen=True, slots=True)
class List:
    """A paged choice among items that a call brought, or that are loaded at start."""

    source: str
    prompt: Text
    item: Text
    save: str
    next: StateId
    wide: str = ""


@dataclass(frozen=True, slots=True)
class Show:
    """One or more pages to read, then ``next``."""

    pages: tuple[Text, ...]
    next: StateId
    wide: str = ""


@dataclass(frozen=True, slots=True)
class Call:
    """Something only the outside world can answer; each named outcome leads somewhere."""

    name: str
    outcomes: Mapping[str, StateId]


@dataclass(frozen=True, slots=True)
class Go:
    """A jump, so that two flows may share a door under their own names."""

    to: StateId


@dataclass(frozen=True, slots=True)
class End:
    """The last screen of a session: the network closes it."""

    text: Text
    wide: str = ""


Answerable = Ask | Choose | List | Show
"""The screens that a caller can answer."""

Shown = Answerable | End
State = Shown | Call | Go


@dataclass(frozen=True, slots=True)
class Book:
    """All flows. ``version`` is the hash of their files, carried by every session.

    ``words`` are the engine's own (``back``, ``more``, ``sorry``); ``resumes`` names the flows
    whose saved answers make a draft, and ``typed`` those of them in which only a typed one begins
    it: who read and chose has lost nothing; ``stuck`` tells after how many refusals on one screen
    a caller is led to a flow that helps; ``origin`` tells ``register.yaml:17`` of a state, of a
    text's key, or of a part written ``register.nik:next``.
    """

    version: str
    start: StateId
    states: Mapping[StateId, State]
    words: Mapping[str, Text]
    resumes: frozenset[str] = frozenset()
    stuck: Missed | None = None
    origin: Mapping[str, str] = field(default_factory=dict)
    typed: frozenset[str] = frozenset()

    def where(self, state: StateId, part: str = "") -> str:
        """``file:line`` of a part of a state, or of the state where the part has no line."""
        return self.origin.get(f"{state}:{part}") or self.origin[state]

    def helps(self, state: StateId) -> bool:
        """Tell whether a state belongs to the flow that the stuck are led to."""
        return self.stuck is not None and flow_of(state) == flow_of(self.stuck.go)

    def first_of(self, flow: str) -> StateId | None:
        """Where a flow begins: the state written first in its file."""
        return next((state for state in self.states if flow_of(state) == flow), None)


def flow_of(state: StateId) -> str:
    """``register`` of ``register.nik``."""
    return state.partition(".")[0]


def texts_of(state: State) -> tuple[Text, ...]:
    """Return every text of a state, its main one first; none for a call or a jump."""
    match state:
        case Ask(prompt, _, wrong):
            return (prompt, *wrong.values())
        case Choose(prompt, options):
            return (prompt, *(option.label for option in options))
        case List(_, prompt, item):
            return (prompt, item)
        case Show(pages):
            return pages
        case End(text):
            return (text,)
        case Call() | Go():
            return ()
        case _:
            assert_never(state)


@dataclass(frozen=True, slots=True)
class Way:
    """A way out of a state; ``label`` is its part (``next``, ``missed``, an option, an outcome)."""

    label: str
    to: StateId


def ways_out(state: State) -> tuple[Way, ...]:
    """Return the ways forward out of a state, in the order they are written."""
    match state:
        case Ask(next=to, missed=missed):
            return (*((Way("missed", missed.go),) if missed else ()), Way("next", to))
        case Choose(options=options):
            return tuple(Way(option.value, option.go) for option in options)
        case List(next=to) | Show(next=to):
            return (Way("next", to),)
        case Call(_, outcomes):
            return tuple(Way(outcome, to) for outcome, to in outcomes.items())
        case Go(to):
            return (Way("go", to),)
        case End():
            return ()
        case _:
            assert_never(state)
