"""Hear a history: every gateway that sends ``1*2*Siti`` leaves the cutting to us.

``replay`` is a generator: it yields each call that falls due, the shell sends its answer back, and
the generator returns how the hearing ended::

    hearing = replay(engine, session, History(parts, heard=3, live=True))
    due = next(hearing)            # Due(perform, session, heard, ordinal)
    due = hearing.send(answered)   # ... until StopIteration, whose value is Stepped or Ambiguous
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Generator

from msgspec import Struct

from menus.definition import StateId
from menus.engine import LONGEST_ANSWER, Engine
from menus.events import Answered, Dialled, Effect, Event, Perform, Refused, Screen, Typed
from menus.session import Session


class History(Struct, frozen=True):
    """All parts of a session's history, of which the first ``heard`` are behind us.

    ``live``: the rest came in one hop, so a question takes all that is left as its answer.
    ``deep``: all came with the service code, so none of the screens between was seen.
    ``ended_at``: numbers of parts after which an answer is known to have ended (a call was
    recorded there): no reading goes beyond the next of them.
    """

    parts: tuple[str, ...]
    heard: int = 0
    live: bool = False
    deep: bool = False
    ended_at: Collection[int] = ()


class Due(Struct, frozen=True):
    """A call to perform after ``heard`` parts; ``ordinal`` counts the calls since that part."""

    perform: Perform
    session: Session
    heard: int
    ordinal: int


class Stepped(Struct, frozen=True):
    """All was heard. ``heard`` parts were taken (fewer where the session ended before)."""

    session: Session
    effects: tuple[Effect, ...]
    screen: Screen
    heard: int


class Ambiguous(Struct, frozen=True):
    """An answer had two readings: its question, ``at``, is asked again; all parts are spent."""

    session: Session
    effects: tuple[Effect, ...]
    screen: Screen
    heard: int
    at: StateId


MOST_CALLS = 8
"""Calls between two screens at most; a flow with more goes round in a circle."""

Heard = Stepped | Ambiguous
Hearing = Generator[Due, Answered, Heard]


def parts_of(history: str) -> tuple[str, ...]:
    """``1*2*Siti`` in its parts; an empty history has none."""
    return tuple(history.split("*")) if history else ()


def replay(
    engine: Engine, session: Session, history: History, dialled: Dialled | None = None
) -> Hearing:
    """Step ``session`` through what is not yet heard of ``history``.

    A session not yet begun is dialled first, with ``dialled``. Nothing is guessed: where a text
    answer leaves two readings its question is asked again, and what follows is heard as its
    answer, so that the next, longer history is heard alike. Two readings there are when a check
    accepts an answer with and without what follows a ``*``; and when a question accepted an
    answer but the very next part is refused, for then ``Si*ti`` may have been typed at once.

    Raises RunawayError when calls follow on calls without a screen.
    """
    ear = _Ear(engine, session, history)
    if session.at is None:
        yield from ear.hears(dialled or Dialled(), 0)
    while ear.has_news and not ear.ended:
        yield from ear.next_answer()
    return ear.heard_all()


def hear_out(hearing: Hearing, answer: Callable[[Due], Answered]) -> Heard:
    """Run a hearing to its end, each call answered by ``answer``."""
    try:
        due = next(hearing)
        while True:
            due = hearing.send(answer(due))
    except StopIteration as end:
        heard: Heard = end.value
        return heard


class RunawayError(RuntimeError):
    """More calls in a row than any flow needs."""


class _Ear:
    """What has been heard so far; one for each hearing."""

    def __init__(self, engine: Engine, session: Session, history: History) -> None:
        self.engine = engine
        self.session = session
        self.history = history
        self.heard = history.heard
        self.screen: Screen | None = None
        self.effects: list[Effect] = []
        self.asked: Session | None = None  # the question whose answer was the last part heard
        self.unsure: StateId | None = None

    @property
    def has_news(self) -> bool:
        return self.heard < len(self.history.parts)

    def next_parts(self, most: int | None = None) -> tuple[str, ...]:
        """Return what is left, or as many parts of it; a copy, so no more than is needed."""
        end = None if most is None else self.heard + most
        return self.history.parts[self.heard : end]

    @property
    def ended(self) -> bool:
        return self.screen is not None and self.screen.ends

    def heard_all(self) -> Heard:
        screen = self.screen or self.engine.redraw(self.session)
        done = (self.session, tuple(self.effects), screen, self.heard)
        return Ambiguous(*done, self.unsure) if self.unsure else Stepped(*done)

    def next_answer(self) -> Generator[Due, Answered, None]:
        """Hear one answer, or find that it cannot be told where it ends."""
        self.unsure = None
        if self.history.live:
            yield from self.hears_in_one_hop()
            return
        counts = self.readings()
        if len(counts) > 1:
            self.heard += counts[-1]
            self.ask_again(self.session)
            return
        yield from self.hears_part(counts[0] if counts else 1)

    def readings(self) -> tuple[int, ...]:
        """How many parts the next answer may have; an answer ended wherever a call was recorded."""
        ends = [at - self.heard for at in self.history.ended_at if at > self.heard]
        most = min(ends, default=LONGEST_ANSWER)
        return self.engine.readings(self.session, self.next_parts(most))

    def hears_in_one_hop(self) -> Generator[Due, Answered, None]:
        parts = self.next_parts(None if self.engine.asks(self.session) else 1)
        refused = yield from self.hears(Typed("*".join(parts)), len(parts))
        self.drops_what_came_along(refused=refused)

    def hears_part(self, count: int) -> Generator[Due, Answered, None]:
        before, asked = self.session, self.asked
        refused = yield from self.hears(Typed("*".join(self.next_parts(count))), count)
        self.asked = before if self.engine.asks(before) and not refused else None
        if refused and asked:
            self.ask_again(asked)
        elif self.history.deep:
            self.drops_what_came_along(refused=refused)

    def drops_what_came_along(self, *, refused: bool) -> None:
        """What was typed along with mistakes is no answer to an offer that was not seen yet."""
        if refused and self.engine.helps(self.session):
            self.heard = len(self.history.parts)

    def hears(self, event: Event, count: int) -> Generator[Due, Answered, bool]:
        """Step, perform what falls due, and tell whether the answer was refused."""
        self.heard += count
        step = self.engine.step(self.session, event)
        happened = list(step.effects)
        for ordinal in range(MOST_CALLS):
            if isinstance(step.reply, Screen):
                self.session, self.screen = step.session, step.reply
                self.effects += happened
                return any(isinstance(effect, Refused) for effect in happened)
            answer = yield Due(step.reply, step.session, self.heard, ordinal)
            step = self.engine.step(step.session, answer)
            happened += step.effects
        raise RunawayError(f"{step.session.at}: calls without a screen")

    def ask_again(self, asked: Session) -> None:
        self.session, refused, self.screen = self.engine.ask_again(asked)
        self.effects.append(refused)
        self.unsure, self.asked = asked.at, None
