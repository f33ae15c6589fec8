"""Follow a call from outside: from what is typed and shown, guess how the calls behind it ended.

Nobody tells a telephone which state it is in. So every way the outside world may have answered is
tried on the engine, and the guesses whose screen is like the one shown are kept, the usual first.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from domain import villages
from domain.words import KINDS, LANGUAGES, Kind
from menus.definition import Ask, List, State
from menus.engine import Engine
from menus.events import Answered, Screen
from menus.likeness import Likeness, Told
from menus.play import KEEPS_LANGUAGE, asked_of
from menus.replay import Due, Heard, History, RunawayError, parts_of, replay
from menus.sample import World
from menus.session import Item, Session
from menus.unsaying import unsay

PASSING: Final = frozenset(
    {name for name, kind in KINDS.items() if kind in {Kind.DAY, Kind.HOUR, Kind.CODE}}
    | {"until", "report_day", "window", "between"}
)
"""Facts that are others at every call: a recording has the pretended office's own instead."""

_MOST_GUESSES: Final = 24
_UNSEEN: Final = 24  # lines of a list that goes on: more than any page holds
_AS_MORE: Final = 3  # lines that a recording has in their place
_WIDE: Final = "W" * 40
_HEARD: Final = "#"  # begins the value of a line that was shown, and of no other


@dataclass(frozen=True, slots=True)
class Guess:
    """One way the outside world may have answered so far.

    ``began`` and ``language`` are the caller's languages at first and now; ``told`` has the
    outcomes of each call in order and ``odd`` the calls of which one was not the usual;
    ``facts`` and ``lists`` are what screens told that the pretended world would not have said.
    """

    session: Session
    began: str
    language: str
    world: World
    told: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    odd: tuple[str, ...] = ()
    facts: Mapping[str, str] = field(default_factory=dict)
    lists: Mapping[str, tuple[Item, ...]] = field(default_factory=dict)


class Follower:
    """Follows one handset; ``guesses`` is empty as soon as nothing in the book explains it."""

    def __init__(self, engine: Engine, likeness: Likeness) -> None:
        self._engine = engine
        self._likeness = likeness
        self.guesses = tuple(
            Guess(engine.start(language), language, language, World(vocabulary=engine.vocabulary))
            for language in LANGUAGES
        )

    def dials(self, first: str, screen: Screen) -> None:
        """Follow a dialling that was answered with ``screen``."""
        start = self._engine.start
        fresh = [replace(guess, session=start(guess.language)) for guess in self.guesses]
        _, answers = villages.off_the_poster(first)
        self._hears(fresh, History(parts_of(answers), deep=True), screen)

    def types(self, text: str, screen: Screen) -> None:
        """Follow an answer that was answered with ``screen``."""
        self._hears(self.guesses, History(tuple(text.split("*")), live=True), screen)

    def leaves(self) -> None:
        """Follow a call that was cut off."""
        for guess in self.guesses:
            guess.world.keep(guess.session, opens=self._engine.opens(guess.session))

    def asks(self, check: str) -> bool:
        """Whether the screen shown may be a question of this check."""
        states = map(self._state, self.guesses)
        return any(isinstance(state, Ask) and state.check == check for state in states)

    def _hears(self, guesses: Iterable[Guess], history: History, screen: Screen) -> None:
        found = [
            self._learned(way, told, screen)
            for guess in guesses
            for way in ways(self._engine, guess, history)
            if (told := self._likeness.told(way.session, screen)) is not None
        ]
        self.guesses = tuple(sorted(found, key=lambda guess: len(guess.odd))[:_MOST_GUESSES])

    def _state(self, guess: Guess) -> State | None:
        return self._engine.book.states.get(guess.session.at) if guess.session.at else None

    def _learned(self, guess: Guess, told: Told, screen: Screen) -> Guess:
        """Take over what the screen told and the pretended world would have said otherwise."""
        if self._engine.redraw(guess.session) == screen:
            return guess
        ours = self._likeness.told(guess.session, self._engine.redraw(guess.session)) or Told()
        news = dict(_news(told.values, ours.values, guess.session.language))
        facts = {**guess.facts, **news}
        session = guess.session.but(known={**guess.session.known, **news})
        world = replace(guess.world, facts=facts)
        return self._listed(replace(guess, session=session, world=world, facts=facts), told)

    def _listed(self, guess: Guess, told: Told) -> Guess:
        """Take over the lines of a list that a call brought, as far as they were shown."""
        state, language = self._state(guess), guess.session.language
        if not isinstance(state, List) or state.source in self._engine.vocabulary.lists:
            return guess
        shown = {number: _item(number, line, language) for number, line in told.lines.items()}
        if None in shown.values():
            return guess
        lists = guess.session.lists
        heard = (item for item in lists[state.source] if item["value"].startswith(_HEARD))
        merged = {int(item["value"][1:]): item for item in heard} | shown
        lines = tuple(item for _, item in sorted(merged.items()) if item)
        unseen = (max(lines, key=_width),) * _UNSEEN if told.more else ()
        session = guess.session.but(lists={**lists, state.source: (*lines, *map(_wide, unseen))})
        kept = {**guess.lists, state.source: (*lines, *unseen[:_AS_MORE])}
        return replace(guess, session=session, lists=kept)


def ways(engine: Engine, guess: Guess, history: History) -> Iterator[Guess]:
    """Yield what becomes of a guess for every way the calls that fall due may end."""
    pending = [tuple[str, ...]()]
    while pending:
        outcomes = pending.pop()
        match _tried(engine, guess, history, outcomes):
            case Guess() as way:
                yield way
            case Due(perform):
                ends = engine.vocabulary.calls[perform.call].outcomes
                pending += [(*outcomes, outcome) for outcome in reversed(list(ends))]


def _tried(
    engine: Engine, guess: Guess, history: History, outcomes: tuple[str, ...]
) -> Guess | Due | None:
    """Hear a history, calls ending with ``outcomes``; the call due when there are no more."""
    world = replace(guess.world)
    trial = _Trial(replace(guess, world=world), deep=not guess.session.at and bool(history.parts))
    hearing = replay(engine, guess.session, history)
    try:
        due = next(hearing)
        for outcome in outcomes:
            due = hearing.send(trial.answer(due, outcome))
    except StopIteration as end:
        heard: Heard = end.value
        return replace(trial.guess, session=heard.session)
    except (ValueError, LookupError, RunawayError):
        return None  # it cannot have ended so: what follows would lack a fact or a draft
    return due


class _Trial:
    """Keeps the account of one way of answering."""

    def __init__(self, guess: Guess, *, deep: bool) -> None:
        self.guess = guess
        self._deep = deep

    def answer(self, due: Due, outcome: str) -> Answered:
        """Answer a call with this outcome and note it."""
        call, known, guess = due.perform.call, asked_of(due, deep=self._deep), self.guess
        told = {**guess.told, call: (*guess.told.get(call, ()), outcome)}
        odd = guess.odd if outcome == guess.world.usual(call, known) else (*guess.odd, call)
        language = due.session.language if call == KEEPS_LANGUAGE else guess.language
        self.guess = replace(guess, told=told, odd=odd, language=language)
        return guess.world.ends(call, outcome, known)


def _news(
    told: Mapping[str, str], ours: Mapping[str, str], language: str
) -> Iterator[tuple[str, str]]:
    """Yield the lasting facts a screen told otherwise than ours, in their stored form."""
    for name, said in told.items():
        if name in PASSING or ours.get(name) == said:
            continue
        value = unsay(KINDS.get(name, Kind.TEXT), said, language)
        if value:
            yield name, value


def _item(number: int, line: Mapping[str, str], language: str) -> Item | None:
    stored = {
        slot: unsay(KINDS.get(slot, Kind.TEXT), said, language) for slot, said in line.items()
    }
    read = {slot: value for slot, value in stored.items() if value is not None}
    return {"value": f"{_HEARD}{number}", **read} if len(read) == len(line) else None


def _width(item: Item) -> int:
    return sum(len(said) for name, said in item.items() if name != "value")


def _wide(item: Item) -> Item:
    """Return a line that stands for one not seen yet, as wide as a line may be."""
    wide = {slot: value if slot in KINDS else _WIDE for slot, value in item.items()}
    return {**wide, "value": ""}
