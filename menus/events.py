"""What wakes the engine, what it asks of the outside world, and what it tells of a step."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct

from menus.definition import StateId
from menus.session import Item, Session


class Dialled(Struct, frozen=True):
    """The caller dialled; ``facts`` are what the shell already knows (none is shown unasked)."""

    facts: Mapping[str, str] = {}


class Typed(Struct, frozen=True):
    """The caller answered the screen."""

    text: str


class Answered(Struct, frozen=True):
    """What the outside world said to a :class:`Perform`.

    ``facts`` and ``items`` (source name -> lines) hold at least what the vocabulary promises for
    this outcome, in canonical values; ``restore`` is the cut-off session of an outcome that leads
    to ``(draft)``.
    """

    outcome: str
    facts: Mapping[str, str] = {}
    items: Mapping[str, Sequence[Item]] | None = None
    restore: Session | None = None


Event = Dialled | Typed | Answered


class Screen(Struct, frozen=True):
    """Words for the handset; ``ends`` tells the network to close the session."""

    text: str
    ends: bool = False


class Perform(Struct, frozen=True):
    """Ask the shell to perform a named call, then to step again with its :class:`Answered`."""

    call: str
    known: Mapping[str, str]


class Entered(Struct, frozen=True):
    """A state was reached, a screen or a call."""

    state: StateId


class Refused(Struct, frozen=True):
    """An answer was not understood; ``fault`` is a check's word, or ``pick`` for a number."""

    state: StateId
    fault: str


Effect = Entered | Refused


class Step(Struct, frozen=True):
    """The next session, what happened on the way, and what to say or do now."""

    session: Session
    effects: tuple[Effect, ...]
    reply: Screen | Perform
