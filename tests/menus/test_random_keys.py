"""Whatever is pressed, and whatever the outside world answers, the menus hold."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from domain import gsm7
from domain.words import LANGUAGES
from menus.definition import DRAFT, Ask, Book, Call, Choose, End, List, StateId, Way
from menus.engine import Engine
from menus.events import Answered, Dialled, Perform, Screen, Step, Typed
from menus.graph import Graph
from menus.sample import FACTS, World
from menus.session import Session
from tests.support.pure_phone import NIK

SOUND = {
    "nik": NIK,
    "nik_first": "321011",
    "nik_middle": "550898",
    "nik_last": "0001",
    "call_name": "Siti",
    "letters": "jat",
    "year": "1998",
    "birth_date": "15081998",
    "code": FACTS["code"],
    "question": "Buka jam berapa?",
    "complaint": "Antre tiga jam",
    "mobile": "081234567890",
    "pin": "123456",
}
KEYS = st.sampled_from(["0", "00", "98", "1", "2", "3", "4", "9", "", *SOUND.values()])
TYPED = st.lists(KEYS | st.text(max_size=20), max_size=25)
MOST_TURNS = 40


Pick = Callable[[Sequence[str]], str]
"""Chooses one of several, at random."""


class Caller:
    """Types at random; the outside world answers at random, with values as wide as they come."""

    def __init__(self, engine: Engine, language: str, pick: Pick) -> None:
        self.engine, self.pick = engine, pick
        self.draft: Session | None = None
        self.step = self._settled(engine.step(engine.start(language), Dialled()))

    def types(self, text: str) -> None:
        session = Session.from_json(self.step.session.to_json())
        self.step = self._settled(self.engine.step(session, Typed(text)))

    def _settled(self, step: Step) -> Step:
        while isinstance(reply := step.reply, Perform):
            step = self.engine.step(step.session, self._answer(step.session, reply))
        assert isinstance(reply, Screen)
        assert gsm7.septets(reply.text) <= gsm7.SAFE_SEPTETS, reply.text
        assert not gsm7.foreign(reply.text)
        assert reply.ends or self.engine.redraw(step.session) == reply
        if step.session.saved:
            self.draft = step.session
        return step

    def _answer(self, session: Session, due: Perform) -> Answered:
        outcomes = list(self.engine.vocabulary.calls[due.call].outcomes)
        state = self.engine.book.states[session.at or self.engine.book.start]
        if isinstance(state, Call) and not self.draft:
            outcomes = [name for name in outcomes if state.outcomes[name] != DRAFT]
        outcome = self.pick(outcomes)
        wide = {"name": "Wulandari Kusumaning", "place": "W" * 60, "papers": "ktp,diploma," * 9}
        world = World({due.call: (outcome,)}, wide, draft=self.draft)
        return world.answer(due.call, {"nik_first": "321011", **due.known})


@settings(max_examples=150, deadline=None)
@given(data=st.data(), language=st.sampled_from(LANGUAGES), typed=TYPED)
def test_random_keys_never_raise_never_overflow_and_an_end_stays_in_reach(
    engine: Engine, data: st.DataObject, language: str, typed: list[str]
) -> None:
    caller = Caller(engine, language, drawing(data))
    for text in typed:
        caller.types(text)
    assert len(caller.step.session.trail) <= len(engine.book.states)
    assert caller.step.session.undo.keys() <= set(caller.step.session.trail)
    assert turns_to_an_end(engine, caller.step) <= MOST_TURNS


@settings(max_examples=60, deadline=None)
@given(data=st.data(), typed=TYPED)
def test_what_cannot_be_undone_is_done_once_for_each_confirmation(
    engine: Engine, data: st.DataObject, typed: list[str]
) -> None:
    """No key leads back to before a commit, where the same thing could be confirmed again."""
    caller = Caller(engine, "id", drawing(data))
    for text in typed:
        before = caller.step.session
        caller.types(text)
        if before.at == "visit.thanks" and text.strip() == "0":
            assert caller.step.session.at == "visit.thanks"


def test_thousands_of_callers_find_an_end(engine: Engine, scale: Callable[[int], int]) -> None:
    for seed in range(scale(20_000)):
        chance = Random(seed)
        caller = Caller(engine, chance.choice(LANGUAGES), chance.choice)
        for _ in range(30):
            caller.types(chance.choice(["0", "98", "1", "1", "2", "3", *SOUND.values()]))
        assert turns_to_an_end(engine, caller.step) <= MOST_TURNS, f"seed {seed}"


def drawing(data: st.DataObject) -> Pick:
    return lambda options: data.draw(st.sampled_from(options))


def turns_to_an_end(engine: Engine, step: Step) -> int:
    """Go on sensibly, by the nearest way, and count the turns until the session ends."""
    nearest = Nearest(engine.book)
    for turns in range(MOST_TURNS + 1):
        at = step.session.at
        assert at
        if isinstance(engine.book.states[at], End):
            return turns
        step = nearest.goes_on(engine, step)
    return MOST_TURNS + 1


class Nearest:
    """Knows from each state the way that leads soonest to an end."""

    def __init__(self, book: Book) -> None:
        graph = Graph.of(book, stuck=False)
        self.way: dict[StateId, Way] = {}
        reached = {at for at, state in book.states.items() if isinstance(state, End)}
        while reached:
            reached = {
                at
                for at in graph.ways
                if at not in self.way and not isinstance(book.states[at], End)
                for way in graph.ways[at]
                if way.to in reached and way.label != "missed"
                if self.way.setdefault(at, way)
            }

    def goes_on(self, engine: Engine, step: Step) -> Step:
        at = step.session.at
        assert at
        way = self.way[at]
        match engine.book.states[at]:
            case Call(name):
                answer = World({name: (way.label,)}).answer(name, {"nik_first": "321011"})
                return engine.step(step.session, answer)
            case Choose(options=options):
                number = [option.value for option in options].index(way.label) + 1
                return engine.step(step.session, Typed(str(number)))
            case Ask(check=check):
                return engine.step(step.session, Typed(SOUND[check]))
            case List():
                first = step.session.but(page=0)
                return engine.step(first, Typed("1"))
            case state:
                raise AssertionError(f"{at} is a {state}")
